"""What the parser reads of a looping or multi-instance activity."""

from __future__ import annotations

from engine.bpmn.extensions import attributes, properties
from engine.bpmn.translating.counters import COUNTS_FROM
from engine.bpmn.vocabulary import (
    EVENT_DEFINITION,
    Node,
    children,
    event_definitions,
    first,
    identity,
    local,
    text_of,
    within,
)
from engine.errors import Sentence, expected
from engine.spiff.loops import Plan, Thrown
from engine.spiff.reading import Reader
from engine.spiff.triggers import Trigger

NUMBERS = "numberOfInstances numberOfActiveInstances numberOfCompletedInstances numberOfTerminatedInstances"
THROWN_BY_NAME = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}


def plan_of(reader: Reader, node: Node, loop: Node) -> Plan:
    """How often an activity runs; raises `Rejected` when a multi-instance activity does not say so."""
    id = identity(node)
    given = attributes(loop)
    collection = given.get("collection") or text_of(first(loop, "loopDataInputRef"))
    cardinality = text_of(first(loop, "loopCardinality"))
    if local(loop) == "multiInstanceLoopCharacteristics" and not collection and not cardinality:
        message = expected("a collection or a number of runs at '%(element)s'", "it has neither", element=id)
        raise reader.refuse(node, message, Sentence("Set the collection of the multi-instance activity."))
    return Plan(
        reader.formula(collection, id),
        reader.formula(cardinality, id),
        given.get("elementVariable") or named(first(loop, "inputDataItem")),
        reader.formula(text_of(first(loop, "completionCondition", "loopCondition")), id),
        text_of(first(loop, "loopDataOutputRef")) or None,
        named(first(loop, "outputDataItem")),
        thrown(reader, node, loop),
        1 if properties(node).get(COUNTS_FROM) == "1" else 0,
        local(loop) == "multiInstanceLoopCharacteristics" and reader.names_numbers,
    )


def named(node: Node | None) -> str | None:
    """The name, else the id, of a data item."""
    return None if node is None else node.get("name") or node.get("id")


def thrown(reader: Reader, node: Node, loop: Node) -> tuple[Thrown, ...]:
    """The events that a multi-instance activity throws as its runs end, by its behavior."""
    behavior = loop.get("behavior", "All")
    if behavior in THROWN_BY_NAME:
        reference = loop.get(THROWN_BY_NAME[behavior], "").rpartition(":")[2]
        trigger = referred(reader, node, reference) if reference else numbers_told(reader, node)
        return (Thrown(trigger, once=behavior == "One"),)
    if behavior != "Complex":
        return ()
    return tuple(
        Thrown(reader.defined(node, definition), reader.formula(text_of(first(one, "condition")), identity(node)))
        for one in children(loop, "complexBehaviorDefinition")
        for event in children(one, "event")
        for definition in event_definitions(event)
    )


def referred(reader: Reader, node: Node, reference: str) -> Trigger:
    """The event definition with this id."""
    for definition in within(reader.root):
        if identity(definition) == reference and local(definition).endswith(EVENT_DEFINITION):
            return reader.defined(node, definition)
    message = expected(
        "an event definition for the runs of '%(element)s'",
        "'%(found)s' is none",
        element=identity(node),
        found=reference,
    )
    raise reader.refuse(node, message, Sentence("Refer to an event definition of this file."))


def numbers_told(reader: Reader, node: Node) -> Trigger:
    """The signal thrown where no event is named: it bears the activity's id and carries its numbers (10.2.8)."""
    trigger = Trigger("signal", identity(node))
    context = ", ".join(f"{name}: {name}" for name in NUMBERS.split())
    trigger.payload = reader.formula(f"{{{context}}}", identity(node))
    return trigger
