"""3.3.1.1.2 Identify Target Accounts, from end to end: the test paths of the catalogue."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import account_plans, accounts, targeting
from crm.accounts import Account
from crm.tables import account_team_member
from crm.targeting import Candidate
from engine import handovers, user_tasks
from engine.errors import InvalidForm
from engine.testing import Run
from tests.account_planning import a_contact, a_valid_profile, an_account, known, running
from tests.company import OPERATIONS, REGIONAL, REP, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "identify-target-accounts"
OTHER_REP = "rao.mei"
LARGE = {"buying_centres": [{"unit": "All", "spend": 3000000}], "initiatives": [{"initiative": "x"}] * 4}
PARAMETERS: dict[str, Any] = {
    "period": "2027",
    "scope": ["region"],
    "regions": ["East"],
    "min_score": "40",
    "max_key_accounts_per_rep": "1",
}


def a_customer(company: Company, name: str, *, strength: int = 5, **fields: Any) -> Account:
    """An account in the east that is attractive and well known to us."""
    customer = an_account(company, name, **fields)
    share, satisfaction = Decimal(60), 5
    facts = {**LARGE, "relationship_strength": strength, "share_of_wallet_pct": share, "satisfaction": satisfaction}
    a_valid_profile(company, customer, **facts)
    return customer


def begin(company: Company, **answers: Any) -> Run:
    run = company.start(KEY, f"user:{OPERATIONS}", actor=OPERATIONS)
    weights = [{"weight": str(row["weight"])} for row in run.variables["usual_weights"]]
    run.complete("set_selection_parameters", OPERATIONS, **{**PARAMETERS, "weights": weights, **answers})
    return run


def wish(customer: Account, choice: str = "keep") -> dict[str, str]:
    return {"account": f"account:{customer.number}", "choice": choice, "reason": "We know them."}


def proposed(customer: Account, tier: str = "KEY", owner: str = REP) -> dict[str, str]:
    return {"account": f"account:{customer.number}", "tier": tier, "owner": owner}


def opinions(run: Run, *wishes: dict[str, str]) -> None:
    run.complete("nominate", REP, nominations=list(wishes))
    run.complete("add_market_view", "mkt.bo")


def approve(company: Company, run: Run, **answers: Any) -> None:
    """Nobody stands above operations here, so that they pick the regional manager."""
    user_tasks.pick_approver(company.engine, run.task_id("approve_target_list"), OPERATIONS, REGIONAL)
    run.complete("approve_target_list", REGIONAL, **answers)


def candidates(company: Company, run: Run) -> dict[str, Candidate]:
    with company.database.read() as connection:
        current = targeting.get(connection, run.variables["round_number"])
        return {one.account_name: one for one in targeting.candidates(connection, current.id)}


def account_now(company: Company, customer: Account) -> Account:
    with company.database.read() as connection:
        return accounts.get(connection, customer.number)


def test_a_list_is_chosen_approved_and_handed_on_to_plans(any_company: Company) -> None:
    company = any_company
    best, second = a_customer(company, "Best"), a_customer(company, "Second", strength=3)
    former = a_customer(company, "Former", is_target=True, credit_standing="hold")
    elsewhere = a_customer(company, "Elsewhere", region="West")

    run = begin(company)
    found = candidates(company, run)
    assert set(found) == {"Best", "Second", "Former"} and elsewhere.name not in found
    assert (found["Best"].tier, found["Best"].stance) == ("KEY", "invest")
    assert run.row()["business_key"] == f"targeting_round:{run.variables['round_number']}"
    run.complete("add_market_view", "mkt.bo", comments=[{"account": f"account:{best.number}", "comment": "Fair."}])
    run.complete("nominate", REP, nominations=[wish(best), wish(second), wish(former, "drop")])
    assert [row["account"] for row in run.variables["proposal"]] == [
        f"account:{best.number}", f"account:{second.number}",
    ]  # fmt: skip
    run.complete("consolidate_list", OPERATIONS, proposal=[proposed(best), proposed(second, "GROWTH", OTHER_REP)])
    approve(company, run, decision="approve")
    team = [{"owner": REP, "team": ["exp.ann"], "executive_sponsor": REGIONAL}, {"owner": OTHER_REP}]
    run.complete("assign_teams", REGIONAL, assignments=team)

    assert run.ended_at("off_develop_plans")
    now = account_now(company, best)
    assert (now.is_target, now.tier, now.owner, now.executive_sponsor) == (True, "KEY", REP, REGIONAL)
    assert account_now(company, second).owner == OTHER_REP
    assert account_now(company, former).is_target is False
    with company.database.read() as connection:
        plan = account_plans.current(connection, best.id)
        members = connection.execute(select(account_team_member.c.account_id, account_team_member.c.login)).all()
        waiting = handovers.of_instance(connection, run.instance_id)
    assert plan is not None and (plan.status, plan.period) == ("draft", "2027")
    assert [tuple(row) for row in members] == [(best.id, "exp.ann")]
    assert sorted((one.target_key, one.business_key) for one in waiting) == [
        ("develop-account-plan", f"account:{best.number}"),
        ("develop-account-plan", f"account:{second.number}"),
    ]
    assert "start_plan" in running(company, f"account:{best.number}", "develop-account-plan").open_tasks()


def test_more_key_accounts_than_can_be_covered_go_back(company: Company) -> None:
    one, two = a_customer(company, "One"), a_customer(company, "Two")
    run = begin(company)
    opinions(run, wish(one), wish(two))

    run.complete("consolidate_list", OPERATIONS, proposal=[proposed(one), proposed(two)])
    assert run.open_tasks() == ["consolidate_list"]
    assert run.variables["over_capacity"] == [{"owner": REP, "count": 2, "limit": 1}]
    run.complete("consolidate_list", OPERATIONS, proposal=[proposed(one), proposed(two, owner=OTHER_REP)])

    assert run.open_tasks() == ["approve_target_list"]


def test_a_list_that_is_sent_back_is_made_again(company: Company) -> None:
    one, two = a_customer(company, "One"), a_customer(company, "Two")
    run = begin(company)
    opinions(run, wish(one), wish(two))
    run.complete("consolidate_list", OPERATIONS, proposal=[proposed(one), proposed(two, "GROWTH")])

    approve(company, run, decision="reject", comment="Too long.")

    assert (run.open_tasks(), run.variables["manager_comment"]) == (["consolidate_list"], "Too long.")
    run.complete("consolidate_list", OPERATIONS, proposal=[proposed(one), proposed(two, "GROWTH")])
    approve(company, run, decision="approve", removed=[two.number])
    assert [row["account"] for row in run.variables["approved_targets"]] == [f"account:{one.number}"]
    assert candidates(company, run)["Two"].decision == "removed"


def test_a_key_account_needs_an_executive_sponsor(company: Company) -> None:
    one = a_customer(company, "One")
    run = begin(company)
    opinions(run, wish(one))
    run.complete("consolidate_list", OPERATIONS, proposal=[proposed(one)])
    approve(company, run, decision="approve")

    with pytest.raises(InvalidForm) as refused:
        run.complete("assign_teams", REGIONAL, assignments=[{"owner": REP}])

    assert list(refused.value.errors) == ["assignments.0.executive_sponsor"]


def test_missing_profiles_are_developed_first_and_scored_again(company: Company) -> None:
    customer = an_account(company, "Unknown", is_target=True)
    run = begin(company)
    assert "collect_company_information" in run.open_tasks() and "nominate" not in run.open_tasks()
    before = candidates(company, run)["Unknown"]

    run.complete(
        "collect_company_information", REP, business_summary="Large.",
        strategy_initiatives=[{"initiative": f"Plan {n}"} for n in range(4)],
        buying_centres=[{"unit": "All", "spend": "3000000"}],
    )  # fmt: skip
    run.complete("add_market_intelligence", "mkt.bo", industry_trends="Up.", competitors_present=[{"competitor": "N"}])
    run.complete("map_contacts", REP, contacts=[known(a_contact(company, customer))])
    white_space = [{"unit": "All", "product": "Drive", "est_value": "1"}]
    run.complete("assess_position", REP, share_of_wallet_pct="50", satisfaction="4", white_space=white_space)

    after = candidates(company, run)["Unknown"]
    assert "nominate" in run.open_tasks()
    assert (before.tier, after.tier) == (None, "KEY")
    assert after.attractiveness is not None and after.attractiveness > (before.attractiveness or 0)


def test_without_nominations_in_time_the_list_goes_on_with_what_arrived(company: Company) -> None:
    one = a_customer(company, "One")
    run = begin(company)
    run.complete("add_market_view", "mkt.bo")

    run.pass_time(timedelta(days=7))

    assert run.open_tasks() == ["consolidate_list"]
    assert [row["account"] for row in run.variables["proposal"]] == [f"account:{one.number}"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"weights": [{"weight": "10"}] * 9}, "weights"), ({"period": "soon"}, "period"), ({"regions": []}, "regions")],
)
def test_parameters_that_make_no_round_are_refused(company: Company, answers: dict[str, Any], field: str) -> None:
    a_customer(company, "One")

    with pytest.raises(InvalidForm) as refused:
        begin(company, **answers)

    assert list(refused.value.errors) == [field]


def test_only_candidates_are_commented_on(company: Company) -> None:
    a_customer(company, "One")
    elsewhere = a_customer(company, "Elsewhere", region="West")
    run = begin(company)

    with pytest.raises(InvalidForm) as refused:
        run.complete(
            "add_market_view", "mkt.bo", comments=[{"account": f"account:{elsewhere.number}", "comment": "Hm."}]
        )

    assert list(refused.value.errors) == ["comments.0.account"]
