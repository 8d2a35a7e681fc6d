"""From the manager's review to the pipeline, or to a later date: the second half of 3.3.3.4.3."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from crm import forecast, pended, stage_history
from crm.tables import pipeline_snapshot
from tests.crm.factories import NOW
from tests.handlers.contexts import on, prioritized, record_of

pytestmark = pytest.mark.usefixtures("configured")


def test_the_manager_confirms(connection: Connection) -> None:
    step = prioritized(connection)

    outcome = step.done("review_priority", form={"decision": "approve"}, actor="chen.jing")

    assert record_of(step).priority_confirmed_by == "chen.jing"
    assert [notice.to_user for notice in outcome.notices] == ["lin.wei"]


def test_approving_is_refused_while_a_special_decision_is_a_refusal(connection: Connection) -> None:
    step = prioritized(connection)
    step.variables["special_approvals"] = ["credit", "terms"]
    rows = [
        {"type": "credit", "decision": "reject", "condition": None},
        {"type": "terms", "decision": "conditional", "condition": " "},
    ]
    form = {"decision": "approve", "special_decisions": rows}

    errors = step.refused("review_priority", form=form, actor="chen.jing")

    assert "Credit is rejected" in errors["special_decisions.0.decision"]
    assert "condition" in errors["special_decisions.1.condition"]
    assert record_of(step).priority_confirmed_by is None


def test_every_special_approval_needs_a_decision(connection: Connection) -> None:
    step = prioritized(connection)
    step.variables["special_approvals"] = ["credit", "pricing"]
    rows = [{"type": "credit", "decision": "approve"}]

    errors = step.refused("review_priority", form={"decision": "approve", "special_decisions": rows})
    rows.append({"type": "pricing", "decision": "conditional", "condition": "at most 12 %"})
    step.done("review_priority", form={"decision": "approve", "special_decisions": rows})

    assert "Pricing" in errors["special_decisions"]


def test_rejecting_goes_back_to_the_priority_by_default(connection: Connection) -> None:
    step = prioritized(connection)
    rows = [{"type": "credit", "decision": "reject"}]
    form = {"decision": "reject", "comment": "too high", "special_decisions": rows}

    outcome = step.done("review_priority", form=form, actor="chen.jing")

    assert step.variables["return_to"] == "priority"
    assert step.variables["manager_comment"] == "too high"
    assert record_of(step).priority_confirmed_by is None
    assert "sent back" in str(outcome.notices[0].text)


def test_the_pipeline_gets_stage_history_forecast_and_snapshot(connection: Connection) -> None:
    step = prioritized(connection)

    outcome = step.done("add_to_pipeline")

    deal = record_of(step)
    line = forecast.current(connection, deal.id)
    moves = [(one.from_status, one.to_stage) for one in stage_history.listing(connection, deal.id)]
    taken = connection.execute(select(pipeline_snapshot.c.status, pipeline_snapshot.c.amount_base)).all()
    assert (deal.status, deal.stage, deal.pipeline_entry_at) == ("active", "complex.prioritised", NOW)
    assert deal.win_probability == 60
    assert line is not None
    assert (line.probability, line.revenue_potential, line.period) == (30, 60_000, "2026-Q4")
    assert moves == [
        ("assessed", "complex.prioritised"),
        (None, "complex.assessed"),
    ]
    assert [tuple(row) for row in taken] == [("active", Decimal(60_000))]
    assert outcome.events == ["pipeline.changed"]


def test_an_opportunity_enters_the_pipeline_once(connection: Connection) -> None:
    step = prioritized(connection)
    step.done("add_to_pipeline")

    failed = step.failed("add_to_pipeline")

    assert not failed.retry
    assert "it is “In the pipeline”" in str(failed.reason)


def test_the_profile_changes_with_its_forecast_line(connection: Connection) -> None:
    step = prioritized(connection)
    step.done("add_to_pipeline")
    form = {
        "expected_close_date": date(2027, 1, 15),
        "amount": Decimal("80000.50"),
        "win_probability": Decimal(70),
        "next_step": "Send the offer",
        "next_step_date": date(2026, 9, 20),
        "notes": None,
    }

    step.done("update_opportunity_profile", form=form)

    deal = record_of(step)
    line = forecast.current(connection, deal.id)
    assert (deal.amount, deal.next_step) == (Decimal("80000.50"), "Send the offer")
    assert line is not None
    assert (line.probability, line.period, line.revenue_potential) == (70, "2027-Q1", Decimal("80000.50"))


def test_a_wrong_figure_is_refused_at_its_field(connection: Connection) -> None:
    step = prioritized(connection)
    step.done("add_to_pipeline")

    errors = step.refused("update_opportunity_profile", form={"win_probability": Decimal(140)})

    assert "0 to 100" in errors["win_probability"]


def test_deferring_leaves_the_forecast_until_the_date(connection: Connection) -> None:
    step = prioritized(connection)
    step.done("add_to_pipeline")
    form = {
        "defer_reason": "no_capacity",
        "resume_date": date(2026, 11, 2),
        "resume_note": "after the fair",
        "keep_in_account_plan": True,
    }

    outcome = step.done("defer_opportunity", form=form)

    deal = record_of(step)
    item = pended.waiting(connection, deal.id)
    assert (deal.status, deal.resume_date) == ("pended", date(2026, 11, 2))
    assert forecast.current(connection, deal.id) is None
    assert item is not None
    assert (item.reason, item.note, item.extension_count) == ("no_capacity", "after the fair", 0)
    assert "opportunity.pended" in outcome.events


@pytest.mark.parametrize(
    ("chosen", "allowed"),
    [
        (date(2026, 9, 16), False),
        (date(2026, 9, 17), True),
        (date(2027, 3, 15), True),
        (date(2027, 3, 16), False),
    ],
)
def test_the_resume_date_keeps_within_the_limit_of_its_reason(
    connection: Connection, chosen: date, allowed: bool
) -> None:
    step = on(connection)
    form = {"defer_reason": "no_capacity", "resume_date": chosen, "resume_note": "later"}

    if allowed:
        step.done("defer_opportunity", form=form)
    else:
        assert "2026-09-17 to 2027-03-15" in step.refused("defer_opportunity", form=form)["resume_date"]
    assert record_of(step).status == ("pended" if allowed else "assessed")


def test_without_a_date_the_usual_time_is_taken(connection: Connection) -> None:
    step = on(connection)

    step.done("defer_opportunity", form={"defer_reason": "bad_timing", "resume_note": "later"})

    assert record_of(step).resume_date == date(2026, 12, 15)
