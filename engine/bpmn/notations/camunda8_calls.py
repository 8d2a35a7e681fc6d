"""Camunda 8's called elements and repeated activities in Camunda 7's words."""

from __future__ import annotations

import json
import re

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import add_extension, extensions
from engine.bpmn.notations.reasons import COMPUTED
from engine.bpmn.notations.translation import Translation, add
from engine.bpmn.vocabulary import Node, bpmn, camunda, identity
from engine.errors import Sentence

_PATH = re.compile(r"([^\W\d]\w*)(?:\.\w+)*")
_BINDINGS = {"latest": "latest", "deployment": "deployment", "versionTag": "versionTag"}


def called_element(work: Translation, node: Node, found: Node) -> None:
    """The called process, and which variables go in and come back (all, unless the drawing says otherwise)."""
    name = found.get("processId", "")
    node.set("calledElement", name)
    work.read_as(node, f'zeebe:calledElement processId="{name}"', f'calledElement="{name}"')
    binding = _BINDINGS.get(found.get("bindingType", ""))
    if binding is not None:
        node.set(camunda("calledElementBinding"), binding)
    if found.get("versionTag"):
        node.set(camunda("calledElementVersionTag"), found.get("versionTag", ""))
    inputs = [one.get("target", "") for one in node.iterdescendants("{*}input")]
    outputs = any(True for _ in node.iterdescendants("{*}output"))
    if found.get("propagateAllParentVariables", "true") != "false":
        add_extension(node, "in", variables="all")
    else:
        for name in inputs:
            add_extension(node, "in", source=name, target=name)
    record = found.get("businessId", "")
    if record:
        worked_out = expression(record) is not None
        add_extension(node, "in", businessKey=record if worked_out else f"${{{json.dumps(record)}}}")
    if found.get("propagateAllChildVariables", "true") != "false" and not outputs:
        add_extension(node, "out", variables="all", atEnd="true")


def repeated(work: Translation, activity: Node, loop: Node, found: Node) -> None:
    """Over what an activity repeats, and what is collected; a collected value that is worked out is an output."""
    given = {name: found.get(name, "") for name in ("inputCollection", "inputElement")}
    loop.set(camunda("collection"), f"${{{expression(given['inputCollection']) or given['inputCollection']}}}")
    if given["inputElement"]:
        loop.set(camunda("elementVariable"), given["inputElement"])
    work.read_as(activity, f'zeebe:loopCharacteristics "{given["inputCollection"]}"', "camunda:collection")
    collected, value = found.get("outputCollection", ""), found.get("outputElement", "")
    if collected and not value:
        work.refuse(activity, f'zeebe:loopCharacteristics outputCollection="{collected}"', COMPUTED)
    elif collected:
        name = f"{identity(activity)}_output"
        _keep_inside(activity, value, {given["inputElement"], "loopCounter"})
        add_extension(activity, "outputParameter", "inputOutput", name=name).text = value
        condition = loop.find(bpmn("completionCondition"))
        parts = [add(loop, bpmn("loopDataOutputRef"), collected), add(loop, bpmn("outputDataItem"), name=name)]
        if condition is not None:
            loop.extend([*parts, condition])
        work.read_as(activity, f'outputElement="{value}"', Sentence("the parameter %(name)s", name=name))


def _keep_inside(activity: Node, value: str, own: set[str]) -> None:
    """The variable that a run's collected value is taken from stays in that run: it begins there as null."""
    path = _PATH.fullmatch(expression(value) or value)
    given = {one.get("name", "") for holder in extensions(activity, "inputOutput") for one in holder.iterchildren("*")}
    if path is not None and path[1] not in own | given:
        add_extension(activity, "inputParameter", "inputOutput", name=path[1]).text = "${null}"
