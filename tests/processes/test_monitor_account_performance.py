"""3.3.1.2.1 Monitor Account Performance and Revise Plan (second use), from end to end: the paths of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import account_plans, accounts, plan_actions, plan_objectives, plan_reviews
from crm.account_plans import AccountPlan
from crm.tables import measure_result
from engine import handovers, user_tasks
from engine.errors import InvalidForm
from engine.testing import Run
from tests.account_planning import a_plan, an_account, plan_now
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, START, Company, any_company, company
from tests.crm import factories

__all__ = ["any_company", "company"]

KEY = "monitor-account-performance"
FEEDBACK = {"held": "true", "feedback": "Content with service.", "satisfaction": "4"}
REVENUE = {
    "type": "revenue",
    "measure": "Won amount",
    "target": Decimal(100000),
    "due": date(2026, 12, 31),
    "owner": REP,
}
ACTION = {"type": "sales_call", "text": "Visit plant 2", "owner": REP, "due": date(2026, 11, 1)}
REVISED = {
    "vision": "Recover plant 1.",
    "objectives": [{"type": "revenue", "measure": "Won amount", "target": "90000", "due": "2026-12-31", "owner": REP}],
    "strategies": [{"objective": "Won amount", "strategy": "Service first"}],
    "actions": [{"action": "Call the COO", "type": "relationship", "owner": REP, "due": "2026-10-01"}],
}


def begin(company: Company, won: int, **fields: Any) -> tuple[Run, AccountPlan]:
    """A check on 16 September, when 71 % of the year have passed; 71,000 of the 100,000 are to be won by then."""
    variables = fields.pop("variables", {})
    customer = an_account(company, tier="GROWTH")
    given = {"status": "active", "approved_at": START, "next_review_on": date(2026, 9, 16), "strategies": []}
    plan = a_plan(company, customer, **given | fields)
    with company.database.write() as transaction:
        connection = transaction.connection
        plan_objectives.set_all(connection, plan.id, [REVENUE], by=REP, at=START)
        plan_actions.add(connection, plan_actions.ACCOUNT_PLAN, plan.id, ACTION, by=REP, at=START)
        sale = {"status": "won", "outcome_date": date(2026, 5, 1), "actual_amount": Decimal(won)}
        factories.an_opportunity(connection, account=customer, **sale)
    return company.start(KEY, plan.business_key, actor=REP, **variables), plan


def analysed(run: Run) -> None:
    run.complete("gather_customer_feedback", REP, **FEEDBACK)
    cause = {"objective": "Won amount", "cause": "Plant 2 came later.", "controllable": "false"}
    run.complete("analyse_causes", REP, causes=[cause])


def reviewed(run: Run, by: str = MANAGER, **answers: str) -> None:
    run.complete("schedule_review", REP, review_date="2026-09-21T10:00:00+08:00", reviewers=["exp.ann"])
    marks = dict.fromkeys(("customer_environment", "financials", "resources", "learning"), "8")
    run.complete("review_by_peers", "exp.ann", **marks, relationship="20", strategy_execution="15", comments="Fine.")
    run.complete("hold_review", REP, minutes="Agreed.")
    run.complete("decide_on_plan", by, **answers)


def next_processes(company: Company, run: Run) -> list[tuple[str, str]]:
    with company.database.read() as connection:
        return [(one.target_key, one.business_key) for one in handovers.of_instance(connection, run.instance_id)]


def the_action(company: Company, plan: AccountPlan) -> dict[str, str]:
    with company.database.read() as connection:
        found = plan_actions.of_plan(connection, plan_actions.ACCOUNT_PLAN, plan.id)
    return {one.text: one.status for one in found}


def test_a_plan_on_track_goes_on(any_company: Company) -> None:
    run, plan = begin(any_company, 71000)

    run.complete("gather_customer_feedback", REP, **FEEDBACK)

    assert run.ended_at("off_execute") and "analyse_causes" not in run.path()
    assert (run.variables["attainment_pct"], run.variables["variance_class"]) == (100, "on_track")
    now = plan_now(any_company, plan)
    assert (now.satisfaction, now.customer_feedback, now.next_review_on) == (
        4, "Content with service.", date(2026, 12, 16),
    )  # fmt: skip
    assert next_processes(any_company, run) == [("execute-account-plan", plan.business_key)]
    with any_company.database.read() as connection:
        (objective,) = plan_objectives.of_plan(connection, plan.id)
        rows = connection.execute(select(measure_result.c.measure, measure_result.c.value, measure_result.c.rating))
        noted = {row.measure: (row.value, row.rating) for row in rows}
    assert objective.actual == Decimal(71000)
    assert noted == {"account_variance": (100, "on_track"), "account_attainment": (100, "on_track")}


def test_a_minor_variance_changes_actions_only(company: Company) -> None:
    run, plan = begin(company, 60000)
    analysed(run)
    assert (run.variables["variance_class"], run.open_tasks()) == ("minor", ["adjust_actions"])

    new = {"action": "Offer service", "type": "service", "owner": REP, "due": "2026-10-10", "objective": "Won amount"}
    run.complete("adjust_actions", REP, actions=[new])

    assert run.ended_at("off_execute")
    assert the_action(company, plan) == {"Visit plant 2": "dropped", "Offer service": "open"}
    with company.database.read() as connection:
        review = plan_reviews.of_plan(connection, plan.id)[0]
    assert review.causes == [{"objective": "Won amount", "cause": "Plant 2 came later.", "controllable": False}]
    assert plan_now(company, plan).version == 1


def test_a_major_variance_makes_a_new_version_that_is_reviewed(company: Company) -> None:
    run, plan = begin(company, 50000)
    analysed(run)
    assert run.variables["variance_class"] == "major"

    run.complete("revise_plan", REP, **REVISED)
    assert (plan_now(company, plan).status, plan_now(company, plan).version) == ("in_review", 2)
    reviewed(run, decision="reject", reject_kind="rework", comment="Numbers?")
    assert run.open_tasks() == ["revise_plan"]
    run.complete("revise_plan", REP, **REVISED)
    reviewed(run, decision="approve")

    assert run.ended_at("off_execute")
    now = plan_now(company, plan)
    assert (now.status, now.version, now.vision) == ("active", 2, "Recover plant 1.")
    assert the_action(company, plan) == {"Visit plant 2": "dropped", "Call the COO": "open"}


def test_a_rejected_revision_retires_the_plan(company: Company) -> None:
    run, plan = begin(company, 50000)
    analysed(run)
    run.complete("revise_plan", REP, **REVISED)

    reviewed(run, decision="reject", reject_kind="stop", comment="No.")

    assert run.ended_at("end_retired")
    assert plan_now(company, plan).status == "retired"
    assert set(the_action(company, plan).values()) == {"dropped"}


def test_a_critical_variance_is_recovered_when_the_regional_manager_says_so(company: Company) -> None:
    run, plan = begin(company, 10000)
    analysed(run)
    assert (run.variables["variance_class"], run.open_tasks()) == ("critical", ["decide_recovery"])

    run.complete("decide_recovery", REGIONAL, decision="approve", tier_change="MAINTAIN")

    assert run.open_tasks() == ["revise_plan"]
    with company.database.read() as connection:
        assert accounts.by_id(connection, plan.account_id).tier == "MAINTAIN"


def test_a_critical_event_ends_in_the_exit_when_it_is_refused(company: Company) -> None:
    run, plan = begin(company, 71000, variables={"trigger_event": "critical"})
    analysed(run)

    with pytest.raises(InvalidForm):
        run.complete("decide_recovery", REGIONAL, decision="reject")
    run.complete("decide_recovery", REGIONAL, decision="reject", comment="The plant closes.")

    assert run.ended_at("end_retired")
    assert (plan_now(company, plan).status, the_action(company, plan)) == ("retired", {"Visit plant 2": "dropped"})


def test_at_the_end_of_the_period_a_new_plan_is_begun(company: Company) -> None:
    run, plan = begin(company, 100000, period_end=date(2026, 9, 16))

    run.complete("gather_customer_feedback", REP, **FEEDBACK | {"held": "false"})

    assert run.ended_at("off_new_plan")
    with company.database.read() as connection:
        number = accounts.by_id(connection, plan.account_id).number
        due = plan_now(company, plan).next_review_on
        assert due is not None
        assert account_plans.to_be_monitored(connection, due + timedelta(days=31)) == ()
        assert account_plans.to_be_monitored(connection, due + timedelta(days=32)) == (plan.business_key,)
    assert next_processes(company, run) == [("develop-account-plan", f"account:{number}")]


def test_the_forecast_of_an_open_pipeline_is_brought_up_to_date(company: Company) -> None:
    run, plan = begin(company, 71000)
    with company.database.read() as connection:
        customer = accounts.by_id(connection, plan.account_id)
    with company.database.write() as transaction:
        factories.an_opportunity(transaction.connection, "Line 4", account=customer, status="active")
    again = company.start(KEY, plan.business_key, actor=REP)

    again.complete("gather_customer_feedback", REP, **FEEDBACK)

    assert again.open_tasks() == ["update_opportunity_forecast"]
    assert run.open_tasks() == ["gather_customer_feedback"]


def test_a_strategy_names_an_objective_of_the_plan(company: Company) -> None:
    run, _ = begin(company, 50000)
    analysed(run)

    with pytest.raises(InvalidForm) as refused:
        run.complete("revise_plan", REP, **REVISED | {"strategies": [{"objective": "Fame", "strategy": "Hope"}]})

    assert list(refused.value.errors) == ["strategies.0.objective"]


def test_an_account_without_a_plan_in_force_goes_to_operations(company: Company) -> None:
    customer = an_account(company)
    run = company.start(KEY, f"account:{customer.number}", actor=REP)
    (task,) = run.open_tasks()

    user_tasks.complete(company.engine, run.task_id(task), OPERATIONS, {"resolution": "cancel", "note": "No plan."})

    assert run.ended_at("end_cancelled")
