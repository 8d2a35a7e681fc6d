"""Opportunity plans: their states, what they consist of, when they are complete, and the files made of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, select

from crm import (
    access,
    any_record,
    buying_centre,
    competition,
    contacts,
    opportunity_plans,
    panels,
    plan_actions,
    plan_checklist,
    plan_contents,
    plan_reports,
    playbook,
    records,
    row_lists,
    sales_teams,
    views,
)
from crm.errors import IllegalMove, RecordNotFound
from crm.kinds import KINDS
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from crm.tables import competitor, decision_factor, opportunity_document, playbook_tactic, solution_option
from tests.crm.factories import NOW, an_account, an_opportunity

BY = "lin.wei"
HOW: dict[str, Any] = {"by": BY, "at": NOW}


@pytest.fixture
def deal(connection: Connection, configured: dict[str, int]) -> Opportunity:
    return an_opportunity(connection, status="active", stage="complex.prioritised")


@pytest.fixture
def plan(connection: Connection, deal: Opportunity) -> OpportunityPlan:
    return opportunity_plans.open_for_work(connection, deal, **HOW)


def test_a_plan_is_opened_once_agreed_and_opened_again_as_its_next_version(
    connection: Connection, deal: Opportunity, plan: OpportunityPlan
) -> None:
    assert (plan.number, plan.status, plan.version) == ("OPL-0001", "draft", 1)
    assert opportunity_plans.open_for_work(connection, deal, **HOW).row_version == plan.row_version

    agreed = opportunity_plans.agree(connection, plan, notes="Good.", **HOW)
    again = opportunity_plans.open_for_work(connection, deal, **HOW)

    assert (agreed.status, agreed.agreed_at) == ("agreed", NOW)
    assert (again.id, again.status, again.version) == (plan.id, "draft", 2)
    with pytest.raises(IllegalMove):
        opportunity_plans.agree(connection, agreed, notes=None, **HOW)


def test_an_agreed_plan_without_new_content_for_21_days_is_stale(
    connection: Connection, deal: Opportunity, plan: OpportunityPlan
) -> None:
    opportunity_plans.agree(connection, plan, notes=None, **HOW)

    early = opportunity_plans.mark_stale(connection, by=BY, at=NOW + timedelta(days=20))
    late = opportunity_plans.mark_stale(connection, by=BY, at=NOW + timedelta(days=21))

    assert (list(early), [one.number for one in late]) == ([], [plan.number])
    assert opportunity_plans.of(connection, deal).status == "stale"
    assert opportunity_plans.open_for_work(connection, deal, **HOW).version == 2


def test_a_list_keeps_what_stays_changes_what_moved_and_removes_the_rest(
    connection: Connection, plan: OpportunityPlan
) -> None:
    parent = plan_contents.parent(plan)
    first = [{"factor": name, "weight": Decimal(50), "our_position": 3} for name in ("Price", "Uptime")]
    plan_contents.set_factors(connection, plan, first, **HOW)
    kept = {row["factor"]: row for row in row_lists.of(connection, decision_factor, **parent)}

    second = [first[0], {"factor": "Service", "weight": Decimal(50), "our_position": 4}]
    plan_contents.set_factors(connection, plan, [{**second[0], "our_position": 5}, second[1]], **HOW)

    now = {row["factor"]: row for row in row_lists.of(connection, decision_factor, **parent)}
    assert set(now) == {"Price", "Service"}
    assert (now["Price"]["id"], now["Price"]["our_position"], now["Price"]["row_version"]) == (
        kept["Price"]["id"],
        5,
        2,
    )


def test_the_recommended_option_may_change_though_only_one_may_be(
    connection: Connection, plan: OpportunityPlan
) -> None:
    for chosen in ("New", "Refit"):
        rows = [{"name": name, "rationale": "Fits", "recommended": name == chosen} for name in ("New", "Refit")]
        plan_contents.set_options(connection, plan, rows, **HOW)

    kept = row_lists.of(connection, solution_option, **plan_contents.parent(plan))
    assert {row["name"]: row["recommended"] for row in kept} == {"New": False, "Refit": True}


def test_the_lead_decision_maker_may_change_though_only_one_may_decide(
    connection: Connection, deal: Opportunity
) -> None:
    people = [contacts.create(connection, deal.account_id, name, phone="5", **HOW) for name in ("Zhou", "Qian")]
    rows = [{"contact_id": one.id, "buying_role": "user"} for one in people]

    for lead in (people[0], people[1]):
        buying_centre.set_stakeholders(connection, deal, rows, lead.id, **HOW)

    first, second = buying_centre.stakeholders(connection, deal.id)
    assert (first["contact_name"], first["is_lead_decision_maker"]) == ("Qian", True)
    assert second["is_lead_decision_maker"] is False


def test_a_plan_is_as_complete_as_its_needed_sections(connection: Connection, plan: OpportunityPlan) -> None:
    needed = {"required_sections": ["timeline", "partners", "actions"]}
    wanted = opportunity_plans.change(connection, plan, needed, **HOW)
    section = {"section": "partners", "assignee": BY, "expertise": None, "due": date(2026, 10, 1)}
    plan_contents.assign_sections(connection, wanted, [section], **HOW)
    steps = [{"kind": kind, "date": date(2026, 10, 1), "status": "planned"} for kind in ("evaluation", "approval")]
    plan_contents.set_milestones(connection, wanted, steps, **HOW)
    assert [item.complete for item in plan_checklist.items(connection, wanted)] == [False, False, False]

    steps.append({"kind": "purchasing", "date": date(2026, 11, 1), "status": "planned"})
    plan_contents.set_milestones(connection, wanted, steps, **HOW)
    plan_contents.give_input(connection, wanted, "partners", {"input": "None needed."}, **HOW)

    found = plan_checklist.items(connection, wanted)
    assert [item.complete for item in found] == [True, True, False]
    assert plan_checklist.completeness(found) == Decimal("66.67")
    with pytest.raises(RecordNotFound):
        plan_contents.give_input(connection, wanted, "value", {"input": "x"}, **HOW)


def test_the_competitors_of_a_deal_begin_with_those_met_at_its_customer(
    connection: Connection, configured: dict[str, int]
) -> None:
    customer = an_account(connection, "Hengli")
    old, new = (an_opportunity(connection, name, customer) for name in ("Line 1", "Line 2"))
    row = {"number": "CMP-0901", "name": "Rapid", "strengths": "Price", "typical_strategy": "Discount"}
    rival = records.insert(connection, competitor, row, **HOW)
    assert competition.rows(connection, new) == []
    competition.keep(connection, old, [{"competitor_id": rival, "alignment": 4}], **HOW)

    (begun,) = competition.rows(connection, new)

    assert (begun["competitor"], begun["strengths"], begun["likely_strategy"]) == (
        "competitor:CMP-0901",
        "Price",
        "Discount",
    )
    competition.mark_winner(connection, new, rival, **HOW)
    (there,) = competition.of_deal(connection, new.id)
    assert there["won"] is True


def test_reports_are_filed_as_versions_and_escape_what_people_wrote(
    connection: Connection, deal: Opportunity, plan: OpportunityPlan
) -> None:
    action = {"text": "<b>Show</b> the line", "owner": BY, "due": date(2026, 9, 1)}
    plan_actions.add(connection, plan_actions.OPPORTUNITY_PLAN, plan.id, action, **HOW)
    an_opportunity(connection, "=HYPERLINK(1)", status="active", stage="complex.prioritised", next_step="+1")

    for _ in range(2):
        plan_reports.file_plan_report(connection, deal, plan, **HOW)
    plan_reports.file_status_report(connection, deal, **HOW)

    at = opportunity_document.c
    filed = connection.execute(select(at.kind, at.version, at.visibility, at.content).order_by(at.id)).all()
    assert [(row.kind, row.version, row.visibility) for row in filed] == [
        ("plan_report", 1, "team"),
        ("plan_report", 2, "team"),
        ("status_report", 1, "owner"),
    ]
    page, sheet = filed[1].content.decode(), filed[2].content.decode("utf-8-sig")
    assert "&lt;b&gt;Show&lt;/b&gt; the line" in page and "<b>Show" not in page
    assert "Plan actions / 计划行动" in page
    assert "'=HYPERLINK(1)" in sheet and "'+1" in sheet
    (own,) = [line for line in sheet.splitlines() if line.startswith(deal.number)]
    assert own.split(",")[6] == "1"


def test_a_tactic_that_worked_goes_into_the_playbook_once(
    connection: Connection, deal: Opportunity, plan: OpportunityPlan
) -> None:
    action = {"text": "Show the line", "owner": BY, "due": date(2026, 9, 1), "section": "value", "status": "done"}
    plan_actions.add(connection, plan_actions.OPPORTUNITY_PLAN, plan.id, action, **HOW)

    added = [playbook.save(connection, deal, plan, **HOW) for _ in range(2)]

    assert added == [1, 0]
    (kept,) = connection.execute(select(playbook_tactic)).mappings().all()
    assert (kept["text"], kept["section"], kept["opportunity_id"]) == ("Show the line", "value", deal.id)


def test_only_the_team_its_managers_and_operations_see_a_plan(
    connection: Connection, deal: Opportunity, plan: OpportunityPlan
) -> None:
    def sees(login: str) -> bool:
        reader = access.reader(connection, login, NOW.date())
        try:
            return bool(any_record.get(connection, reader, KINDS["opportunity_plan"], plan.number))
        except RecordNotFound:
            return False

    assert [login for login in ("lin.wei", "chen.jing", "ops.one") if not sees(login)] == []
    assert [login for login in ("zhao.lei", "gu.tao", "exp.ann", "mkt.bo", "anl.li") if sees(login)] == []
    sales_teams.join(connection, deal, ["exp.ann"], on=NOW.date(), **HOW)
    assert sees("exp.ann")


def test_every_panel_of_the_plan_can_be_shown_about_a_deal(
    connection: Connection, deal: Opportunity, plan: OpportunityPlan
) -> None:
    sales_teams.join(connection, deal, ["exp.ann"], on=NOW.date(), **HOW)

    names = ("sales_team", "my_section", "team_input", "stakeholders", "market_intelligence", "plan_gaps")
    shown = {
        name: views.panel(name, connection, BY, deal.business_key, {}, NOW)
        for name in (*names, "plan_checklist", "plan_actions", "win_loss", "follow_up_work")
    }

    assert all(isinstance(panel, panels.Panel) for panel in shown.values())
    assert [value for label, value in shown["sales_team"].values if shown["sales_team"].is_person(label)] == [
        "lin.wei",
        "exp.ann",
    ]
    assert dict(shown["plan_checklist"].facts)["Plan"] == plan.number
    assert shown["plan_checklist"].is_share("Completeness")
