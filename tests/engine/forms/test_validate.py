"""Conditions, rows, groups, computed and read-only fields."""

from decimal import Decimal
from typing import Any

import pytest

from engine.errors import InvalidForm
from tests.engine.forms.builders import a_field, answer

DECISION = a_field(
    "decision",
    "radio",
    values=[{"label": "Approve", "value": "approve"}, {"label": "Reject", "value": "reject"}],
    validate={"required": True},
)
COMMENT = a_field("comment", "textarea", properties={"required_if": '=decision = "reject"'})
RETURN_TO = a_field(
    "return_to",
    "select",
    values=[{"label": "Priority", "value": "priority"}],
    validate={"required": True},
    conditional={"hide": '=decision != "reject"'},
)
SPECIAL = {
    "type": "dynamiclist",
    "path": "special_decisions",
    "label": "Special",
    "allowAddRemove": False,
    "properties": {"prefill": "=for s in special_approvals return {type: s}"},
    "components": [
        a_field("type", readonly=True),
        a_field("decision", "select", validate={"required": True},
                values=[{"label": "A", "value": "approve"}, {"label": "C", "value": "conditional"}]),
        a_field("condition", properties={"required_if": '=decision = "conditional"'}),
    ],
}  # fmt: skip
LINES = {
    "type": "dynamiclist",
    "path": "lines",
    "components": [a_field("text", validate={"required": True}), a_field("days", "number")],
}


def refused(components: list[dict[str, Any]], raw: dict[str, Any], **variables: Any) -> dict[str, str]:
    with pytest.raises(InvalidForm) as error:
        answer(components, raw, **variables)
    return {path: str(sentence) for path, sentence in error.value.errors.items()}


def test_a_comment_is_required_only_on_reject() -> None:
    assert answer([DECISION, COMMENT], {"decision": "approve"}) == {"decision": "approve", "comment": None}
    assert refused([DECISION, COMMENT], {"decision": "reject"}) == {"comment": "This must be answered."}


def test_a_hidden_field_is_not_required_and_its_answer_is_dropped() -> None:
    values = answer([DECISION, RETURN_TO], {"decision": "approve", "return_to": "priority"})

    assert values == {"decision": "approve"}
    assert refused([DECISION, RETURN_TO], {"decision": "reject"}) == {"return_to": "Choose one of the options."}


def test_a_field_that_depends_on_a_hidden_field_follows_it() -> None:
    first = a_field("first")
    second = a_field("second", conditional={"hide": '=first != "show"'})
    third = a_field("third", conditional={"hide": '=second != "show"'})

    assert answer([first, second, third], {"first": "no", "second": "show", "third": "x"}) == {"first": "no"}
    assert answer([first, second, third], {"first": "show", "second": "show", "third": "x"})["third"] == "x"


def test_a_condition_may_use_variables_and_typed_answers() -> None:
    override = a_field("reason", properties={"required_if": "=priority != suggested or amount > limit"})
    fields = [a_field("priority"), a_field("amount", "number"), override]

    assert answer(fields, {"priority": "low", "amount": "5"}, suggested="low", limit=10)["reason"] is None
    assert "reason" in refused(fields, {"priority": "high", "amount": "5"}, suggested="low", limit=10)
    assert "reason" in refused(fields, {"priority": "low", "amount": "1,000"}, suggested="low", limit=10)


def test_what_the_form_does_not_ask_is_dropped() -> None:
    assert answer([a_field("a")], {"a": "1", "approval_required": False}) == {"a": "1"}


def test_a_read_only_field_cannot_be_changed_from_outside() -> None:
    assert answer([a_field("amount", "number", readonly=True)], {"amount": "1"}, amount=9) == {}
    assert answer([a_field("amount", "number", disabled=True)], {"amount": "1"}, amount=9) == {}


def test_a_group_is_only_a_frame() -> None:
    group = {"type": "group", "label": "G", "components": [a_field("a", validate={"required": True})]}

    assert answer([group], {"a": "x"}) == {"a": "x"}
    assert refused([group], {}) == {"a": "This must be answered."}


