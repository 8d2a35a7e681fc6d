"""The panels beside the forms of opportunity plans: team, sections, stakeholders, competition, checklist, actions."""

from __future__ import annotations

from crm import buying_centre, competition, plan_answers, plan_checklist, plan_contents, row_lists, sales_teams
from crm.kinds.opportunity_plan import GAP_STATES, SECTIONS
from crm.kinds.teams import ROLES
from crm.kinds.words import ACTION_STATES, BUYING_ROLES, STANCES
from crm.opportunity_plans import OpportunityPlan, find
from crm.panels import Asked, Panel, Panels
from crm.tables import plan_gap, plan_section
from crm.titles import Choices, named

THROUGH = (("opportunity", "Opportunity", "商机"), ("account", "Account", "客户"))
NO_PLAN = "There is no opportunity plan yet."


def _named(choices: Choices, code: object) -> object:
    """A code as its names by language; None where there is none."""
    return None if code is None else named(choices, code)


def _plan(asked: Asked) -> OpportunityPlan | None:
    return find(asked.connection, asked.deal.id)


def _sales_team(asked: Asked) -> Panel:
    found = sales_teams.members(asked.connection, asked.deal, asked.now.date())
    rows = tuple((member.login, _named(ROLES, member.role), _named(THROUGH, member.of)) for member in found)
    return Panel("The team", (), ("Person", "Role", "Through"), rows, "Nobody is in the team yet.")


def _my_section(asked: Asked) -> Panel:
    section = asked.variables.get("my_section") or {}
    facts = (
        ("Section", _named(SECTIONS, section.get("section"))),
        ("Expertise", section.get("expertise")),
        ("Due", section.get("due")),
    )
    return Panel("Your section", facts)


def _team_input(asked: Asked) -> Panel:
    plan = _plan(asked)
    rows = [] if plan is None else row_lists.of(asked.connection, plan_section, **plan_contents.parent(plan))
    shown = tuple(
        (_named(SECTIONS, row["section"]), row["assignee"], row["input"], row["confidence"])
        for row in rows
        if row["input"]
    )
    columns = ("Section", "Assigned to", "Input", "How sure (1-5)")
    return Panel("Input of the team", (), columns, shown, "The team has given no input yet.")


def _stakeholders(asked: Asked) -> Panel:
    rows = tuple(
        (
            row["contact_name"],
            _named(BUYING_ROLES, row["buying_role"]),
            row["influence"],
            _named(STANCES, row["stance"]),
            row["relationship_goal"],
            row["our_owner"],
        )
        for row in buying_centre.stakeholders(asked.connection, asked.deal.id)
    )
    columns = ("Contact", "Part in buying", "Influence", "Stance", "Goal", "Our person")
    return Panel("Stakeholders", (), columns, rows, "Nobody at the customer is noted yet.")


def _market_intelligence(asked: Asked) -> Panel:
    rows = tuple(
        (row["name"], row["products"], row["strengths"], row["weaknesses"], row["typical_strategy"], row["news"])
        for row in competition.intelligence(asked.connection, asked.deal)
    )
    columns = ("Competitor", "Products", "Strengths", "Weaknesses", "Usual strategy", "News")
    return Panel("Market intelligence", (), columns, rows, "The competitor file knows nobody at this customer yet.")


def _checklist(asked: Asked) -> Panel:
    plan = _plan(asked)
    if plan is None:
        return Panel("Checklist by section", empty=NO_PLAN)
    found = plan_checklist.items(asked.connection, plan)
    facts = (
        ("Plan", plan.number),
        ("Version", plan.version),
        ("Iteration", plan.iteration_no),
        ("Completeness", plan_checklist.completeness(found) / 100),
    )
    rows = tuple(
        (_named(SECTIONS, item.section), item.count, item.complete, item.assignee, item.given) for item in found
    )
    return Panel("Checklist by section", facts, ("Section", "Entries", "Complete", "Assigned to", "Input given"), rows)


def _gaps(asked: Asked) -> Panel:
    plan = _plan(asked)
    rows = [] if plan is None else row_lists.of(asked.connection, plan_gap, **plan_contents.parent(plan))
    shown = tuple(
        (row["question"], _named(SECTIONS, row["section"]), row["owner"], row["due"], _named(GAP_STATES, row["status"]))
        for row in rows
    )
    return Panel("Open questions", (), ("Question", "Section", "Who", "By", "Status"), shown, "No question is open.")


def _actions(asked: Asked) -> Panel:
    plan = _plan(asked)
    found = () if plan is None else plan_answers.actions(asked.connection, plan)
    rows = tuple(
        (action.text, action.objective, action.owner, action.due, _named(ACTION_STATES, action.status), action.result)
        for action in found
    )
    columns = ("Action", "Objective", "Owner", "Due", "Status", "Result")
    return Panel("Actions", (), columns, rows, "The plan has no action yet.")


PANELS: Panels = {
    "market_intelligence": _market_intelligence,
    "my_section": _my_section,
    "plan_actions": _actions,
    "plan_checklist": _checklist,
    "plan_gaps": _gaps,
    "sales_team": _sales_team,
    "stakeholders": _stakeholders,
    "team_input": _team_input,
}
