"""Camunda 8's inputs and outputs of an element in Camunda 7's words."""

from __future__ import annotations

import json
import re

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import add_extension, properties, set_property
from engine.bpmn.notations.implementations import CAMUNDA_8
from engine.bpmn.notations.mappings import may_have
from engine.bpmn.notations.reasons import NESTED, PLACE
from engine.bpmn.notations.translation import Translation, drop
from engine.bpmn.vocabulary import THROWING, Node, event_kind, local
from engine.errors import Sentence

_NAME = re.compile(r"[^\W\d]\w*")


def map_variables(work: Translation, node: Node, found: Node) -> None:
    """Writes the inputs and outputs of an element as parameters, in their order."""
    begun = set[str]()
    _payload(work, node, found)
    for one in found.iterchildren("*"):
        target, source = one.get("target", ""), one.get("source", "")
        if not may_have(node, local(one)):
            work.refuse(node, f'zeebe:{local(one)} target="{target}"', PLACE)
            continue
        name, *inner = target.split(".")
        if not all(map(_NAME.fullmatch, (name, *inner))) or (inner and local(node) == "callActivity"):
            work.refuse(node, f'zeebe:{local(one)} target="{target}"', NESTED)
            continue
        if local(one) == "output" and local(node) != "callActivity" and "outputs" not in properties(node):
            set_property(node, "outputs", "only")
        if local(node) == "callActivity" and local(one) == "output":
            add_extension(node, "out", sourceExpression=source, target=target, atEnd="true")
        else:
            text = _put(source, name, inner, known=local(one) == "output" or name in begun) if inner else source
            add_extension(node, f"{local(one)}Parameter", "inputOutput", name=name).text = text
        begun.add(name)
        work.read_as(node, f'zeebe:{local(one)} "{source}"', Sentence("the parameter %(name)s", name=target))


def _payload(work: Translation, node: Node, found: Node) -> None:
    """What a thrown message or signal takes along: the inputs of the event."""
    if local(node) not in THROWING or event_kind(node) not in ("message", "signal"):
        return
    sent = []
    for one in list(found.iterchildren(f"{{{CAMUNDA_8}}}input")):
        target, source = one.get("target", ""), one.get("source", "")
        if _NAME.fullmatch(target):
            sent.append(f"{target}: {_value(source)}")
            work.read_as(node, f'zeebe:input "{source}"', Sentence("the property %(name)s", name="payload"))
            drop(one)
    if sent:
        set_property(node, "payload", f"{{{', '.join(sent)}}}")


def _value(source: str) -> str:
    """A source as FEEL, without its equals sign."""
    return expression(source) or json.dumps(source)


def _put(source: str, name: str, inner: list[str], known: bool) -> str:
    """A part of a variable, put into what is `known` of it so far."""
    whole = f"(if {name} = null then {{}} else {name})" if known else "{}"
    return f"=context put({whole}, {json.dumps(inner)}, {_value(source)})"
