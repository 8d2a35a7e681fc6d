"""What the extension elements and attributes of an element say: Camunda's, ours, and translations."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.expressions import expression, unwrap
from engine.bpmn.vocabulary import CAMUNDA, I18N, XML, Node, bpmn, camunda, children, first, scopes, text_of

BASE_LANGUAGE = "en"
_LANGUAGES = {"zh": "zh-Hans"}


def extensions(node: Node, name: str) -> Iterator[Node]:
    """The extension elements of that Camunda name directly under an element's extensionElements."""
    holder = first(node, "extensionElements")
    if holder is not None:
        yield from holder.iterchildren(camunda(name))


def extension_holder(node: Node) -> Node:
    """The extensionElements of an element, added where the schema wants them if there are none."""
    holder = first(node, "extensionElements")
    if holder is None:
        holder = etree.Element(bpmn("extensionElements"))
        node.insert(len(list(children(node, "documentation"))), holder)
    return holder


def add_extension(node: Node, kind: str, holder: str | None = None, /, **attributes: str) -> Node:
    """Adds a Camunda extension element to an element, inside the extension element `holder` where one is named."""
    around = extension_holder(node)
    if holder is not None:
        found = around.find(camunda(holder))
        around = etree.SubElement(around, camunda(holder)) if found is None else found
    return etree.SubElement(around, camunda(kind), attributes)


def set_property(node: Node, name: str, value: str) -> None:
    """Sets an extension property."""
    add_extension(node, "property", "properties", name=name, value=value)


def attributes(node: Node) -> dict[str, str]:
    """The Camunda attributes of an element by local name, with failedJobRetryTimeCycle as if it were one."""
    prefix = f"{{{CAMUNDA}}}"
    found = {
        name.removeprefix(prefix): value
        for name, value in ((str(key), str(text)) for key, text in node.attrib.items())
        if name.startswith(prefix)
    }
    for cycle in extensions(node, "failedJobRetryTimeCycle"):
        found["failedJobRetryTimeCycle"] = text_of(cycle)
    return found


def starters(process: Node) -> frozenset[str]:
    """The people and groups that a process names as those who may begin it (camunda:candidateStarter...)."""
    found = attributes(process)
    named = ",".join(found.get(f"candidateStarter{kind}", "") for kind in ("Users", "Groups"))
    return frozenset(filter(None, (one.strip() for one in named.split(","))))


def one_list(*texts: str) -> str:
    """Lists of people or groups as one: names with commas between them; FEEL where one of them is an expression."""
    names = [part.strip() for text in texts for part in ([text] if expression(text) is not None else text.split(","))]
    names = [name for name in names if name]
    formulas = [expression(name) for name in names]
    if len(names) <= 1 or not any(formulas):
        return ",".join(names)
    parts = [json.dumps(name) if formula is None else formula for name, formula in zip(names, formulas, strict=True)]
    return f"${{flatten([{', '.join(parts)}])}}"


def properties(node: Node) -> dict[str, str]:
    """The extension properties of an element, name to value."""
    return {
        one.get("name", ""): one.get("value", "")
        for holder in extensions(node, "properties")
        for one in holder.iterchildren(camunda("property"))
    }


def translations(node: Node, target: str) -> dict[str, str]:
    """The translations of an attribute (`@name`) or child (`documentation`, `text`), language to text."""
    holder = first(node, "extensionElements")
    if holder is None:
        return {}
    return {
        one.get(f"{{{XML}}}lang", ""): text_of(one)
        for one in holder.iterchildren(f"{{{I18N}}}translation")
        if one.get("target", "@name") == target
    }


def names(node: Node) -> dict[str, str]:
    """The name of an element by language; empty when it has none."""
    base = {BASE_LANGUAGE: node.get("name", "")} if node.get("name") else {}
    return base | translations(node, "@name")


def documentation(node: Node) -> dict[str, str]:
    """The documentation of an element by language."""
    text = text_of(first(node, "documentation"))
    return ({BASE_LANGUAGE: text} if text else {}) | translations(node, "documentation")


def annotation_text(node: Node) -> dict[str, str]:
    """The text of a text annotation by language."""
    return {BASE_LANGUAGE: text_of(first(node, "text"))} | translations(node, "text")


def listeners(node: Node) -> dict[str, str]:
    """The task listeners of a user task: event to handler name (`delegateExpression`, unwrapped)."""
    return {one.get("event", ""): unwrap(one.get("delegateExpression", "")) for one in extensions(node, "taskListener")}


def practice_note(node: Node) -> dict[str, str]:
    """Why a step is marked as high performing, by language."""
    found = properties(node)
    notes = {BASE_LANGUAGE: found["practice_note"]} if "practice_note" in found else {}
    prefix = "practice_note."
    return notes | {
        _LANGUAGES.get(name.removeprefix(prefix), name.removeprefix(prefix)): text
        for name, text in found.items()
        if name.startswith(prefix)
    }


def qualified(node: Node) -> str:
    """The element's name with its namespace's usual prefix, as people write it."""
    name = etree.QName(node)
    return f"camunda:{name.localname}" if name.namespace == CAMUNDA else name.localname


def lanes(process: Node) -> list[Node]:
    """The lanes of a process or sub-process, outer before inner."""
    found: list[Node] = []
    for lane_set in children(process, "laneSet"):
        _collect(lane_set, found)
    return found


def all_lanes(process: Node) -> list[Node]:
    """The lanes of a process and of all its sub-processes, outer before inner."""
    return [lane for scope in scopes(process) for lane in lanes(scope)]


def _collect(lane_set: Node, found: list[Node]) -> None:
    for lane in children(lane_set, "lane"):
        found.append(lane)
        for inner in children(lane, "childLaneSet"):
            _collect(inner, found)
