"""Variables handed on: lists and maps as parameters, and what a signal carries."""

from __future__ import annotations

import json

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import set_property
from engine.bpmn.notations.expression_places import SAME_RECORD
from engine.bpmn.notations.literals import OUR_EDITOR
from engine.bpmn.notations.reasons import ALL, FOREIGN, NESTED, PLACE, RECORD_OF_THROWER, SCRIPT, WITHOUT_BRACES
from engine.bpmn.notations.translation import Translation, drop, elements
from engine.bpmn.vocabulary import ACTIVITIES, CAMUNDA, EVENTS, Node, camunda, event_definitions, local, text_of
from engine.errors import Sentence

_PARAMETERS = ("inputParameter", "outputParameter")


def translate_mappings(work: Translation) -> None:
    """Writes each parameter as one text, and the variables of a thrown signal as its payload."""
    _warn_of_bare(work)
    for node in work.nodes():
        for holder in elements(node, CAMUNDA, "inputOutput"):
            for parameter in list(holder.iterchildren(*map(camunda, _PARAMETERS))):
                if may_have(node, local(parameter).removesuffix("Parameter")):
                    _parameter(work, parameter)
                else:
                    work.refuse(parameter, f"{work.prefix}:{local(parameter)}", PLACE)
                    drop(parameter)
    for node in work.nodes("intermediateThrowEvent", "endEvent"):
        for definition in event_definitions(node):
            _payload(work, node, definition)
    for node in work.nodes():
        for name in ("in", "out") if local(node) != "callActivity" else ():
            for one in elements(node, CAMUNDA, name):
                work.refuse(node, f"{work.prefix}:{name}", FOREIGN)
                drop(one)


def _warn_of_bare(work: Translation) -> None:
    """Tells of each expression of a mapping that stands without braces: other engines take it for a text."""
    for top in work.tops() if work.root.get("exporter") != OUR_EDITOR else ():
        for one in top.iter(camunda("in"), camunda("out")):
            for name in ("sourceExpression", "businessKey"):
                if one.get(name) and expression(one.get(name, "")) is None:
                    work.warn(one, f'{work.prefix}:{local(one)} {name}="{one.get(name)}"', *WITHOUT_BRACES)


def may_have(node: Node, kind: str) -> bool:
    """Whether an element can have mappings of that kind, `input` or `output`: an event has outputs."""
    return local(node) in ACTIVITIES or (local(node) in EVENTS and kind == "output")


def _parameter(work: Translation, parameter: Node) -> None:
    if "." in parameter.get("name", ""):
        work.refuse(parameter, parameter.get("name", ""), NESTED)
    if len(parameter):
        before = "".join(f"{work.prefix}:{local(one)}" for one in parameter.iterchildren("*"))
        value = _value(work, parameter[0])
        for inner in list(parameter):
            parameter.remove(inner)
        parameter.text = f"${{{value}}}"
        work.read_as(parameter, f"{parameter.get('name', '')}: {before}", parameter.text)
    elif not text_of(parameter):
        parameter.text = "${null}"


def _value(work: Translation, node: Node) -> str:
    """A list, a map, a script or a text as FEEL."""
    kind = local(node)
    if kind == "list":
        return f"[{', '.join(_value(work, one) for one in node.iterchildren('*'))}]"
    if kind == "map":
        entries = [f"{json.dumps(one.get('key', ''), ensure_ascii=False)}: {_entry(work, one)}" for one in node]
        return f"{{{', '.join(entries)}}}"
    if kind == "script":
        language = node.get("scriptFormat", "").lower()
        if language not in ("feel", "juel"):
            work.refuse(node, f'{work.prefix}:script "{node.get("scriptFormat", "")}"', SCRIPT)
            return "null"
        return _text(text_of(node), "null", bare=language == "feel")
    return _entry(work, node)


def _entry(work: Translation, node: Node) -> str:
    return _value(work, node[0]) if len(node) else _text(text_of(node), "null")


def _text(text: str, missing: str, bare: bool = False) -> str:
    """An expression's inside, or a literal text in quotation marks."""
    inner = expression(text)
    if inner is not None or bare:
        return inner if inner is not None else text
    return json.dumps(text, ensure_ascii=False) if text else missing


def _payload(work: Translation, node: Node, definition: Node) -> None:
    """`in` mappings of a thrown signal, as the context that goes with it."""
    found = list(elements(definition, CAMUNDA, "in"))
    if not found:
        return
    carried = all(_carried(work, node, one) for one in found)
    for one in found:
        drop(one)
    if not carried:
        return
    entries = [f"{one.get('target')}: {_source(one)}" for one in found if one.get("target")]
    set_property(node, "payload", f"{{{', '.join(entries)}}}")
    work.read_as(node, f"{work.prefix}:in", Sentence("the property %(name)s", name="payload"))


def _carried(work: Translation, node: Node, one: Node) -> bool:
    """Whether a signal can carry what a mapping names."""
    everything, key = one.get("variables"), one.get("businessKey")
    if everything and one.get("local") == "true":
        work.refuse(node, f'{work.prefix}:in variables="all" local="true"', ALL)
    elif everything:
        set_property(node, "sends_all", "true")
        return True
    elif key not in (None, *SAME_RECORD):
        work.refuse(node, f'{work.prefix}:in businessKey="{key}"', RECORD_OF_THROWER)
    else:
        return True
    return False


def _source(one: Node) -> str:
    text = one.get("sourceExpression") or ""
    return expression(text) or text or one.get("source") or "null"
