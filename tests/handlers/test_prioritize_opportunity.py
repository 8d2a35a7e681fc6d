"""Every step of 3.3.3.4.3 against real records and the deployed decision tables."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from crm import account_profiles, evaluations, flags, pursue, users
from tests.crm.factories import NOW, an_account, an_opportunity
from tests.handlers.contexts import RATINGS, Step, on, prioritized, record_of

pytestmark = pytest.mark.usefixtures("configured")


def test_loading_sets_what_the_decisions_look_at(connection: Connection) -> None:
    customer = an_account(connection, credit_standing="watch", prior_customer=True)
    account_profiles.publish_at_once(connection, customer.id, relationship_strength=4, by="ops.one", at=NOW)
    step = on(connection, account=customer, amount=Decimal(750_000), win_probability=Decimal("62.50"))
    deal = record_of(step)
    evaluations.add(
        connection, deal.id, "assessment", max_discount_pct=Decimal(12), delivery_risk=3, by="lin.wei", at=NOW
    )

    outcome = step.done("load_context")

    wanted = {
        "owner": "lin.wei",
        "opportunity_name": "Line 3",
        "customer": "Hengli Machinery",
        "amount_base": Decimal(750_000),
        "amount_band": "major",
        "fast_track": False,
        "pursue_decision": None,
        "rep_experience": "experienced",
        "credit_standing": "watch",
        "win_probability": Decimal("62.50"),
        "relationship_strength": 4,
        "prior_customer": True,
        "max_discount_pct": 12,
        "non_standard_terms": False,
        "delivery_risk": 3,
        "urgency": "normal",
        "expected_close_date": date(2026, 12, 1),
    }
    assert {name: step.variables[name] for name in wanted} == wanted
    assert outcome.warnings == []


@pytest.mark.parametrize(
    ("amount", "band"),
    [(99_999, "minor"), (100_000, "standard"), (500_000, "major"), (2_000_000, "strategic"), (None, "minor")],
)
def test_the_band_follows_the_limits_in_force(connection: Connection, amount: int | None, band: str) -> None:
    step = on(connection, amount=None if amount is None else Decimal(amount))

    step.done("load_context")

    assert step.variables["amount_band"] == band


def test_without_a_profile_operations_are_asked_to_make_one(connection: Connection) -> None:
    step = on(connection, account=an_account(connection, prior_customer=True))

    outcome = step.done("load_context")

    assert (step.variables["relationship_strength"], step.variables["prior_customer"]) == (1, False)
    assert [warning.group for warning in outcome.warnings] == ["ops"]
    assert "Hengli Machinery" in str(outcome.warnings[0].text)


def test_a_missing_opportunity_is_the_error_the_drawing_catches(connection: Connection) -> None:
    error = Step(connection, "opportunity:OPP-9999", "prioritize_opportunity").error("load_context")

    assert error.code == "RECORD_NOT_FOUND"
    assert "OPP-9999" in str(error.message)


def test_a_linked_record_takes_the_place_of_the_missing_one(connection: Connection) -> None:
    deal = an_opportunity(connection)
    step = Step(connection, "opportunity:OPP-9999", "prioritize_opportunity")
    link = {"resolution": "link_existing", "note": "typing error"}

    refused = step.refused("shared.resolve_missing_record", form=link | {"record_ref": "OPP-8888"})
    step.done("shared.resolve_missing_record", form=link | {"record_ref": f" {deal.number.lower()} "})
    step.done("load_context")

    assert "OPP-8888" in refused["record_ref"]
    assert step.variables["business_record"] == deal.business_key
    assert step.variables["opportunity_number"] == deal.number


@pytest.mark.parametrize(
    ("fields", "urgency"),
    [
        ({"expected_close_date": date(2026, 9, 23)}, "urgent"),
        ({"expected_close_date": date(2026, 9, 24)}, "normal"),
        ({"expected_close_date": None, "rfp": True, "rfp_due_date": date(2026, 9, 20)}, "urgent"),
        ({"expected_close_date": None}, "normal"),
    ],
)
def test_five_working_days_make_it_urgent(connection: Connection, fields: dict[str, Any], urgency: str) -> None:
    step = on(connection, **fields)

    step.done("load_context")

    assert step.variables["urgency"] == urgency


def test_the_fast_track_brings_its_decision_unless_switched_off(connection: Connection) -> None:
    fields = {"fast_track": True, "pursue_decision": "pursue", "rfp": True}
    step, off = on(connection, **fields), on(connection, name="Other", **fields)
    resumed = on(connection, name="Third", **fields)
    resumed.variables["fast_track"] = False

    step.done("load_context")
    resumed.done("load_context")
    flags.switch(connection, "fast_track_enabled", False, by="ops.one", at=NOW)
    off.done("load_context")

    assert (step.variables["fast_track"], step.variables["pursue_decision"]) == (True, "pursue")
    assert (resumed.variables["fast_track"], resumed.variables["pursue_decision"]) == (False, None)
    assert (off.variables["fast_track"], off.variables["pursue_decision"]) == (False, None)


def test_no_and_defer_are_logged_at_once(connection: Connection) -> None:
    step = on(connection)
    form = {"pursue_decision": "no", "pursue_rationale": "no fit", "not_pursued_reason": "Q03"}

    step.done("review_pipeline_and_plans", form=form)

    logged = pursue.listing(connection, record_of(step).id)
    assert [(one.decision, one.basis, one.reason_code, one.decided_by) for one in logged] == [
        ("no", "pipeline", "Q03", "lin.wei")
    ]
    assert record_of(step).confirmed_at is None


def test_an_unknown_reason_is_refused_by_name(connection: Connection) -> None:
    step = on(connection)
    form = {"pursue_decision": "no", "pursue_rationale": "x", "not_pursued_reason": "Q99"}

    errors = step.refused("review_pipeline_and_plans", form=form)

    assert "disqualify:Q99" in errors[""]
    assert pursue.listing(connection, record_of(step).id) == ()


def test_pursuing_is_recorded_once_with_the_reviewer(connection: Connection) -> None:
    step = prioritized(connection)

    (logged,) = pursue.listing(connection, record_of(step).id)

    assert (logged.decision, logged.basis, logged.capacity_ok) == ("pursue", "pipeline", True)
    assert record_of(step).confirmed_at == NOW


def test_a_fast_track_is_recorded_as_such(connection: Connection) -> None:
    step = on(connection, fast_track=True, pursue_decision="pursue")
    step.done("load_context")

    step.done("record_pursue_decision", actor=None)

    (logged,) = pursue.listing(connection, record_of(step).id)
    assert (logged.basis, logged.decided_by) == ("fast_track", "lin.wei")


def test_the_segment_of_the_table_is_kept(connection: Connection) -> None:
    step = prioritized(connection)

    assert record_of(step).segment == step.variables["segment"] == "CONTESTED"


def test_a_priority_is_suggested_from_the_records(connection: Connection) -> None:
    customer = an_account(connection, is_target=True, prior_customer=True)
    account_profiles.publish_at_once(connection, customer.id, relationship_strength=5, by="ops.one", at=NOW)
    step = prioritized(connection, account=customer, amount=Decimal(900_000), win_probability=Decimal(85))

    ratings = [step.variables[name] for name in RATINGS]
    assert ratings == [4, 5, 5, 5, 4, 5]
    assert step.variables["priority_score"] == Decimal("91.25")
    assert sum(step.variables["rating_weights"][name] for name in RATINGS) == 1
    assert step.variables["suggested_priority"] == "high"
    assert step.variables["credit_flag"] is False


def test_a_credit_hold_suggests_low_whatever_the_score(connection: Connection) -> None:
    step = prioritized(connection, account=an_account(connection, credit_standing="hold"))

    assert (step.variables["suggested_priority"], step.variables["credit_flag"]) == ("low", True)


def test_ratings_given_before_are_kept(connection: Connection) -> None:
    step = prioritized(connection, r_willingness=1)

    assert step.variables["r_willingness"] == 1


def test_the_priority_is_written_with_its_score(connection: Connection) -> None:
    step = prioritized(connection)
    suggested = step.variables["suggested_priority"]

    step.done("identify_priority", form={**RATINGS, "priority": suggested})

    deal = record_of(step)
    assert (deal.priority, deal.priority_score, deal.r_credit) == (suggested, Decimal("43.75"), 5)
    assert (step.variables["priority_round"], step.variables["return_to_default"]) == (1, "priority")


def test_another_priority_needs_a_reason(connection: Connection) -> None:
    step = prioritized(connection)
    other = "high" if step.variables["suggested_priority"] != "high" else "low"
    form = {**RATINGS, "priority": other}

    errors = step.refused("identify_priority", form=form | {"override_reason": " "})
    step.done("identify_priority", form=form | {"override_reason": "the board asked"})

    assert "suggested" in errors["override_reason"]
    assert record_of(step).priority == other
    assert step.variables["override_reason"] == "the board asked"


def test_from_the_third_round_pursuit_is_selected(connection: Connection) -> None:
    step = prioritized(connection)
    form = {**RATINGS, "priority": step.variables["suggested_priority"]}

    defaults = []
    for _ in range(3):
        step.done("identify_priority", form=form)
        defaults.append(step.variables["return_to_default"])

    assert defaults == ["priority", "priority", "pursuit"]


def test_a_junior_rep_is_loaded_as_such(connection: Connection) -> None:
    rep = users.get(connection, "lin.wei")
    users.change(connection, "lin.wei", rep.row_version, {"experience": "junior"}, by="chen.jing", at=NOW)
    step = on(connection)

    step.done("load_context")

    assert step.variables["rep_experience"] == "junior"
