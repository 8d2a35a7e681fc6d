"""Reads the cases of the DMN conformance kit and runs them: one outcome per result node."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine.dmn import DecisionError, DecisionModel, RejectedDecisions, read_model
from engine.errors import EngineError
from engine.feel import BudgetExceeded, YearsMonths, literals, temporal
from engine.feel.comparison import equal
from engine.feel.run import Run

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
UNREADABLE = object()
"""An expected value outside of what our calendar holds; nothing is equal to it."""
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def kit_folder() -> Path | None:
    """The DMN conformance kit folder, or None when this machine has none."""
    folder = Path(os.environ.get("SALESFLOW_TCK") or ROOT.parent / "shared" / "tck")
    return folder if (folder / "compliance-level-2").is_dir() else None


@dataclass(frozen=True)
class Outcome:
    """One result node: where it is from, what was expected, what came."""

    level: int
    case: str
    node: str
    expected: object
    found: object
    right: bool
    note: str


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _parts(element: etree._Element, *names: str) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str) and _local(child) in names]


def _value(element: etree._Element) -> object:
    """The value that a kit element (value, list or components) writes."""
    for child in _parts(element, "value", "list"):
        if _local(child) == "list":
            return None if child.get(_XSI + "nil") == "true" else [_value(item) for item in _parts(child, "item")]
        return _scalar(child)
    components = _parts(element, "component")
    if not components:
        return None
    return {str(part.get("name")): _value(part) for part in components}


def _scalar(element: etree._Element) -> object:
    if element.get(_XSI + "nil") == "true":
        return None
    kind = element.get(_XSI + "type", "string").rpartition(":")[2]
    text = element.text or ""
    readers = {
        "boolean": lambda: text.strip() in ("true", "1"),
        "date": lambda: literals.parse_date(text),
        "time": lambda: temporal.read_time(text.strip()),
        "dateTime": lambda: literals.parse_date_and_time(text),
        "duration": lambda: literals.parse_duration(text),
    }
    if kind in ("decimal", "double", "integer", "int", "long", "float"):
        return Decimal(text.strip())
    found = readers[kind]() if kind in readers else text
    return UNREADABLE if found is None else found


def _close(expected: object, found: object) -> bool:
    """Equal, numbers to eight digits: the kit writes rounded expectations."""
    if isinstance(expected, Decimal) and isinstance(found, int | Decimal) and not isinstance(found, bool):
        if not expected.is_finite():
            return False
        return abs(expected - found) <= abs(expected) * Decimal("1e-8") + Decimal("1e-8")
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(_close, expected, found))
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and expected.keys() == found.keys()
            and all(_close(value, found[key]) for key, value in expected.items())
        )
    if isinstance(expected, YearsMonths) or expected is None or expected is UNREADABLE:
        return expected == found
    return equal(expected, found, Run(None, None)) is True


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Every result node of the kit."""
    for path in sorted(folder.glob("compliance-level-*/*/*-test-*.xml")):
        level = int(path.parts[-3][-1])
        tests = etree.parse(str(path)).getroot()
        name = _parts(tests, "modelName")[0].text or ""
        try:
            model: DecisionModel | str = read_model((path.parent / name).read_bytes(), name)
        except RejectedDecisions as rejected:
            model = str(rejected)
        for case in _parts(tests, "testCase"):
            yield from _case(level, path.parent.name, model, case)


def _case(level: int, folder: str, model: DecisionModel | str, case: etree._Element) -> Iterator[Outcome]:
    inputs = {str(node.get("name")): _value(node) for node in _parts(case, "inputNode")}
    for node in _parts(case, "resultNode"):
        expected = _value(_parts(node, "expected")[0]) if _parts(node, "expected") else None
        label = f"{folder}/{case.get('id')}"
        if isinstance(model, str):
            yield Outcome(level, label, str(node.get("name")), expected, None, False, model)
            continue
        note = ""
        try:
            result = _ask(model, case, str(node.get("name")), inputs)
            found, note = result.value, "; ".join(result.problems)
        except (DecisionError, BudgetExceeded) as error:
            found, note = None, str(error)
        except EngineError as error:
            found, note = "unknown decision", str(error)
        yield Outcome(level, label, str(node.get("name")), expected, found, _close(expected, found), note)


def _ask(model: DecisionModel, case: etree._Element, name: str, inputs: dict[str, object]):
    invocable = case.get("invocableName")
    if invocable:
        services = {**model.knowledge, **model.services}
        wanted = next(key for key, each in services.items() if each.name == invocable)
        result = model.call(wanted, inputs, NOW)
        service = model.services.get(wanted)
        if service is not None and len(service.outputs) > 1 and isinstance(result.value, dict) and name in result.value:
            return type(result)(result.value[name], result.fired, result.inputs, result.problems, result.trace)
        return result
    return model.evaluate(next((key for key, each in model.decisions.items() if each.name == name), name), inputs, NOW)
