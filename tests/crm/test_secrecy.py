"""Field rules of the catalogue (section 9): which fields of a record that is open stay closed, and to whom."""

from datetime import date

import pytest

from crm.kinds import KINDS
from crm.scopes import Reader
from crm.secrecy import HIDDEN, hidden_fields, told_only

OWNER = "lin.wei"


def reader(login: str, *roles: str, below: tuple[str, ...] = ()) -> Reader:
    return Reader(login, frozenset(roles), None, date(2026, 3, 2), frozenset(below))


# rule: roles that see such fields in somebody else's record
SEEN_BY = {
    "credit": "mgr ops",
    "margin": "rep mgr ops anl adm",
    "price": "rep mgr team ops anl adm",
    "coaching": "",
    "personal": "rep mgr team ops mkt adm",
    "reps": "ops anl",
}


@pytest.mark.parametrize("rule", SEEN_BY)
def test_a_secret_is_for_the_roles_of_its_rule(rule: str) -> None:
    roles = ("rep", "mgr", "team", "ops", "mkt", "anl", "adm")

    seeing = [role for role in roles if not HIDDEN[rule](reader("somebody", role), OWNER)]

    assert " ".join(seeing) == SEEN_BY[rule]


def test_the_owner_sees_credit_and_coaching_of_an_own_record() -> None:
    owner = reader(OWNER, "rep")

    assert not HIDDEN["credit"](owner, OWNER) and not HIDDEN["coaching"](owner, OWNER)


def test_coaching_is_for_the_managers_above_the_one_who_is_coached_and_for_no_other_manager() -> None:
    own = reader("chen.jing", "mgr", below=(OWNER,))
    other = reader("gu.tao", "mgr", below=("rao.mei",))

    assert "coaching" not in hidden_fields(own, OWNER, "sales_call")
    assert "coaching" in hidden_fields(other, OWNER, "sales_call")


def test_who_of_many_teams_is_to_be_coached_and_how_single_reps_do_is_closed_to_managers() -> None:
    closed = {"patterns", "reps_to_coach"}

    assert closed <= hidden_fields(reader("chen.jing", "mgr", below=(OWNER,)), "olga.ops", "measure_run")
    assert not closed & hidden_fields(reader("olga.ops", "ops"), "olga.ops", "measure_run")


def test_whoever_measures_is_not_the_one_who_is_coached() -> None:
    operations = reader("olga.ops", "ops")

    assert "coaching" in hidden_fields(operations, "olga.ops", "measure_run")
    assert "coaching" in hidden_fields(reader("any.manager", "mgr"), "olga.ops", "measure_run")
    above = reader("any.manager", "mgr", below=("olga.ops",))
    assert "coaching" in hidden_fields(above, "olga.ops", "measure_run")
    assert "coaching" not in hidden_fields(operations, "olga.ops", "sales_call")


def test_of_the_processes_of_a_call_marketing_is_told_the_open_fields_only() -> None:
    told = told_only(reader("ma.rket", "mkt"), OWNER, "sales_call")

    assert told is not None and "purpose" in told and not told & {"primary_objective", "needs", "key_messages"}
    assert told_only(reader("ma.rket", "mkt"), OWNER, "opportunity") is None
    assert told_only(reader("olga.ops", "ops"), OWNER, "sales_call") is None


def test_a_second_role_opens_what_one_alone_keeps_closed() -> None:
    assert "phone" in hidden_fields(reader("ana.lyst", "anl"), OWNER, "account")
    assert "phone" not in hidden_fields(reader("ana.lyst", "anl", "ops"), OWNER, "account")


@pytest.mark.parametrize(
    ("kind", "field", "role"),
    [
        ("account", "credit_limit", "team"),
        ("product", "unit_cost", "mkt"),
        ("product", "unit_cost", "team"),
        ("quote", "margin_pct", "team"),
        ("opportunity_competitor", "price", "mkt"),
        ("contact", "name", "anl"),
        ("opportunity", "need", "anl"),
    ],
)
def test_named_fields_are_closed_to_named_roles(kind: str, field: str, role: str) -> None:
    assert KINDS[kind].has(field)
    assert field in hidden_fields(reader("somebody", role), OWNER, kind)


def test_process_variables_of_these_names_are_closed_whatever_the_record() -> None:
    assert {"credit_limit", "margin_pct"} <= hidden_fields(reader("sun.li", "team"), OWNER, "opportunity")
