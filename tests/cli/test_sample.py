"""The sample company as it is on the first start: full desks, a year of history, accounts to log in with."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from sqlalchemy import select, true

import bootstrap
from cli import main, sample
from cli.sample import hours, people, stories
from cli.sample.build import YEAR
from cli.sample.customers import Customer
from crm import choices, opportunity_search, products, users
from crm.kinds import KINDS
from engine import SimulatedClock, approvals, inbox, incidents, instances, verify
from engine.inbox import InboxRow

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # a Sunday: nobody works at the very end


def settings_in(folder: Path) -> bootstrap.Settings:
    return bootstrap.Settings.from_environment({"SALESFLOW_DATA": str(folder)})


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bootstrap.Application]:
    """The whole sample company at a moment."""
    settings = settings_in(tmp_path_factory.mktemp("sample"))
    sample.build(settings, NOW)
    application = bootstrap.build(settings, SimulatedClock(NOW))
    yield application
    application.database.dispose()


def desk(company: bootstrap.Application, login: str) -> list[InboxRow]:
    """Everything in somebody's inbox."""
    with company.database.read() as connection:
        directory = company.engine.directory(connection)
        mine = inbox.tasks(connection, directory, login, NOW, scope="mine", limit=100)
        return mine + inbox.tasks(connection, directory, login, NOW, scope="groups", limit=100)


@pytest.mark.parametrize("rep", people.REPS)
def test_every_rep_finds_tasks_of_every_kind_some_of_them_overdue(company: bootstrap.Application, rep: str) -> None:
    found = desk(company, rep)

    assert 6 <= len(found) <= 40
    assert "develop-update-sales-forecast" in {row.process_key for row in found}
    assert {row.element for row in found} >= {
        "review_pipeline_and_plans",
        "identify_priority",
        "update_opportunity_profile",
        "defer_opportunity",
        "ask_resume",
    }
    assert any(row.overdue for row in found)


@pytest.mark.parametrize("manager", [one.login for one in people.PEOPLE if one.role == "mgr"])
def test_managers_of_every_level_find_approvals(company: bootstrap.Application, manager: str) -> None:
    found = desk(company, manager)

    assert len([row for row in found if row.kind == "approval"]) >= 4


def test_operations_find_warnings_missing_records_and_incidents(company: bootstrap.Application) -> None:
    found = {row.element for row in desk(company, people.OPERATIONS)}
    with company.database.read() as connection:
        causes = {one.code for one in incidents.listing(connection, "open")}

    assert {"load_context", "mr_resolve_missing_record"} <= found
    assert causes == {"NO_APPROVER", "HANDLER_FAILED"}


def test_there_is_something_to_sell_at_a_price_and_somebody_to_sell_against(company: bootstrap.Application) -> None:
    with company.database.read() as connection:
        offered = {kind: choices.of(connection, kind) for kind in ("product", "competitor", "territory", "price_list")}
        prices = [
            products.list_price(connection, products.id_of(connection, key), NOW.date())
            for key, _ in offered["product"]
        ]

    assert {kind: len(found) for kind, found in offered.items()} == {
        "product": 9, "competitor": 4, "territory": 3, "price_list": 1,
    }  # fmt: skip
    assert all(prices)


def test_leads_calls_plans_and_forecasts_are_under_way(company: bootstrap.Application) -> None:
    with company.database.read() as connection:
        running = {row.key for row in instances.running(connection, limit=1000)}

    assert running >= {
        "lead-management",
        "schedule-sales-call",
        "identify-target-accounts",
        "develop-account-plan",
        "develop-update-opportunity-plan",
        "develop-update-sales-forecast",
        "area-reporting-analysis",
        "opportunity-lifecycle-u8",
    }


def test_the_books_hold_150_opportunities_in_every_state(company: bootstrap.Application) -> None:
    with company.database.read() as connection:
        found = opportunity_search.count_by_status(connection, true())

    assert sum(found.values()) == 150
    assert {"draft", "prequalified", "assessed", "active", "pended", "won", "closed", "lost"} <= set(found)


def test_approvals_were_given_refused_and_passed_over(company: bootstrap.Application) -> None:
    states: Counter[str] = Counter()
    with company.database.read() as connection:
        for number in range(1001, 1151):
            states.update(str(row["state"]) for row in approvals.of_record(connection, f"opportunity:OPP-{number}"))

    assert {"approved", "rejected", "escalated", "open"} <= set(states)


def test_nothing_in_the_sample_breaks_a_rule_of_the_database(company: bootstrap.Application) -> None:
    with company.database.read() as connection:
        assert verify.check(company.engine, connection) == []


def test_everybody_logs_in_with_the_printed_password(company: bootstrap.Application) -> None:
    with company.database.read() as connection:
        hashes = [users.password_hash(connection, one.login) for one in sample.accounts()]

    assert len(hashes) == 14
    assert all(stored and PasswordHasher().verify(stored, sample.PASSWORD) for stored in hashes)


def test_the_sample_is_not_made_over_people_who_are_there(company: bootstrap.Application) -> None:
    assert not sample.is_wanted(company.settings, company.database)
    company.database.dispose()

    with pytest.raises(sample.Unfinished, match="without users"):
        sample.build(company.settings, NOW)


def test_the_same_seed_tells_the_same_stories() -> None:
    when = hours.calendar((NOW - YEAR).date(), (NOW + YEAR).date())
    customers = [Customer(n, f"ACC-{n}", f"C{n}", rep, True, "good", 3) for n, rep in enumerate(people.REPS)]

    first, second = (stories.every(Random(7), customers, when, NOW) for _ in range(2))

    assert first == second
    assert len(first) == 150


def test_a_sample_cut_short_is_not_mistaken_for_a_company(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    application = bootstrap.build(settings, SimulatedClock(NOW))
    bootstrap.install(application)
    with application.database.write() as into:
        people.hire(into, NOW - YEAR, NOW)

    with pytest.raises(sample.Unfinished, match="interrupted"):
        sample.is_wanted(settings, application.database)
    application.database.dispose()


def test_production_refuses_the_sample_company(tmp_path: Path) -> None:
    environment = {"SALESFLOW_DATA": str(tmp_path), "SALESFLOW_ENV": "production", "SALESFLOW_SECRET_KEY": "k" * 32}

    answer = CliRunner().invoke(main, ["seed"], env=environment)

    assert answer.exit_code == 1
    assert "SALESFLOW_ENV=development" in answer.output
    assert not list(tmp_path.glob("*.db"))


def test_every_choice_in_the_sample_is_one_that_its_field_has(company: bootstrap.Application) -> None:
    strange = []
    with company.database.read() as connection:
        for kind in KINDS.values():
            for field in (one for one in kind.fields if one.type == "choice"):
                held = connection.execute(select(kind.table.c[field.name]).distinct()).scalars()
                known = {None, "", *(value for value, _en, _zh in field.choices)}
                strange += [(kind.key, field.name, value) for value in held if value not in known]

    assert strange == []
