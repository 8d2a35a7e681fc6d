"""Data that a drawing moves by itself (BPMN 2.0, 10.3): associations become mappings, local data local variables.

A data object, property, data input or data output is a variable: of its name, else of its id. An association
with assignments or a transformation, or between a variable and a declared input or output of a step, is
executed; any other only shows what a step works with.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bpmn.expressions import unwrap
from engine.bpmn.extensions import add_extension, extensions, properties, set_property
from engine.bpmn.vocabulary import (
    SCOPES,
    THROWING,
    Node,
    camunda,
    children,
    event_kind,
    first,
    flow_nodes,
    identity,
    local,
    loop_of,
    scopes,
    text_of,
)

PLACEHOLDER = "__targetRef_placeholder"
LOCAL = "local"
"""The property of a sub-process that names the variables that live and end with it."""
_DATA = ("dataObject", "dataObjectReference", "property")
_SAID = (
    "ioSpecification",
    "property",
    "dataInput",
    "dataOutput",
    "dataInputAssociation",
    "dataOutputAssociation",
    "multiInstanceLoopCharacteristics",
)
"""What a step that data has to do with is told by."""


@dataclass(frozen=True)
class Moved:
    """One value that moves into or out of a step: its new name, the FEEL that gives it, the end declared there.

    `output` is the declared output that is only copied.
    """

    target: str
    text: str
    end: str
    output: str = ""


def map_data(root: Node) -> None:
    """Writes what the data associations of every step move as Camunda's mappings."""
    for process in children(root, "process"):
        names = variables_of(process)
        for scope in scopes(process):
            for node in flow_nodes(scope):
                if first(node, *_SAID) is not None:
                    _step(node, ChainMap(_declared(node), names))
            if local(scope) in SCOPES:
                _local_data(scope, names)


def variables_of(process: Node) -> dict[str, str]:
    """The variable behind each data object, reference and property of a process, and its inputs and outputs."""
    found: dict[str, str] = _declared(process)
    labels: dict[str, set[str]] = {}
    inner = [node for scope in scopes(process) for node in children(scope, *_DATA)]
    for reference in inner:
        if local(reference) == "dataObjectReference":
            labels.setdefault(_object_of(reference), set()).add(reference.get("name", ""))
    for node in inner:
        if local(node) != "dataObjectReference":
            label = labels.get(identity(node), set()) - {""}
            found[identity(node)] = _variable(node, label.pop() if len(label) == 1 else "")
    for reference in inner:
        if local(reference) == "dataObjectReference":
            found[identity(reference)] = found.get(_object_of(reference)) or _variable(reference)
    return found


def _object_of(reference: Node) -> str:
    return reference.get("dataObjectRef", "").rpartition(":")[2]


def _variable(node: Node, label: str = "") -> str:
    name = re.sub(r"\W+", "_", (node.get("name") or label or identity(node)).strip())
    return f"_{name}" if name[:1].isdigit() else name


def _declared(node: Node) -> dict[str, str]:
    """The inputs and outputs that a step, an event or a process declares, and the items of its runs."""
    specification, loop = first(node, "ioSpecification"), first(node, "multiInstanceLoopCharacteristics")
    holder = node if specification is None else specification
    items = [] if loop is None else children(loop, "inputDataItem", "outputDataItem")
    declared = [*children(holder, "dataInput", "dataOutput"), *children(node, "property"), *items]
    return {identity(one): _variable(one) for one in declared if one.get("name") != PLACEHOLDER}


def _step(node: Node, names: Mapping[str, str]) -> None:
    inputs = list(_moves(node, "dataInputAssociation", names))
    outputs = list(_moves(node, "dataOutputAssociation", names))
    loop = loop_of(node)
    if loop is not None:
        inputs, outputs = _collections(loop, inputs, outputs, names)
    if local(node) == "callActivity":
        _call(node, inputs, outputs)
    elif local(node) in THROWING or (local(node) == "sendTask" and not node.get(camunda("topic"))):
        _payload(node, inputs)
    else:
        own = [] if local(node) in SCOPES else list(_private(node))
        _parameters(node, inputs, *_own_names(inputs, outputs, own))


def _moves(node: Node, kind: str, names: Mapping[str, str]) -> Iterator[Moved]:
    declared = _declared(node)
    for association in children(node, kind):
        sources = [text_of(one) for one in children(association, "sourceRef")]
        target = text_of(first(association, "targetRef"))
        end = target if kind == "dataInputAssociation" else "".join(sources[:1])
        transformation, assignments = first(association, "transformation"), list(children(association, "assignment"))
        if assignments:
            for one in assignments:
                to = unwrap(text_of(first(one, "to")))
                yield Moved(names.get(to, to), unwrap(text_of(first(one, "from"))), end)
        elif transformation is not None and target in names:
            yield Moved(names[target], unwrap(text_of(transformation)), end)
        elif end in declared and len(sources) == 1 and sources[0] in names and target in names:
            yield _copied(kind, names[sources[0]], names[target], end)


