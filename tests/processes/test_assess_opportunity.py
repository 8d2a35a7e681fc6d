"""3.3.3.4.2 Assess Opportunity, from end to end: the test paths of the catalogue."""

from decimal import Decimal
from typing import Any

import pytest

import processes
from crm import accounts, assessment, competition, evaluations, opportunities, sales_teams, stage_history
from crm.opportunities import Opportunity
from crm.records import insert
from crm.tables import competitor
from engine import approvals, forms, handovers
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, START, Company, any_company, company
from tests.processes.test_prioritize_opportunity import prioritize

__all__ = ["any_company", "company"]

KEY = "assess-opportunity"
EXPERT = "exp.ann"
VIEW: dict[str, Any] = {"solution_fit": "4", "delivery_risk": "2"}
GOOD = {"credit_standing": "good", "credit_limit": "500000"}


def begin(company: Company, **fields: Any) -> tuple[Run, Opportunity]:
    given = {"status": "prequalified", "stage": "complex.prequalified", "win_probability": None}
    deal = company.opportunity(**{**given, **fields})
    return company.start(KEY, deal.business_key, actor=REP), deal


def collect(run: Run, rating: int = 4, **more: Any) -> None:
    answers: dict[str, Any] = {"non_standard_terms": "false", "max_discount_pct": "5", "competitors": []}
    for name in assessment.CRITERIA:
        answers |= {name: str(rating), f"{name}_evidence": "The plant manager said so."}
    run.complete("collect_assessment_facts", REP, **{**answers, **more})


def confirm(run: Run, word: str | None = None, **more: Any) -> None:
    run.complete("confirm_assessment", REP, final_recommendation=word or run.variables["recommendation"], **more)


def handed_over(run: Run) -> str:
    with run.kit.database.read() as connection:
        (row,) = handovers.of_record(connection, run.row()["business_key"])
    return row.target_key


def test_a_minor_deal_is_pursued_without_experts(any_company: Company) -> None:
    run, deal = begin(any_company, amount=Decimal(60000))
    collect(run)
    assert run.open_tasks() == ["confirm_assessment"]
    confirm(run)

    assert run.ended_at("off_prioritize")
    assert {"assess_solution_fit", "check_credit"} & set(run.path()) == set()
    now = any_company.now(deal)
    assert (now.status, now.stage, now.win_probability) == ("assessed", "complex.assessed", Decimal("25.00"))
    with any_company.database.read() as connection:
        found = evaluations.latest(connection, deal.id)
        moves = [move.to_status for move in stage_history.listing(connection, deal.id)]
    assert found is not None
    assert (found.score, found.recommendation, found.override, found.max_discount_pct) == (75, "pursue", None, 5)
    assert found.answers["need_fit_evidence"] == "The plant manager said so."
    assert moves == ["assessed", "prequalified"]
    again = any_company.running(deal, "prioritize-opportunity")
    assert again.open_tasks() == ["review_pipeline_and_plans"]


def test_a_fast_tracked_deal_that_is_assessed_meanwhile_is_prioritized_once(company: Company) -> None:
    run, deal = begin(company, amount=Decimal(60000), status="prequalified", fast_track=True, pursue_decision="pursue")
    ranked = company.start("prioritize-opportunity", deal.business_key, actor=REP)
    assert ranked.open_tasks() == ["identify_priority"]

    collect(run, max_discount_pct="20")
    confirm(run)

    assert run.ended_at("off_prioritize")
    assert company.running(deal, "prioritize-opportunity").instance_id == ranked.instance_id
    prioritize(ranked)
    assert ranked.variables["special_approvals"] == ["pricing"]
    assert [event.detail["key"] for event in ranked.events("handover.joined")] == [KEY]


def test_a_major_deal_asks_experts_and_operations_at_the_same_time(any_company: Company) -> None:
    run, deal = begin(any_company, amount=Decimal(800000))
    collect(run)
    assert sorted(run.open_tasks()) == ["assess_solution_fit", "check_credit"]

    run.complete("assess_solution_fit", EXPERT, **VIEW, blockers=[{"text": "No interface yet", "severity": "fixable"}])
    assert run.open_tasks() == ["check_credit"]
    run.complete("check_credit", OPERATIONS, **GOOD, valid_until="2027-03-01")

    assert run.open_tasks() == ["confirm_assessment"]
    assert (run.variables["knockout"], run.variables["recommendation"]) == ("fixable", "pursue_with_conditions")
    with pytest.raises(InvalidForm) as refused:
        confirm(run)
    assert list(refused.value.errors) == ["conditions"]
    confirm(run, conditions=[{"condition": "Interface built", "due": "2026-11-01"}])
    assert run.ended_at("off_prioritize")
    with any_company.database.read() as connection:
        customer = accounts.by_id(connection, deal.account_id)
        found = evaluations.latest(connection, deal.id)
    assert (customer.credit_standing, customer.credit_limit, str(customer.credit_checked_on)) == (
        "good",
        Decimal(500000),
        "2026-09-16",
    )
    assert found is not None and found.answers["conditions"] == [{"condition": "Interface built", "due": "2026-11-01"}]
    assert [view["by"] for view in found.answers["expert_views"]] == [EXPERT]


def test_every_expert_of_the_team_is_asked_and_the_highest_risk_counts(company: Company) -> None:
    deal = company.opportunity(status="prequalified", stage="complex.prequalified", amount=Decimal(800000))
    with company.database.write() as transaction:
        sales_teams.join(transaction.connection, deal, [EXPERT, "zhao.lei"], on=START.date(), by=REP, at=START)
    run = company.start(KEY, deal.business_key, actor=REP)
    assert run.variables["experts"] == [EXPERT]
    collect(run)

    run.complete("assess_solution_fit", EXPERT, solution_fit="2", delivery_risk="4")
    run.complete("check_credit", OPERATIONS, **GOOD)

    assert (run.variables["delivery_risk"], run.variables["knockout"]) == (4, "fixable")
    assert run.variables["assessment_score"] == Decimal("72.00")


