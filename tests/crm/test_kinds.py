"""Every description of a kind of record is whole, in both languages, and fits its table and the life cycles."""

import re

import pytest

from crm.kinds import GROUPS, KINDS, Field, Kind
from crm.kinds.kind import Start
from crm.permissions import BY_ROLE
from crm.states import LifeCycle
from processes import load

TECHNICAL = {
    "id", "row_version", "created_at", "created_by", "updated_at", "updated_by", "last_change", "source_system",
    "external_id", "org_unit_id", "name_key", "company_key", "password_hash", "number", "content",
}  # fmt: skip
SCOPES = {"own", "member", "team", "all", "created", "assigned", "trusted_member"}
CHINESE = re.compile("[\u4e00-\u9fff]")

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)


def columns_of(kind: Kind) -> set[str]:
    return {column.name for column in kind.table.c}


def all_fields(fields: tuple[Field, ...]) -> list[Field]:
    return [one for field in fields for one in (field, *all_fields(field.fields))]


@every_kind
def test_every_column_has_a_field_and_every_field_a_column(kind: Kind) -> None:
    described = {field.name for field in kind.fields}

    assert described <= columns_of(kind)
    assert columns_of(kind) - TECHNICAL - described == set()


@every_kind
def test_names_and_labels_are_in_both_languages(kind: Kind) -> None:
    texts = [(kind.en, kind.zh), (kind.plural, kind.zh)]
    texts += [(field.en, field.zh) for field in all_fields(kind.fields)]
    texts += [(en, zh) for field in all_fields(kind.fields) for _value, en, zh in field.choices]

    assert [en for en, _zh in texts if not en or CHINESE.search(en)] == []
    assert [zh for _en, zh in texts if not CHINESE.search(zh)] == []


@every_kind
def test_what_a_description_names_exists(kind: Kind) -> None:
    columns = {kind.number, kind.title, kind.title_zh, kind.owner, kind.assignee, kind.frozen_by, *kind.only_fields}
    columns |= {name.removeprefix("-") for name in kind.order.split()}
    references = {field.reference.partition(":")[0] for field in kind.fields if field.type == "reference"}

    assert columns - {""} <= columns_of(kind)
    assert {parent.kind for parent in kind.parents} <= set(KINDS)
    assert {parent.column for parent in kind.parents} <= columns_of(kind)
    assert references <= {*KINDS, "reason_code"}
    assert kind.group in {key for key, _en, _zh in GROUPS}
    assert all(field.fields for field in kind.fields if field.type == "rows")
    assert kind.number != "number" or not kind.create or kind.sequence


@every_kind
def test_scopes_are_known_and_have_what_they_are_derived_from(kind: Kind) -> None:
    for allowed in (kind.read, kind.create, kind.change, kind.move):
        assert set(allowed) <= set(BY_ROLE)
        names = {name for scopes in allowed.values() for name in scopes} - own_scopes(kind)
        assert names <= SCOPES
        assert "assigned" not in names or kind.assignee
        if names - {"all", "assigned", "created"}:
            assert kind.owner or kind.parents
    assert set(kind.change) <= set(kind.read), "whoever changes a record sees it"
    assert set(kind.only) <= set(kind.change)


@every_kind
def test_states_are_choices_of_their_field_and_processes_are_registered(kind: Kind) -> None:
    registered = {process.key for process in load().processes}

    assert {start.process for start in kind.starts} <= registered
    if kind.states.moves:
        field = kind.field(kind.state)
        named = {value for value, _en, _zh in field.choices}
        assert field.fixed, "a state is moved, not typed"
        assert states_of(kind.states) <= named
        assert {state for start in kind.starts for state in start.states} <= named
        assert all(moved <= kind.states.moves[state] for state, moved in kind.by_hand.items())


@every_kind
def test_a_person_can_give_what_a_new_record_must_have(kind: Kind) -> None:
    if not kind.create:
        return
    given = {field.name for field in kind.fields if not field.fixed and (field.required or field.type == "boolean")}
    given |= {kind.owner, kind.number, *(parent.column for parent in kind.parents)}
    needed = {
        column.name
        for column in kind.table.c
        if not column.nullable and column.default is None and column.server_default is None
    }

    assert needed - given - TECHNICAL - DERIVED.get(kind.key, set()) == set()


@every_kind
def test_what_the_table_needs_is_asked_for(kind: Kind) -> None:
    # Without an answer these hold no or nothing, not null.
    empty = ("boolean", "data", "moments", "parties", "rows", "sheets", "words")
    typed = [field for field in kind.fields if not field.fixed and field.type not in empty]

    assert [one.name for one in typed if not kind.table.c[one.name].nullable and not one.required] == []


DERIVED = {
    "opportunity_document": {"file_name", "media_type", "size", "version"},
    "opportunity_product": {"amount"},
    "opportunity": {"amount_base"},
}
"""Columns that a writer computes."""


def own_scopes(kind: Kind) -> set[str]:
    """The scopes that a kind, or one it belongs to, adds."""
    return set(kind.more_scopes).union(*(own_scopes(KINDS[parent.kind]) for parent in kind.parents))


def states_of(life: LifeCycle) -> set[str]:
    return set(life.moves) | {state for after in life.moves.values() for state in after}


def test_a_start_fits_by_state_and_by_values() -> None:
    start = Start("assess-opportunity", ("draft",), when=lambda values: values["amount"] > 10)

    assert start.fits("draft", {"amount": 11})
    assert not start.fits("draft", {"amount": 10})
    assert not start.fits("active", {"amount": 11})


@pytest.mark.parametrize("wrong", [{"type": "colour"}, {"secret": "gossip"}])
def test_a_field_of_an_unknown_kind_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Expected"):
        Field("shade", "Shade", "色", **wrong)  # type: ignore[arg-type]
