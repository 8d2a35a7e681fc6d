"""What a business rule task makes of a decision's result: the value, or its rows, as `camunda:mapDecisionResult` says.

`singleEntry` takes the value of the one output, `collectEntries` a list of those of every row, `resultList` the rows
with their outputs by name. With `singleResult`, and when nothing is said, the result is what DMN gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn import Element
from engine.dmn import DecisionError, DecisionResult

Row = Mapping[str, Any]


def result_variables(element: Element, decision: str, result: DecisionResult) -> dict[str, Any]:
    """The variables that a result becomes: `resultVariable`, else its outputs by name.

    Raises `DecisionError` where a list of entries is wanted, but a row has several.
    """
    name = element.attributes.get("resultVariable")
    if name:
        return {name: _mapped(element, decision, result)}
    if isinstance(result.value, Mapping):
        return dict(result.value)
    return {decision: result.value}


def _mapped(element: Element, decision: str, result: DecisionResult) -> Any:
    mapping = element.attributes.get("mapDecisionResult")
    value: Any = result.value
    if mapping == "resultList":
        return _rows(decision, result)
    if mapping == "collectEntries":
        return [_only_entry(element, row) for row in _rows(decision, result)]
    single = mapping == "singleEntry" and isinstance(value, Mapping) and len(value) == 1
    return next(iter(value.values())) if single else value


def _rows(decision: str, result: DecisionResult) -> list[Row]:
    """The rows that make up the result, each with its outputs by name; what is no table is one row."""
    fired: list[Row] = [dict(row.outputs) for row in result.fired if row.decision == decision]
    value = result.value
    if isinstance(value, list) and len(value) == len(fired):
        return fired
    if value is None or value == []:
        return []
    name = next(iter(fired[0])) if fired and len(fired[0]) == 1 else decision
    return [dict(value) if isinstance(value, Mapping) else {name: value}]


def _only_entry(element: Element, row: Row) -> Any:
    if len(row) != 1:
        raise DecisionError(
            "Expected one output for the list of entries at %(element)s, but %(decision)s has %(names)s.",
            element=element.id,
            decision=element.decision,
            names=", ".join(row),
        )
    return next(iter(row.values()))
