"""What data objects begin with, where a drawing says it (`camunda:value`, and what Flowable and Activiti call so)."""

from __future__ import annotations

import json
import re

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import add_extension, extensions
from engine.bpmn.translating.data import variables_of
from engine.bpmn.vocabulary import Node, children, identity, scopes, text_of

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NUMBERS = frozenset("int integer long short double float decimal number".split())
_MOMENTS = frozenset("date datetime dateTime".split())


def begin_with_values(root: Node) -> None:
    """The start events of a process or sub-process give its data objects their first values, unless it has them."""
    for process in children(root, "process"):
        names = variables_of(process)
        for scope in scopes(process):
            for data in children(scope, "dataObject"):
                for value in list(extensions(data, "value")):
                    for start in children(scope, "startEvent"):
                        _begin(start, names[identity(data)], _literal(data, text_of(value)))


def _begin(start: Node, name: str, value: str) -> None:
    text = f"${{if {name} = null then {value} else {name}}}"
    add_extension(start, "outputParameter", "inputOutput", name=name).text = text


def _literal(data: Node, text: str) -> str:
    """The value as FEEL, by the type that the data object names."""
    inner, kind = expression(text), data.get("itemSubjectRef", "").rpartition(":")[2]
    if inner is not None:
        return inner
    if kind in _NUMBERS and _NUMBER.fullmatch(text):
        return text
    if kind == "boolean" and text.lower() in ("true", "false"):
        return text.lower()
    quoted = json.dumps(text, ensure_ascii=False)
    return f"date and time({quoted})" if kind in _MOMENTS else quoted
