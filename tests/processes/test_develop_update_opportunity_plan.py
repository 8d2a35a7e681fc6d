"""3.3.3.4.4 Develop/Update Opportunity Plan, from end to end: the test paths T1 to T8 of the catalogue."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import opportunity_plans, plan_actions, plan_checklist, plan_contents, row_lists
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from crm.tables import business_case, opportunity_document, playbook_tactic
from engine import handovers, notices
from engine.errors import InvalidForm
from tests.company import MANAGER, OPERATIONS, REP, Company, any_company, company
from tests.processes.planning import EXPERT, Planning, deal_to_plan

__all__ = ["any_company", "company"]


def plan_of(company: Company, deal: Opportunity) -> OpportunityPlan:
    with company.database.read() as connection:
        return opportunity_plans.of(connection, deal)


def handed_over(company: Company, deal: Opportunity) -> str:
    with company.database.read() as connection:
        return handovers.of_record(connection, deal.business_key)[-1].target_key


def test_t1_a_light_plan_is_made_in_one_iteration_and_the_deal_won(any_company: Company) -> None:
    deal = deal_to_plan(any_company, amount=Decimal("60000"), complexity="simple")
    work = Planning.begin(any_company, deal)

    work.prepare()
    assert work.run.variables["required_sections"] == ["stakeholders", "timeline", "actions"]
    assert sorted(work.run.open_tasks()) == [
        "identify_stakeholders",
        "provide_input",
        "provide_input",
        "provide_input",
        "update_buying_timeline",
    ]
    work.fill()
    assert work.run.open_tasks() == ["ensure_plan_complete"]
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    work.agree()

    agreed = plan_of(any_company, deal)
    assert (agreed.status, agreed.depth, agreed.iteration_no, agreed.version) == ("agreed", "light", 1, 1)
    assert agreed.completeness_pct == 100
    now = any_company.now(deal)
    assert (now.need, now.next_step, now.amount) == ("A faster line", "Send the offer", Decimal("65000"))
    with any_company.database.read() as connection:
        at = opportunity_document.c
        filed = connection.execute(select(at.kind, at.version).where(at.opportunity_id == deal.id)).all()
    assert {(row.kind, row.version) for row in filed} == {("plan_report", 1), ("status_report", 1)}
    work.track(customer_decision="won", status="done", save_as_playbook="true")
    work.run.complete("follow_up_gaps", REP)
    assert work.run.ended_at("off_close_opportunity")
    assert handed_over(any_company, deal) == "close-opportunity"
    with any_company.database.read() as connection:
        (action,) = plan_actions.of_plan(connection, plan_actions.OPPORTUNITY_PLAN, agreed.id)
        (tactic,) = connection.execute(select(playbook_tactic.c.text)).scalars()
    assert (action.status, tactic) == ("done", action.text)


def test_t2_a_full_plan_that_lacks_sections_goes_round_until_it_is_complete(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("800000"))
    work = Planning.begin(company, deal)
    work.prepare()
    assert len(work.run.variables["required_sections"]) == 11
    work.fill()

    with company.database.read() as connection:
        found = plan_checklist.items(connection, plan_of(company, deal))
    assert all(item.complete for item in found), [item for item in found if not item.complete]
    gap = {"section": "value", "what": "Proof of the saving", "owner": EXPERT, "due": "2026-09-30"}
    with pytest.raises(InvalidForm) as refused:
        work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="false")
    assert list(refused.value.errors) == ["missing"]
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="false", missing=[gap])
    assert (work.run.variables["sections_due"], work.run.variables["iteration_no"]) == (["value"], 2)
    assert sorted(work.run.open_tasks()) == ["define_business_value", "provide_input"]
    with company.database.read() as connection:
        told = notices.for_user(connection, EXPERT)
    assert any("Proof of the saving" in str(each.sentence) for each in told)
    work.fill(value={"business_case": [{"benefit": "Less scrap", "annual_value": "40000"}], "cost": "20000"})

    assert work.run.open_tasks() == ["ensure_plan_complete"]
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    assert work.run.open_tasks() == ["review_plan"]
    with company.database.read() as connection:
        invited = notices.for_user(connection, MANAGER)
        cases = row_lists.of(connection, business_case, **plan_contents.parent(plan_of(company, deal)))
    assert any("invited to review" in str(each.sentence) for each in invited)
    assert [(case["version"], case["annual_value"], case["payback_months"]) for case in cases] == [
        (1, Decimal("30000"), 8),
        (2, Decimal("40000"), 6),
    ]


def test_t2_a_plan_is_not_complete_while_a_needed_section_is_empty(company: Company) -> None:
    work = Planning.begin(company, deal_to_plan(company, amount=Decimal("60000"), complexity="simple"))
    work.prepare()
    work.run.complete("identify_stakeholders", REP, **work.answers("stakeholders"))
    assert "ensure_plan_complete" not in work.run.open_tasks()
    work.fill()
    with company.database.write() as transaction:
        plan = opportunity_plans.of(transaction.connection, work.deal)
        for action in plan_actions.of_plan(transaction.connection, plan_actions.OPPORTUNITY_PLAN, plan.id):
            plan_actions.change(transaction.connection, action, {"status": "dropped"}, by=REP, at=company.clock.now())

    with pytest.raises(InvalidForm) as refused:
        work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")

    assert "Action plan" in str(refused.value.errors["plan_complete"])


def test_t3_a_review_sends_two_sections_back_and_only_those(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("800000"))
    work = Planning.begin(company, deal)
    work.prepare()
    work.fill()
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")

    with pytest.raises(InvalidForm) as refused:
        work.run.complete("review_plan", REP, review_outcome="rework")
    assert list(refused.value.errors) == ["rework_sections"]
    work.run.complete("review_plan", REP, review_outcome="rework", rework_sections=["power_map", "solution"])

    assert sorted(work.run.open_tasks()) == [
        "develop_power_map",
        "develop_solution_strategy",
        "provide_input",
        "provide_input",
    ]
    work.fill()
    assert work.run.open_tasks() == ["ensure_plan_complete"]
    assert (plan_of(company, deal).iteration_no, plan_of(company, deal).status) == (2, "draft")


def test_t4_a_change_of_the_situation_leads_back_to_the_customer_and_a_new_version(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("60000"), complexity="simple")
    work = Planning.begin(company, deal)
    work.agree_all()

    with pytest.raises(InvalidForm) as refused:
        work.track(environment_changed="true")
    assert list(refused.value.errors) == ["change_note"]
    work.track(environment_changed="true", change_note="New management")
    work.run.complete("follow_up_gaps", REP)

    assert work.run.open_tasks() == ["review_customer_data"]
    assert plan_of(company, deal).status == "agreed"
    work.prepare()
    again = plan_of(company, deal)
    assert (again.status, again.version, again.iteration_no) == ("draft", 2, 2)
    work.fill()
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    work.agree()
    assert plan_of(company, deal).status == "agreed"
    assert "environment_changed" in work.run.variables and work.run.variables["environment_changed"] is False


def test_t5_a_refused_resource_stays_open_and_the_manager_learns_of_it(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("800000"))
    work = Planning.begin(company, deal)
    work.prepare()
    work.run.complete("determine_resources", REP, **work.answers("resources"))
    assert "obtain_resources" in work.run.open_tasks()

    with pytest.raises(InvalidForm) as refused:
        answer = [{"status": "assigned", "assigned": EXPERT}]
        work.run.complete("obtain_resources", OPERATIONS, resource_requests=answer)
    assert list(refused.value.errors) == ["resource_requests.0.fit_confirmed"]
    work.run.complete("obtain_resources", OPERATIONS, resource_requests=[{"status": "refused", "alternative": "Later"}])

    with company.database.read() as connection:
        told = notices.for_user(connection, MANAGER)
    assert any("were refused and stay open" in str(each.sentence) for each in told)
    work.fill()
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    work.run.complete("review_plan", REP, review_outcome="rework", rework_sections=["resources"])
    work.run.complete("provide_input", **work.answers("input"))
    work.run.complete("determine_resources", REP, **work.answers("resources"))
    assert [row["role"] for row in work.run.variables["unmet_needs"]] == ["Safety engineer"]
    given = [{"status": "assigned", "assigned": "exp.ann", "fit_confirmed": "true"}]
    work.run.complete("obtain_resources", OPERATIONS, resource_requests=given)
    assert work.run.open_tasks() == ["ensure_plan_complete"]


def test_t6_a_decision_against_us_hands_over_to_closing(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("60000"), complexity="simple")
    work = Planning.begin(company, deal)
    work.agree_all()

    work.track(customer_decision="lost")
    work.run.complete("follow_up_gaps", REP, sections_due=["timeline"])

    assert work.run.ended_at("off_close_opportunity")
    assert handed_over(company, deal) == "close-opportunity"
    assert plan_of(company, deal).status == "agreed"


def test_t7_an_update_opens_the_next_version_with_what_the_plan_holds(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("60000"), complexity="simple")
    first = Planning.begin(company, deal)
    first.agree_all()
    first.track(customer_decision="cancelled")
    first.run.complete("follow_up_gaps", REP)

    again = Planning.begin(company, company.now(deal), mode="update")

    variables = again.run.variables
    assert (variables["mode"], variables["plan_version"]) == ("update", 2)
    assert variables["challenges"] == "Old machines"
    assert [row["contact"] for row in variables["stakeholders"]] == [again.contacts[0], again.contacts[1]]
    assert [row["kind"] for row in variables["milestones"]] == ["evaluation", "approval", "purchasing"]
    assert [row["tactic"] for row in variables["tactics"]] == ["Show the reference line"]
    assert plan_of(company, deal).status == "draft"


def test_an_update_joins_the_planning_that_runs_already(any_company: Company) -> None:
    deal = deal_to_plan(any_company, amount=Decimal("60000"), complexity="simple")
    work = Planning.begin(any_company, deal)
    work.agree_all()
    work.track()
    work.run.complete("follow_up_gaps", REP)
    assert work.run.open_tasks() == []

    second = any_company.start("develop-update-opportunity-plan", deal.business_key, actor=REP, mode="update")

    assert second.ended_at("end_joined")
    work.run.work()
    assert work.run.open_tasks() == ["track_actions"]
    assert plan_of(any_company, deal).version == 1


def test_t8_the_plan_is_looked_at_again_in_its_rhythm_and_when_the_customer_answers(any_company: Company) -> None:
    deal = deal_to_plan(any_company, amount=Decimal("60000"), complexity="simple")
    work = Planning.begin(any_company, deal)
    work.agree_all()

    for _ in range(2):
        work.track()
        work.run.complete("follow_up_gaps", REP)
        work.run.pass_time(timedelta(days=13))
        assert work.run.open_tasks() == []
        work.run.pass_time(timedelta(days=1, hours=1))
        assert work.run.open_tasks() == ["track_actions"]

    for message in ("customer.responded", "competitor.changed"):
        work.track()
        work.run.complete("follow_up_gaps", REP)
        assert work.run.open_tasks() == []
        work.run.message(message)
        assert work.run.open_tasks() == ["track_actions"]
    work.track()
    late = [{"new_due": "2026-12-20", "help_needed": "Ask for the fitter"}]
    work.run.complete("follow_up_gaps", REP, late_actions=late, sections_due=["timeline"])
    assert work.run.variables["actions_overdue"] == []
    assert sorted(work.run.open_tasks()) == ["provide_input", "update_buying_timeline"]
    assert plan_of(any_company, deal).version == 2


def test_a_major_deal_is_looked_at_every_week(company: Company) -> None:
    work = Planning.begin(company, deal_to_plan(company, amount=Decimal("800000")))
    work.prepare()
    work.fill()
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    work.agree()
    work.track()
    work.run.complete("follow_up_gaps", REP)

    work.run.pass_time(timedelta(days=7, hours=1))

    assert work.run.open_tasks() == ["track_actions"]


def test_without_a_decision_to_pursue_the_opportunity_goes_back_to_prioritizing(company: Company) -> None:
    deal = company.opportunity(status="active", stage="complex.prioritised")

    work = Planning.begin(company, deal)

    assert work.run.ended_at("off_prioritize")
    assert handed_over(company, deal) == "prioritize-opportunity"
    with company.database.read() as connection:
        assert opportunity_plans.find(connection, deal.id) is None


def test_a_missing_opportunity_goes_to_operations(company: Company) -> None:
    run = company.start("develop-update-opportunity-plan", "opportunity:OPP-9999", actor=REP)

    assert run.open_tasks() == ["mr_resolve_missing_record"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (
        "issues",
        {"decision_factors": [{"factor": "Price", "weight_pct": "60", "our_position": "3"}]},
        "decision_factors",
    ),
    ("timeline", {"milestones": [{"kind": "evaluation", "date": "2026-10-01"}]}, "milestones"),
    ("solution", {"options": [{"name": "A", "rationale": "Fits"}, {"name": "B", "rationale": "Cheap"}]}, "options"),
]


@pytest.mark.parametrize(("section", "changed", "field"), REFUSED, ids=lambda value: str(value)[:12])
def test_answers_that_contradict_one_another_are_refused_by_field(
    company: Company, section: str, changed: dict[str, Any], field: str
) -> None:
    work = Planning.begin(company, deal_to_plan(company, amount=Decimal("800000")))
    work.prepare()

    with pytest.raises(InvalidForm) as refused:
        work.run.complete(work.step(section), REP, **{**work.answers(section), **changed})

    assert list(refused.value.errors) == [field]


def test_sections_are_assigned_to_the_team_only_and_all_of_them(company: Company) -> None:
    work = Planning.begin(company, deal_to_plan(company, amount=Decimal("60000"), complexity="simple"))
    work.study()
    rows = [{"section": name, "assignee": EXPERT, "due": "2026-09-25"} for name in ("stakeholders", "timeline")]

    with pytest.raises(InvalidForm) as incomplete:
        work.run.complete("assign_plan_sections", REP, sections=rows, lead_rep=REP)
    assert "Action plan" in str(incomplete.value.errors["sections"])
    rows.append({"section": "actions", "assignee": "mkt.bo", "due": "2026-09-25"})
    with pytest.raises(InvalidForm) as stranger:
        work.run.complete("assign_plan_sections", REP, sections=rows, lead_rep=REP, new_members=[EXPERT])
    assert "Mkt.Bo" in str(stranger.value.errors["sections"])
    rows[2]["assignee"] = EXPERT
    work.run.complete("assign_plan_sections", REP, sections=rows, lead_rep=REP, new_members=[EXPERT])

    assert "provide_input" in work.run.open_tasks()
