"""Which variables a drawing sets, and whether others may come: what handlers, forms and messages bring is not drawn."""

from __future__ import annotations

import re
from functools import cached_property

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    CAMUNDA,
    EVENTS,
    Node,
    camunda,
    event_definitions,
    is_bpmn,
    kind_of,
    local,
)

BRINGING = frozenset("serviceTask businessRuleTask sendTask receiveTask callActivity".split())
"""Steps that may bring any variable."""
_DATA = frozenset(
    "dataObject dataObjectReference dataStoreReference dataInput dataOutput property inputDataItem "
    "outputDataItem".split()
)
_SETTING = frozenset({"inputParameter", "outputParameter", "in", "out", "entry", "property", "form"})
_SAID = ("name", "target", "key", "value")
_WORD = re.compile(r"[^\W\d]\w*")


class SetNames:
    """The variables of one drawing, looked for when somebody asks."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @cached_property
    def names(self) -> frozenset[str]:
        """All words that stand where a variable is set: of mappings, data, results, forms and scripts."""
        return frozenset(
            word for node in self._sheet.process.iter("*") for text in _texts(node) for word in _WORD.findall(text)
        )

    @cached_property
    def may_be_others(self) -> bool:
        """Whether some step brings variables that the drawing does not name."""
        return any(map(_brings, self._sheet.nodes(*ACTIVITIES, *EVENTS)))


def _texts(node: Node) -> list[str]:
    """The texts of an element in which the names of variables that it sets stand."""
    name = local(node)
    found = [str(value) for key, value in node.attrib.items() if str(key).endswith("Variable")]
    if is_bpmn(node):
        found += [node.get("id", ""), node.get("name", "")] if name in _DATA else []
        return [*found, node.text or ""] if name in ("script", "loopDataOutputRef") else found
    if name in _SETTING:
        found += [node.get(key, "") for key in _SAID] + [node.text or "" if name == "form" else ""]
    return found


def _brings(node: Node) -> bool:
    if local(node) in BRINGING or node.get(camunda("formRef")) is not None:
        return True
    if any(one.tag.startswith(f"{{{CAMUNDA}}}taskListener") for one in node.iterfind("{*}extensionElements/*")):
        return True
    return local(node) in EVENTS and any(
        kind_of(one) in ("message", "signal", "error", "escalation") for one in event_definitions(node)
    )
