"""The forms ask for what the step tables name: every field with its type, its options, and when it is required."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.forms import check_form, parse_form
from tests.processes import beyond, document
from tests.processes.document import FormField
from tests.processes.drawing import DRAWINGS, FOLDER, Drawing, attribute, kind, properties

FORMS = sorted((FOLDER / "forms").glob("*.form"))
WORKED = ("U", "A")
ITEMS = "clear_open_items"
STEPS = [(key, step) for key in DRAWINGS for step in document.steps(key) if step.kind.partition("-")[0] in WORKED]
NUMBERS = {"n": "integer", "m": "money", "p": "percent"}


def form(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "forms" / f"{name}.form").read_text("utf-8"))
    return found


def components(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The components of one scope: those in groups too, those in rows not."""
    for part in parts:
        yield part
        if part["type"] == "group":
            yield from components(part["components"])


def named(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: part for part in components(parts) if (name := part.get("key") or part.get("path"))}


def within_rows(parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The fields of repeated groups: what the catalogue asks `per need` or `per item`."""
    groups = [part for part in parts.values() if part["type"] == "dynamiclist"]
    return {name: part for group in groups for name, part in named(group["components"]).items()}


def extras(part: dict[str, Any]) -> dict[str, str]:
    return dict(part.get("properties", {}))


def has_type(part: dict[str, Any], written: str) -> bool:
    """Whether a component asks for what the catalogue's type says; a field without a type may be any."""
    if match := re.fullmatch(r"(e|ms)\{(.*)\}", written):
        kinds = ("radio", "select") if match[1] == "e" else ("checklist", "taglist")
        return part["type"] in kinds and [each["value"] for each in part["values"]] == match[2].split("/")
    if match := re.fullmatch(r"(\d)–(\d)", written):
        return limits(part) == (int(match[1]), int(match[2]))
    if written == "n" and part["type"] in ("radio", "select"):
        return all(isinstance(each["value"], int) for each in part["values"])
    if written in NUMBERS:
        return part["type"] == "number" and extras(part).get("unit") == NUMBERS[written]
    if written == "b":
        return part["type"] == "checkbox" or [each["value"] for each in part["values"]] == [True, False]
    if written.startswith("ref"):
        return bool(extras(part).get("reference") or part.get("valuesExpression"))
    if written.startswith("ms"):
        return part["type"] in ("checklist", "taglist")
    if written.startswith("rows"):
        return part["type"] == "dynamiclist"
    simple = {"t": "textarea", "s": "textfield", "d": "datetime", "dt": "datetime", "file": "filepicker"}
    return not written or simple[written] == part["type"]


def limits(part: dict[str, Any]) -> tuple[int, int]:
    """The least and the greatest number that can be chosen or entered."""
    if part["type"] == "number":
        return part["validate"]["min"], part["validate"]["max"]
    numbers = [each["value"] for each in part["values"]]
    return min(numbers), max(numbers)


@pytest.mark.parametrize(("key", "step"), STEPS, ids=lambda value: getattr(value, "id", value))
def test_the_form_has_every_field_of_the_step(key: str, step: document.Step) -> None:
    parts = named(form(f"{key}.{step.id}")["components"])
    told = beyond.COMPUTED | ({"comment"} if step.kind == "A" else set())  # of approvals, the test below asks for it
    asked = [field for field in document.fields(step) if field.name not in told]

    assert parts
    for field in asked:
        part = parts[field.name] if field.name in parts else within_rows(parts)[field.name]
        assert has_type(part, field.type), field
        assert required(part) == expected_requirement(field) or (field.required and fixed(part)), field
        if field.rows and field.type != "rows[dt]":
            columns = named(part["components"])
            for each in field.rows:
                column = columns[beyond.RENAMED.get(each.name, each.name)]
                assert has_type(column, each.type), each
                assert required(column) == "always" or not each.required, each


def test_each_open_item_is_settled_in_one_of_the_three_ways_of_the_catalogue() -> None:
    ways = re.search(
        r"`e\{(.*)\}`", next(step.fields for step in document.steps("close-opportunity") if step.id == ITEMS)
    )
    choices = within_rows(named(form(f"close-opportunity.{ITEMS}")["components"])).values()

    assert ways is not None
    assert ways[1].split("/") in [[each["value"] for each in part.get("values", [])] for part in choices]


def fixed(part: dict[str, Any]) -> bool:
    """Whether the rows are given, so that nobody could leave them out."""
    return part.get("allowAddRemove") is False


def required(part: dict[str, Any]) -> str:
    """always, sometimes or never."""
    if part.get("validate", {}).get("required"):
        return "always"
    return "sometimes" if extras(part).get("required_if") else "never"


def expected_requirement(field: FormField) -> str:
    if field.name in beyond.DEFAULTED:
        return "never"
    return "always" if field.required else "sometimes" if field.condition else "never"


def test_every_approval_asks_for_a_decision_and_for_a_comment_on_refusal() -> None:
    for key in DRAWINGS:
        for name, node in Drawing(key).nodes.items():
            if properties(node).get("approval") == "true":
                parts = named(form(f"{key}.{name}")["components"])
                assert [each["value"] for each in parts["decision"]["values"]] == ["approve", "reject"], name
                assert required(parts["decision"]) == "always", name
                why = parts.get("comment") or parts["rationale"]
                assert required(why) == "always" or extras(why)["required_if"] == '=decision = "reject"', name
                # what was answered in an earlier round must not be taken for an answer in this one
                assert extras(parts["decision"])["prefill"] == extras(why)["prefill"] == "=null", name


def test_special_approvals_are_decided_one_by_one_and_none_can_be_added() -> None:
    rows = named(form("prioritize-opportunity.review_priority")["components"])["special_decisions"]
    parts = named(rows["components"])

    assert rows["allowAddRemove"] is False
    assert list(parts) == ["type", "decision", "condition"]
    assert parts["type"]["readonly"] is True
    assert [each["value"] for each in parts["decision"]["values"]] == ["approve", "reject", "conditional"]
    assert required(parts["decision"]) == "always"


def test_the_third_refusal_is_sent_back_to_the_decision_to_pursue_unless_the_manager_says_otherwise() -> None:
    part = named(form("prioritize-opportunity.review_priority")["components"])["return_to"]

    assert "priority_round >= 3" in extras(part)["prefill"]


def test_a_missing_record_can_be_created_only_on_the_form_that_offers_it() -> None:
    choices = {
        name: [each["value"] for each in named(form(name)["components"])["resolution"]["values"]]
        for name in ("shared.resolve_missing_record", "shared.resolve_missing_record_create")
    }

    assert choices == {
        "shared.resolve_missing_record": ["link_existing", "cancel"],
        "shared.resolve_missing_record_create": ["link_existing", "create_now", "cancel"],
    }


def test_the_defer_form_tells_the_days_of_table_d26() -> None:
    description = named(form("prioritize-opportunity.defer_opportunity")["components"])["resume_date"]
    days = [f"{usual} / {most}" for _, usual, most in document.table("D26").rows]

    for language in ("description", "description:zh-Hans"):
        assert re.findall(r"\d+ / \d+", description[language]) == days


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_form_can_be_deployed(path: Any) -> None:
    assert check_form(path.read_bytes(), f"forms/{path.name}") == []
    assert parse_form(path.read_bytes(), f"forms/{path.name}").fields
    assert form(path.stem)["id"] == path.stem


def test_every_form_is_used_by_a_step_or_shared() -> None:
    used = {
        attribute(node, "formRef")
        for key in DRAWINGS
        for node in Drawing(key).nodes.values()
        if kind(node) == "userTask"
    }

    assert {path.stem for path in FORMS if not path.stem.startswith("shared.")} == used
