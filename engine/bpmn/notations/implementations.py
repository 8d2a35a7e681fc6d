"""What stands behind automatic steps: classes become handlers by name, expressions become computed steps."""

from __future__ import annotations

import re

from engine.bpmn.expressions import unwrap
from engine.bpmn.extensions import add_extension, extension_holder
from engine.bpmn.notations.expression_places import LANGUAGES_READ, is_address
from engine.bpmn.notations.reasons import COMPUTED, LISTENER, PLAIN_RESULT, PROGRAM, SCRIPT
from engine.bpmn.notations.translation import NO_VALUE, Translation, add, attribute, drop, elements
from engine.bpmn.vocabulary import CAMUNDA, Node, bpmn, camunda, first, text_of
from engine.errors import Sentence

AUTOMATIC = ("serviceTask", "sendTask", "businessRuleTask")
THROWING = ("intermediateThrowEvent", "endEvent")
CAMUNDA_8 = "http://camunda.org/schema/zeebe/1.0"
_IMPLEMENTATION = ("class", "delegateExpression", "expression", "type", "topic")
_CLASS = re.compile(r"(?:\w+[.$])*\w+")
_NAME = re.compile(r"[\w.\-]+")


def translate_implementations(work: Translation) -> None:
    """Gives every automatic step a handler's name or a script, or refuses what stands behind it."""
    for node in work.nodes(*THROWING):
        message = first(node, "messageEventDefinition")
        if message is not None and any(attribute(message, name) for name in _IMPLEMENTATION):
            _event_as_task(work, node, message)
    for node in work.nodes(*AUTOMATIC):
        _task(work, node)
    for node in work.nodes("businessRuleTask"):
        _result(work, node)
    for node in work.nodes("scriptTask"):
        _script(work, node)
    for node in work.nodes("conditionExpression", "condition"):
        _condition(work, node)


def snake(name: str) -> str:
    """`com.acme.SendInvoice` as `send_invoice`."""
    simple = re.split(r"[.$]", name)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", simple).lower()


def _event_as_task(work: Translation, node: Node, message: Node) -> None:
    """A message event behind which a program stands is a step that runs it; nothing waits for its message."""
    for name, value in list(message.attrib.items()):
        if str(name).startswith(f"{{{CAMUNDA}}}"):
            node.set(str(name), str(value))
    inside = first(message, "extensionElements")
    for found in list(inside) if inside is not None else []:
        extension_holder(node).append(found)
    drop(message)
    work.read_as(node, Sentence("a message event that a program performs"), Sentence("a service task"))
    node.tag = bpmn("serviceTask")


def _task(work: Translation, node: Node) -> None:
    _fields(work, node)
    kind, name = attribute(node, "type"), attribute(node, "class")
    if kind and kind != "external":
        work.refuse(node, f'{work.prefix}:type="{kind}"', PROGRAM)
    elif name and not _CLASS.fullmatch(name):
        work.refuse(node, f'{work.prefix}:class="{name}"', PROGRAM)
    elif name:
        _handler(work, node, "class", snake(name))
    elif attribute(node, "expression"):
        _computed(work, node)
    elif kind == "external" and "{" in attribute(node, "topic"):
        work.refuse(node, f'{work.prefix}:topic="{attribute(node, "topic")}"', COMPUTED)
    elif "{" in attribute(node, "decisionRef"):
        work.refuse(node, f'{work.prefix}:decisionRef="{attribute(node, "decisionRef")}"', COMPUTED)
    elif not _NAME.fullmatch(unwrap(attribute(node, "delegateExpression")) or "-"):
        work.refuse(node, f'{work.prefix}:delegateExpression="{attribute(node, "delegateExpression")}"', PROGRAM)


def _handler(work: Translation, node: Node, name: str, handler: str) -> None:
    work.read_as(node, f'{work.prefix}:{name}="{attribute(node, name)}"', f'camunda:topic="{handler}"')
    del node.attrib[camunda(name)]
    node.set(camunda("type"), "external")
    node.set(camunda("topic"), handler)


def _computed(work: Translation, node: Node) -> None:
    """An expression that only reads values is worked out by a script step."""
    text, result = attribute(node, "expression"), attribute(node, "resultVariable")
    node.tag = bpmn("scriptTask")
    node.set("scriptFormat", "feel")
    for name in ("implementation", "operationRef", "messageRef", camunda("expression")):
        if node.get(name) is not None:
            del node.attrib[name]
    add(node, bpmn("script"), text if result else "${{}}")
    if text != NO_VALUE:
        becomes = Sentence("a FEEL script for %(name)s", name=result or "-")
        work.read_as(node, f'{work.prefix}:expression="{text}"', becomes)


def _result(work: Translation, node: Node) -> None:
    plain = attribute(node, "mapDecisionResult") in ("", "singleResult") and attribute(node, "resultVariable")
    if plain and work.root.get("exporter", "").startswith("Camunda") and CAMUNDA_8 not in work.root.nsmap.values():
        found = f'{work.prefix}:resultVariable="{attribute(node, "resultVariable")}"'
        work.warn(node, found, *PLAIN_RESULT)


def _script(work: Translation, node: Node) -> None:
    language = node.get("scriptFormat", "")
    if language.lower() == "juel":
        node.set("scriptFormat", "feel")
        work.read_as(node, f'scriptFormat="{language}"', 'scriptFormat="feel"')


def _condition(work: Translation, node: Node) -> None:
    language = node.get("language", "")
    if language.lower() not in LANGUAGES_READ and not is_address(language):
        work.refuse(node, f'language="{language}"', SCRIPT)
        node.text = NO_VALUE


def _fields(work: Translation, node: Node) -> None:
    """Values that are put into a class are variables that its handler sees."""
    for one in elements(node, CAMUNDA, "field"):
        inner = next(one.iterchildren(camunda("string"), camunda("expression")), None)
        text = text_of(inner) or one.get("stringValue") or one.get("expression") or ""
        add_extension(node, "inputParameter", "inputOutput", name=one.get("name", "")).text = text
        work.read_as(
            node,
            f'{work.prefix}:field "{one.get("name", "")}"',
            Sentence("the parameter %(name)s", name=one.get("name", "")),
        )
        drop(one)


def translate_listeners(work: Translation) -> None:
    """A class at the completion of a user task is a handler by its name, as an expression that names one is."""
    for node in work.nodes("userTask"):
        for listener in elements(node, CAMUNDA, "taskListener"):
            name = listener.get("class")
            if listener.get("event") != "complete" or not name:
                continue
            if len(listener):
                work.refuse(listener, f'taskListener class="{name}" with values', LISTENER)
            del listener.attrib["class"]
            listener.set("delegateExpression", f"${{{snake(name)}}}")
            work.read_as(listener, f'taskListener class="{name}"', f'delegateExpression="${{{snake(name)}}}"')