def test_a_hidden_group_hides_what_is_in_it() -> None:
    group = {
        "type": "group",
        "conditional": {"hide": '=decision = "approve"'},
        "components": [a_field("a", validate={"required": True})],
    }

    assert answer([DECISION, group], {"decision": "approve", "a": "x"}) == {"decision": "approve"}
    assert refused([DECISION, group], {"decision": "reject"}) == {"a": "This must be answered."}


def test_a_computed_field_is_computed_here_and_never_believed() -> None:
    fields = [a_field("a", "number"), {"type": "expression", "key": "double", "expression": "=a * 2"}]

    assert answer(fields, {"a": "21", "double": "1000"}) == {"a": 21, "double": Decimal(42)}


def test_rows_are_typed_and_empty_rows_are_dropped() -> None:
    raw = {"lines": {"0": {"text": "Call", "days": "3"}, "2": {"text": "", "days": ""}, "10": {"text": "Visit"}}}

    assert answer([LINES], raw) == {"lines": [{"text": "Call", "days": 3}, {"text": "Visit", "days": None}]}


def test_an_error_in_a_row_names_the_row() -> None:
    raw = {"lines": [{"text": "Call", "days": "3"}, {"text": "", "days": "x"}]}

    assert set(refused([LINES], raw)) == {"lines.1.text", "lines.1.days"}


def test_a_new_row_with_nothing_but_what_it_begins_with_is_dropped() -> None:
    discount = a_field("discount", "number", defaultValue=0)
    priced = {**LINES, "components": [a_field("text", validate={"required": True}), discount]}

    found = answer([priced], {"lines": [{"text": "Pump", "discount": "0"}, {"text": "", "discount": "0"}]})

    assert found == {"lines": [{"text": "Pump", "discount": 0}]}


def test_fixed_rows_keep_what_the_process_says_and_take_only_the_answers() -> None:
    raw = {
        "special_decisions": [
            {"type": "forged", "decision": "approve"},
            {"type": "pricing", "decision": "conditional", "condition": "at most 12 %"},
            {"type": "one more", "decision": "approve"},
        ]
    }

    values = answer([SPECIAL], raw, special_approvals=["credit", "pricing"])

    assert values["special_decisions"] == [
        {"type": "credit", "decision": "approve", "condition": None},
        {"type": "pricing", "decision": "conditional", "condition": "at most 12 %"},
    ]


def test_fixed_rows_of_a_variable_of_their_own_name_keep_what_stands_in_it() -> None:
    own = {**SPECIAL, "properties": {}}
    raw = {"special_decisions": [{"type": "forged", "decision": "approve"}, {"decision": "approve"}]}

    values = answer([own], raw, special_decisions=[{"type": "credit"}, {"type": "pricing"}])

    assert [row["type"] for row in values["special_decisions"]] == ["credit", "pricing"]


def test_a_fixed_row_left_out_is_still_asked_for() -> None:
    errors = refused(
        [SPECIAL], {"special_decisions": [{"decision": "conditional"}]}, special_approvals=["credit", "terms"]
    )

    assert set(errors) == {"special_decisions.0.condition", "special_decisions.1.decision"}


def test_more_rows_than_anybody_fills_are_refused() -> None:
    assert "Expected at most 200 rows" in refused([LINES], {"lines": [{"text": "x"}] * 201})["lines"]


@pytest.mark.parametrize("rows", ["text", 5, {"0": "text"}, [1, 2], [["a"]]])
def test_rows_of_a_wrong_shape_are_no_rows(rows: Any) -> None:
    assert answer([LINES], {"lines": rows}) == {"lines": []}


def test_a_condition_that_needs_too_much_work_counts_as_false() -> None:
    endless = "=(for a in 1..100000, b in 1..100000 return a)[1] = 1"

    assert answer([a_field("a", conditional={"hide": endless})], {"a": "x"}) == {"a": "x"}


def test_a_condition_sees_the_numbers_of_rows_as_numbers() -> None:
    why = a_field("why", properties={"required_if": "=some line in lines satisfies line.days > 5"})

    assert answer([LINES, why], {"lines": [{"text": "a", "days": "4"}]})["why"] is None
    assert refused([LINES, why], {"lines": [{"text": "a", "days": "20"}]}) == {"why": "This must be answered."}
