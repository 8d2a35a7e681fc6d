"""Runs the cases of the DMN conformance kit (dmn-tck): models with inputs and the values they must give."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from engine.dmn.document import RejectedDecisions
from engine.dmn.elements import Decision, DecisionService, Knowledge
from engine.dmn.model import DecisionModel
from engine.dmn.reader import read_with_findings
from engine.dmn.results import DecisionResult
from engine.errors import EngineError, NotFound
from engine.feel import BudgetExceeded, literals, temporal
from engine.feel.comparison import equal
from engine.feel.run import Run


class _Unreadable:
    """An expected value that has no meaning here; nothing is equal to it."""


_UNREADABLE = _Unreadable()
Element = etree._Element
PASS, FAIL, ERROR = "pass", "fail", "error"
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
"""What now() gives, so that a run can be repeated."""
_CLOSE = Decimal("1e-8")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_LEVEL = re.compile(r"compliance-level-([0-9]+)")
_NUMBERS = frozenset({"decimal", "double", "float", "integer", "int", "long", "short", "byte"})
_READERS: dict[str, Callable[[str], object]] = {
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}.get(text, _UNREADABLE),
    "date": temporal.read_date,
    "time": temporal.read_time,
    "dateTime": temporal.read_date_and_time,
    "duration": literals.parse_duration,
    "dayTimeDuration": literals.parse_duration,
    "yearMonthDuration": literals.parse_duration,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result of one case. ``verdict`` is pass, fail, or error when no value came about at all.

    ``level`` is "" outside of a folder ``compliance-level-N``; ``note`` says why a value is null.
    """

    level: str
    folder: str
    case: str
    node: str
    verdict: str
    expected: object
    found: object
    note: str

    @property
    def label(self) -> str:
        """The result's place in the kit: level, folder, case and node."""
        return f"{self.level}/{self.folder}/{self.case}/{self.node}"


def run(folder: Path) -> Iterator[Outcome]:
    """Every result of every case below the folder, in the order of the files."""
    for path in sorted(folder.rglob("*-test-*.xml")):
        yield from _file(path)


def _file(path: Path) -> Iterator[Outcome]:
    found = _LEVEL.search(str(path.parent))
    level, folder = found[1] if found else "", path.parent.name
    try:
        tests = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        name = Path(_text(tests, "modelName")).name
        beside = {file.name: file.read_bytes() for file in sorted(path.parent.glob("*.dmn"))}
        if name not in beside:
            raise NotFound("Expected the model '%(name)s' beside its cases, but it is not there.", name=name)
        model, findings = read_with_findings(beside[name], name, beside)
    except (etree.XMLSyntaxError, RejectedDecisions, NotFound) as refused:
        yield Outcome(level, folder, path.name, "", ERROR, None, None, str(refused))
        return
    wrong = "; ".join(map(str, findings))
    for case in _parts(tests, "testCase"):
        inputs = {str(node.get("name")): _value(node) for node in _parts(case, "inputNode")}
        for node in _parts(case, "resultNode"):
            yield _outcome((level, folder), model, case, node, inputs, wrong)


def _outcome(
    place: tuple[str, str],
    model: DecisionModel,
    case: Element,
    node: Element,
    inputs: Mapping[str, object],
    wrong: str,
) -> Outcome:
    wanted = _parts(node, "expected")
    expected = _value(wanted[0]) if wanted else None
    name = str(node.get("name"))
    found: object = None
    try:
        result = _ask(model, case, name, inputs)
        found, note, failed = result.value, "; ".join(result.problems), False
    except (EngineError, BudgetExceeded) as error:
        note, failed = str(error), True
    right = _close(expected, found)
    missing = found is None and bool(wrong)
    verdict = PASS if right else ERROR if failed or missing else FAIL
    reason = "" if right else "; ".join(filter(None, (note, wrong if missing else "")))
    return Outcome(*place, str(case.get("id")), name, verdict, expected, found, reason)


def _ask(model: DecisionModel, case: Element, name: str, inputs: Mapping[str, object]) -> DecisionResult:
    invocable = case.get("invocableName")
    if not invocable:
        return model.evaluate(_key(model.decisions, name), inputs, NOW)
    key = _key({**model.knowledge, **model.services}, invocable)
    result = model.call(key, inputs, NOW)
    service = model.services.get(key)
    if service is not None and len(service.outputs) > 1 and isinstance(result.value, dict) and name in result.value:
        return DecisionResult(result.value[name], result.fired, result.inputs, result.problems, result.trace)
    return result


def _key(elements: Mapping[str, Decision | Knowledge | DecisionService], name: str) -> str:
    for key, each in elements.items():
        if each.name == name:
            return key
    raise NotFound("Expected an element named '%(name)s' in the model, but there is none.", name=name)


def _parts(element: Element, *names: str) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str) and etree.QName(child).localname in names]


def _text(element: Element, name: str) -> str:
    return next((part.text.strip() for part in _parts(element, name) if part.text), "")


def _value(element: Element) -> object:
    """What an element of the kit (value, list or components) writes."""
    if element.get(_XSI + "nil") == "true":
        return None
    for child in _parts(element, "value", "list"):
        if child.get(_XSI + "nil") == "true":
            return None
        if etree.QName(child).localname == "list":
            return [_value(item) for item in _parts(child, "item")]
        return _scalar(child)
    components = _parts(element, "component")
    return {str(part.get("name")): _value(part) for part in components} if components else None


def _scalar(element: Element) -> object:
    kind, text = element.get(_XSI + "type", "string").rpartition(":")[2], element.text or ""
    if kind in _NUMBERS:
        try:
            return Decimal(text.strip())
        except InvalidOperation:
            return _UNREADABLE
    if kind not in _READERS:
        return text
    found = _READERS[kind](text.strip())
    return _UNREADABLE if found is None else found


def _close(expected: object, found: object) -> bool:
    """Equal, numbers to eight digits: the kit writes rounded expectations."""
    if expected is None or found is None or isinstance(expected, _Unreadable):
        return expected is found
    if isinstance(expected, Decimal):
        if isinstance(found, bool) or not isinstance(found, int | Decimal) or not expected.is_finite():
            return False
        return abs(expected - found) <= abs(expected) * _CLOSE + _CLOSE
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(_close, expected, found))
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and expected.keys() == found.keys()
            and all(_close(value, found[key]) for key, value in expected.items())
        )
    return equal(expected, found, Run(None, None)) is True
