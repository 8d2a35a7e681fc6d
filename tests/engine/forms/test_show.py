"""What a page shows of a form: first values, drafts, errors, choices, rows, conditions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from engine.errors import Sentence
from engine.forms import Shown, show
from tests.engine.forms.builders import NOW, a_field, a_form, reasons

ROWS = {
    "type": "dynamiclist",
    "path": "rows",
    "label": "Rows",
    "allowAddRemove": False,
    "properties": {"prefill": "=for s in specials return {type: s}"},
    "components": [a_field("type", readonly=True), a_field("note", conditional={"hide": '=type = "credit"'})],
}


def shown(*components: dict[str, Any], raw: Any = None, errors: Any = None, **variables: Any) -> tuple[Shown, ...]:
    return show(a_form(*components), raw, variables, reasons, NOW, errors)


def test_a_field_begins_with_the_variable_of_its_name_or_its_prefill_or_its_default() -> None:
    fields = shown(
        a_field("amount", "number"),
        a_field("on", "datetime", subtype="date"),
        a_field("at", "datetime"),
        a_field("ok", "checkbox"),
        a_field("half", "number", properties={"prefill": "=amount / 2"}),
        a_field("kind", defaultValue="new"),
        a_field("empty"),
        amount=Decimal("10.50"),
        on=date(2026, 3, 4),
        at=datetime(2026, 3, 4, 8, 30, tzinfo=UTC),
        ok=True,
    )

    values = [field.value for field in fields]
    assert values == ["10.50", "2026-03-04", "2026-03-04T08:30", "true", "5.25", "new", ""]


def test_a_draft_is_shown_as_it_was_typed_even_where_it_is_wrong() -> None:
    (field,) = shown(a_field("amount", "number"), raw={"amount": "12 or so"}, amount=5)

    assert field.value == "12 or so"


def test_a_read_only_field_shows_the_record_and_not_what_was_sent() -> None:
    (field,) = shown(a_field("amount", "number", readonly=True), raw={"amount": "1"}, amount=5)

    assert (field.value, field.plain) == ("5", 5)


def test_hidden_fields_only_keep_their_place_and_conditional_requirements_are_marked() -> None:
    reject = a_field("comment", properties={"required_if": '=decision = "reject"'})
    hidden = a_field("return_to", conditional={"hide": '=decision != "reject"'})

    approving = shown(a_field("decision"), reject, hidden, raw={"decision": "approve"})
    rejecting = shown(a_field("decision"), reject, hidden, raw={"decision": "reject"})

    assert [(field.path, field.required) for field in approving[:2]] == [("decision", False), ("comment", False)]
    assert [field.path for field in approving if field.hidden] == ["return_to"]
    assert [field.path for field in rejecting if not field.hidden] == ["decision", "comment", "return_to"]
    assert rejecting[1].required


def test_errors_stand_at_their_fields() -> None:
    (field,) = shown(a_field("a"), raw={}, errors={"a": Sentence("This must be answered.")})

    assert str(field.error) == "This must be answered."


def test_choices_come_from_the_form_or_from_the_records() -> None:
    own, referred = shown(
        a_field("a", "radio", values=[{"label": "Yes", "label:zh-Hans": "是", "value": True}]),
        a_field("b", "select", properties={"reference": "reason_code:disqualify"}),
    )

    assert [(choice.text, choice.labels["zh-Hans"]) for choice in own.choices] == [("true", "是")]
    assert [choice.text for choice in referred.choices] == ["Q01", "Q02"]


def test_rows_begin_as_the_process_says_and_have_names_of_their_own() -> None:
    (rows,) = shown(ROWS, specials=["pricing", "credit"])

    paths = [[field.path for field in row if not field.hidden] for row in rows.rows]
    assert paths == [["rows.0.type", "rows.0.note"], ["rows.1.type"]]
    assert rows.rows[0][0].plain == "pricing"
    assert rows.blank == ()


def test_rows_of_a_variable_of_their_own_name_show_what_stands_in_it_beside_the_answers() -> None:
    known = [{"type": "pricing"}, {"type": "terms"}]

    (rows,) = shown({**ROWS, "properties": {}}, raw={"rows": {"0": {"note": "x"}, "1": {"note": ""}}}, rows=known)

    assert [[field.plain or field.value for field in row] for row in rows.rows] == [["pricing", "x"], ["terms", ""]]


def test_rows_that_may_grow_offer_an_empty_one() -> None:
    (rows,) = shown({**ROWS, "allowAddRemove": True, "properties": {}}, raw={"rows": {"0": {"note": "x"}}})

    assert [field.value for field in rows.rows[0]] == ["", "x"]
    assert [field.path for field in rows.blank] == ["rows.1.type", "rows.1.note"]


def test_a_new_row_that_was_sent_empty_is_offered_again_and_no_second_one() -> None:
    growing = {**ROWS, "allowAddRemove": True, "properties": {}}

    (rows,) = shown(growing, raw={"rows": {"0": {"type": "", "note": "x"}, "1": {"type": "", "note": ""}}})

    assert len(rows.rows) == 1
    assert [field.path for field in rows.blank] == ["rows.1.type", "rows.1.note"]


def test_a_group_keeps_its_fields_together_without_changing_their_names() -> None:
    (group,) = shown(
        {
            "type": "group",
            "label": "G",
            "components": [a_field("a"), a_field("b", conditional={"hide": "=true"})],
        }
    )

    assert [field.path for field in group.fields if not field.hidden] == ["a"]


def test_bounds_are_given_for_the_browser_too() -> None:
    (field,) = shown(a_field("on", "datetime", subtype="date", properties={"min": "=today()", "max": "=latest"}),
                     latest=date(2026, 12, 31))  # fmt: skip

    assert (field.low, field.high) == ("2026-03-02", "2026-12-31")


def test_a_field_that_was_not_on_the_page_yet_begins_with_its_first_value() -> None:
    kind, other = shown(a_field("kind"), a_field("other", defaultValue="new"), raw={"kind": "typed"})

    assert (kind.value, other.value) == ("typed", "new")