def test_a_credit_check_that_is_fresh_is_skipped(company: Company) -> None:
    customer = {"credit_checked_on": START.date(), "credit_standing": "hold"}
    run, _ = begin(company, amount=Decimal(800000), customer=customer)
    collect(run)
    assert run.open_tasks() == ["assess_solution_fit"]

    run.complete("assess_solution_fit", EXPERT, **VIEW)

    assert run.variables["knockout"] == "fixable"


def test_a_fatal_knock_out_is_dropped_and_closed(company: Company) -> None:
    run, deal = begin(company, amount=Decimal(800000))
    collect(run)
    run.complete("assess_solution_fit", EXPERT, **VIEW, blockers=[{"text": "Not certified", "severity": "fatal"}])
    run.complete("check_credit", OPERATIONS, **GOOD)
    assert (run.variables["knockout"], run.variables["recommendation"]) == ("fatal", "drop")

    confirm(run)

    assert run.ended_at("off_close")
    assert handed_over(run) == "close-opportunity"
    with company.database.read() as connection:
        found = evaluations.latest(connection, deal.id)
    assert found is not None and found.knockout


@pytest.mark.parametrize(("amount", "level", "manager"), [(800000, 1, MANAGER), (3000000, 2, REGIONAL)])
def test_another_word_on_a_big_deal_needs_the_manager_and_may_be_sent_back(
    company: Company, amount: int, level: int, manager: str
) -> None:
    customer = {"credit_checked_on": START.date()}
    run, deal = begin(company, amount=Decimal(amount), customer=customer)
    collect(run, rating=2)
    run.complete("assess_solution_fit", EXPERT, **VIEW)
    assert run.variables["recommendation"] == "drop"
    with pytest.raises(InvalidForm) as refused:
        confirm(run, "pursue")
    assert list(refused.value.errors) == ["override_reason"]
    confirm(run, "pursue", override_reason="We know more than the ratings say.")
    assert run.open_tasks() == ["confirm_override"]
    with company.database.read() as connection:
        (request,) = approvals.of_record(connection, deal.business_key)
    assert (request["type"], request["level"]) == ("override", level)

    run.complete("confirm_override", manager, decision="reject", comment="Show me.")
    assert run.open_tasks() == ["confirm_assessment"]
    assert run.variables["comment"] == "Show me."
    confirm(run, "pursue", override_reason="Here is the letter.")
    run.complete("confirm_override", manager, decision="approve")

    assert run.ended_at("off_prioritize")
    with company.database.read() as connection:
        found = evaluations.latest(connection, deal.id)
    assert found is not None and (found.recommendation, found.override) == ("pursue", "Here is the letter.")


def test_another_word_on_a_minor_deal_is_the_reps_own(company: Company) -> None:
    run, _ = begin(company, amount=Decimal(60000))
    collect(run, rating=2)

    confirm(run, "pursue", override_reason="Small, and quickly done.")

    assert run.ended_at("off_prioritize")


def test_a_deal_to_defer_goes_on_with_defer_selected_already(company: Company) -> None:
    run, deal = begin(company, amount=Decimal(60000))
    collect(run, rating=3, access_to_decision_maker="1")
    assert (run.variables["knockout"], run.variables["recommendation"]) == ("fixable", "defer")

    confirm(run)

    again = company.running(deal, "prioritize-opportunity")
    assert again.variables["recommendation"] == "defer"
    name = "forms/prioritize-opportunity.review_pipeline_and_plans.form"
    form = forms.parse_form(processes.files()[name], name)
    shown = forms.show(form, None, again.variables, lambda reference, known: [], company.clock.now())
    assert [each.value for each in shown if each.path == "pursue_decision"] == ["defer"]


def test_competitors_become_those_of_the_opportunity_each_once(company: Company) -> None:
    with company.database.write() as transaction:
        values = {"number": "COM-001", "name": "Rival"}
        insert(transaction.connection, competitor, values, by="t", at=START)
    run, deal = begin(company, amount=Decimal(60000))
    rival = {"competitor": "competitor:COM-001", "strengths": "Price"}

    with pytest.raises(InvalidForm) as refused:
        collect(run, competitors=[rival, rival])
    assert list(refused.value.errors) == ["competitors.1.competitor"]
    collect(run, competitors=[rival])

    with company.database.read() as connection:
        (row,) = competition.of_deal(connection, deal.id)
    assert (row["number"], row["strengths"]) == ("COM-001", "Price")


def test_an_active_deal_is_assessed_again_and_keeps_its_status_and_figures(company: Company) -> None:
    run, deal = begin(
        company, amount=Decimal(60000), status="active", stage="complex.proposal", win_probability=Decimal(70)
    )
    collect(run)

    confirm(run)

    now = company.now(deal)
    assert (now.status, now.stage, now.win_probability) == ("active", "complex.proposal", Decimal(70))
    with company.database.read() as connection:
        assert len(evaluations.listing(connection, deal.id)) == 1


def test_a_missing_opportunity_is_linked_by_operations(company: Company) -> None:
    deal = company.opportunity(status="prequalified", stage="complex.prequalified")
    run = company.start(KEY, "opportunity:OPP-9999", actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="link_existing", record_ref=deal.number, note="Typing error.")

    assert run.open_tasks() == ["collect_assessment_facts"]
    with company.database.read() as connection:
        assert opportunities.get(connection, deal.number).status == "prequalified"
