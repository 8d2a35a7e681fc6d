"""Flowable's repeated activities: the number of a run under a name of its own, and what is collected of each run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from lxml import etree

from engine.bpmn.extensions import add_extension
from engine.bpmn.notations.translation import Translation, attribute, drop, elements
from engine.bpmn.vocabulary import Node, bpmn, camunda, children, identity, local
from engine.errors import Sentence

_PLAIN = frozenset({"source", "target"})
_BEFORE_ITEM = ("extensionElements", "documentation", "loopCardinality", "loopDataInputRef")


def translate_loops(work: Translation, spaces: Iterable[str]) -> None:
    """Writes both as Camunda's and the standard's words do."""
    for loop in work.nodes("multiInstanceLoopCharacteristics"):
        activity = loop.getparent()
        if activity is None:
            continue
        name = attribute(loop, "elementIndexVariable")
        if name:
            del loop.attrib[camunda("elementIndexVariable")]
            _parameter(activity, "inputParameter", name, "${loopCounter}")
        for found in [one for space in spaces for one in elements(loop, space, "variableAggregation")]:
            if _is_plain(found):
                _collect(work, activity, loop, found)


def _is_plain(found: Node) -> bool:
    """Whether variables of each run are collected when all have ended; anything more stays, and is refused."""
    variables = list(_variables(found))
    return (
        set(found.attrib) <= {"target", "createOverviewVariable"}
        and found.get("createOverviewVariable", "false") == "false"
        and bool(found.get("target") and variables)
        and all(one.get("source") and set(one.attrib) <= _PLAIN for one in variables)
    )


def _variables(found: Node) -> Iterator[Node]:
    return (one for one in found.iterchildren("*") if local(one) == "variable")


def _collect(work: Translation, activity: Node, loop: Node, found: Node) -> None:
    """Collects the named variables, which stay in their run, as values by name."""
    item = f"{identity(activity)}_output"
    for one in _variables(found):
        _parameter(activity, "inputParameter", one.get("source", ""), "${null}")
    pairs = [f"{json.dumps(one.get('target') or one.get('source'))}: {one.get('source')}" for one in _variables(found)]
    _parameter(activity, "outputParameter", item, f"${{{{{', '.join(pairs)}}}}}")
    output = etree.Element(bpmn("loopDataOutputRef"))
    output.text = found.get("target", "")
    inputs = list(children(loop, "inputDataItem"))
    loop.insert(len(list(children(loop, *_BEFORE_ITEM))), output)
    (inputs[0] if inputs else output).addnext(etree.Element(bpmn("outputDataItem"), {"name": item}))
    drop(found)
    work.read_as(activity, "flowable:variableAggregation", Sentence("the standard's output of a repeated activity"))


def _parameter(activity: Node, kind: str, name: str, text: str) -> None:
    add_extension(activity, kind, "inputOutput", name=name).text = text
