"""Reading and checking form files: every finding names the place, and a wrong file changes nothing."""

import json
from typing import Any

import pytest

from engine.errors import Rejected
from engine.forms import check_form, parse_form
from tests.engine.forms.builders import a_field, a_form, schema

NOT_A_FORM = [
    (b"\xff\xfe\x00", "Expected text in UTF-8, but the bytes in line 1 are not"),
    (b"<html>", "Expected a form, but the file is XML"),
    (b"PK\x03\x04", "Expected a form, but the file is a ZIP archive"),
    (b'{"components": [NaN]}', "a number in it is none or too long"),
    (b'{"components": [' + b"1" * 5000 + b"]}", "a number in it is none or too long"),
    (b'{"components": ["\\ud800"]}', "half of a character"),
    (b"[]", "has no list of components"),
    (b'{"components": {}}', "has no list of components"),
    (b"{" * 100_000, "not JSON"),
    (b'{"a":' * 100_000, "nested too deep"),
    (b" " * 1_000_001, "1000001 bytes; a form has at most 1000000"),
]


@pytest.mark.parametrize(("content", "sentence"), NOT_A_FORM, ids=[sentence[:20] for _, sentence in NOT_A_FORM])
def test_a_file_that_is_no_form_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(Rejected) as refused:
        parse_form(content, "forms/x.form")

    assert sentence in str(refused.value)
    assert "forms/x.form" in str(refused.value)


@pytest.mark.parametrize(
    ("component", "label"),
    [
        ({"type": "datetime", "subtype": "date", "dateLabel": "Until"}, "Until"),
        ({"type": "datetime", "subtype": "date", "dateLabel": "Until", "label": "Last day"}, "Last day"),
        ({"type": "textfield", "dateLabel": "Until", "label": "Last word"}, "Last word"),
        ({"type": "textfield", "dateLabel": "Until"}, None),
    ],
)
def test_a_date_may_carry_its_label_in_a_place_of_its_own(component: dict[str, Any], label: str | None) -> None:
    (field,) = a_form({"key": "end", **component}).fields

    assert field.labels.get("en") == label


def test_both_languages_and_all_rules_are_read() -> None:
    form = a_form(
        a_field("priority", "select", properties={"reference": "r", "required_if": "=a > 1", "unit": "money"},
                validate={"required": True, "min": 1, "max": "5"}, conditional={"hide": "=b"}, readonly=True),
        {"type": "text", "text": "Deals", "text:zh-Hans": "商机", "properties": {"view": "pipeline"}},
        {"type": "button", "action": "submit"},
        a_field("on", "datetime", subtype="date", dateLabel="On", **{"dateLabel:zh-Hans": "日期"}) | {"label": None},
    )  # fmt: skip
    priority = form.fields[0]

    assert (priority.labels, priority.reference, priority.required) == (
        {"en": "Priority", "zh-Hans": "字段"},
        "r",
        True,
    )
    assert (priority.required_if, priority.hide_if, priority.minimum, priority.maximum) == (
        "a > 1",
        "b",
        "1",
        "5",
    )
    assert priority.read_only and priority.unit == "money"
    assert form.views == ("pipeline",)
    assert [field.type for field in form.fields] == ["select", "view", "date"]
    assert form.keys == ("priority", "on")


def findings(*components: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in check_form(schema(*components), "f.form"):
        found[each.rule] = f"{found.get(each.rule, '')}\n{each.element}|{each.severity}|{each.message}"
    return found


FAULTS = [
    (a_field("typename"), "form-reserved-key", "typename|error|The key typename is reserved."),
    (a_field("if"), "form-reserved-key", "The key if is reserved."),
    (a_field("my key"), "form-key", "'my key' cannot be a variable's name."),
    (a_field("__class__"), "form-key", "cannot be a variable's name"),
    (a_field(""), "form-key", "has no key"),
    (a_field("a", "iframe"), "form-type", "The component type iframe is not known here."),
    (a_field("a", "html"), "form-type", "html"),
    ({"type": ["select"], "key": "a"}, "form-type", "The component type [\"select\"] is not known here."),
    (a_field("a", "select"), "form-options", "has no options"),
    (a_field("a", "radio", values=[{"value": 1}, {"value": "1"}]), "form-options", "The option 1 is there twice."),
    (a_field("a", "radio", values="x"), "form-options", "not a list"),
    (a_field("a", conditional={"hide": "=1 +"}), "form-expression", "cannot be read"),
    (a_field("a", properties={"required_if": "=)"}), "form-expression", "a|error|The expression ')'"),
    (a_field("a", validate={"pattern": "("}), "form-pattern", "cannot be read"),
    (a_field("a", validate={"pattern": "^(a+)+$"}), "form-pattern", "takes far too long"),
    (a_field("a", validate={"pattern": r"^(\w+\s?)*$"}), "form-pattern", "takes far too long"),
    (a_field("a", "number", validate={"min": 5, "max": 1}), "form-bounds", "above the largest"),
    (a_field("a", "number", validate={"min": "x"}), "form-bounds", "is not a number"),
    (a_field("a", "number", properties={"unit": "stones"}), "form-unit", "'stones' is not known"),
    (a_field("a") | {"label:zh-Hans": ""}, "form-chinese", "a|warning|'A' has no Chinese."),
    (a_field("a") | {"label": ""}, "form-label", "a|warning|a has no label."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "rule", "message"), FAULTS, ids=[f"{rule}-{at}" for at, (_, rule, _) in enumerate(FAULTS)]
)
def test_a_fault_in_a_form_is_found_at_deployment(field: dict[str, Any], rule: str, message: str) -> None:
    assert message in findings(field)[rule]


def test_a_sound_form_has_no_findings() -> None:
    rows = {
        "type": "dynamiclist",
        "path": "rows",
        "label": "R",
        "label:zh-Hans": "行",
        "components": [a_field("a")],
    }

    assert findings(a_field("a"), rows, a_field("b", validate={"pattern": "^[A-Z]{2}-[0-9]+$"})) == {}


def test_the_same_key_twice_is_found_also_across_groups_but_not_between_rows_and_form() -> None:
    group = {"type": "group", "label": "G", "label:zh-Hans": "组", "components": [a_field("a")]}

    assert "2 fields have the key a." in findings(a_field("a"), group)["form-duplicate-key"]


def test_a_finding_says_the_line() -> None:
    text = json.dumps({"components": [a_field("fine"), a_field("typename")]}, indent=1).encode()

    (finding,) = check_form(text, "f.form")

    assert finding.line == text.decode().split("\n").index('   "key": "typename",') + 1


def test_a_form_nested_too_deeply_or_too_large_is_found() -> None:
    deep: dict[str, Any] = a_field("a")
    for _ in range(12):
        deep = {"type": "group", "label": "G", "label:zh-Hans": "组", "components": [deep]}

    assert "nested more than 10 deep" in findings(deep)["form-size"]
    assert "more than 500 fields" in findings(*[a_field(f"a{n}") for n in range(501)])["form-size"]