def _copied(kind: str, source: str, target: str, end: str) -> Moved:
    if kind == "dataInputAssociation":
        return Moved(target, source, end)
    return Moved(target, _unless_missing(source, target), end, source)


def _unless_missing(output: str, target: str) -> str:
    """An output that the step has not given leaves its target as it is."""
    return f"if {output} = null then {target} else {output}"


def _private(node: Node) -> Iterator[str]:
    """The variables that live only while a step runs: its properties and declared outputs."""
    specification = first(node, "ioSpecification")
    holder = node if specification is None else specification
    for one in [*children(node, "property"), *children(holder, "dataOutput")]:
        if one.get("name") != PLACEHOLDER:
            yield _variable(one)


def _own_names(inputs: list[Moved], outputs: list[Moved], private: list[str]) -> tuple[list[Moved], list[str]]:
    """An output called like its target is the target, which the step writes by itself unless it has a copy of it."""
    same = {one.target for one in outputs if one.output == one.target}
    copied = {one.target for one in inputs}
    kept = [one for one in outputs if one.target not in same or one.target in copied]
    return kept, [name for name in private if name not in same]


def _parameters(node: Node, inputs: list[Moved], outputs: list[Moved], private: list[str]) -> None:
    given = {one.get("name") for holder in extensions(node, "inputOutput") for one in holder.iterchildren("*")}
    properties_only = {_variable(one) for one in children(node, "property") if one.get("name") != PLACEHOLDER}
    wanted = [name for name in private if outputs or name in properties_only]
    mapped = [(one.target, one.text) for one in inputs]
    for name, text in [*mapped, *((name, "null") for name in wanted)]:
        if name not in given:
            given.add(name)
            _parameter(node, "inputParameter", name, text)
    for one in outputs:
        _parameter(node, "outputParameter", one.target, one.text)


def _parameter(node: Node, kind: str, name: str, text: str) -> None:
    """A parameter that sees nothing of what those before it gave: associations stand beside each other (10.3.2)."""
    add_extension(node, kind, "inputOutput", name=name, apart="true").text = f"${{{text}}}"


def _call(node: Node, inputs: list[Moved], outputs: list[Moved]) -> None:
    _mapping(node, "in", [(one.target, one.text) for one in inputs])
    _mapping(node, "out", [(one.target, one.text) for one in outputs if not one.output])
    for one in outputs:
        if one.output:
            brought = f"{one.output}_given"
            add_extension(
                node, "out", sourceExpression=f"${{{one.output}}}", target=brought, local="true", atEnd="true"
            )
            text = f"${{{_unless_missing(brought, one.target)}}}"
            add_extension(node, "outputParameter", "inputOutput", name=one.target).text = text


def _mapping(node: Node, name: str, moved: list[tuple[str, str]]) -> None:
    given = {one.get("target") for one in extensions(node, name)}
    for target, text in moved:
        if target not in given:
            add_extension(node, name, sourceExpression=f"${{{text}}}", target=target, atEnd="true")


def _payload(node: Node, inputs: list[Moved]) -> None:
    """What a throwing step sends is the context of its inputs."""
    sends = event_kind(node) in ("message", "signal") or local(node) == "sendTask"
    if inputs and sends and "payload" not in properties(node):
        set_property(node, "payload", f"{{{', '.join(f'{one.target}: {one.text}' for one in inputs)}}}")


def _collections(
    loop: Node, inputs: list[Moved], outputs: list[Moved], names: Mapping[str, str]
) -> tuple[list[Moved], list[Moved]]:
    """The collections of a multi-instance activity stand outside of its runs; what else moves, moves in each run.

    One that no association fills is the data object itself (10.2.8: so it is with sub-processes).
    """
    for item in children(loop, "inputDataItem", "outputDataItem"):
        item.set("name", _variable(item))
    taken, given = first(loop, "loopDataInputRef"), first(loop, "loopDataOutputRef")
    filling = next((one for one in inputs if taken is not None and one.end == text_of(taken)), None)
    if taken is not None and filling is not None:
        loop.set(camunda("collection"), f"${{{filling.text}}}")
        loop.remove(taken)
        inputs = [one for one in inputs if one is not filling]
    elif taken is not None:
        taken.text = names.get(text_of(taken), text_of(taken))
    ends = [one for one in outputs if given is not None and one.end == text_of(given)]
    if given is not None:
        given.text = ends[0].target if ends else names.get(text_of(given), text_of(given))
    return inputs, [one for one in outputs if one not in ends]


def _local_data(scope: Node, names: dict[str, str]) -> None:
    """The data objects and properties of a sub-process live and end with it (10.3.1)."""
    named = [one for one in children(scope, "dataObject", "property") if one.get("name", PLACEHOLDER) != PLACEHOLDER]
    if named and LOCAL not in properties(scope):
        set_property(scope, LOCAL, ", ".join(dict.fromkeys(names[identity(one)] for one in named)))
