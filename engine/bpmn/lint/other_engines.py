"""Settings that only another engine would obey are named, not silently dropped."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, is_bpmn
from engine.errors import Finding

RULE = "other-engines"
ENGINES = {
    "http://camunda.org/schema/zeebe/1.0": "Camunda 8",
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://www.jboss.org/drools": "jBPM",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "Spiff",
}


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes():
        engines = {ENGINES[space] for space in _spaces(node) if space in ENGINES}
        for engine in sorted(engines):
            yield sheet.error(
                RULE,
                node,
                "Expected Camunda 7 settings, but this element carries settings for %(engine)s, which are not read.",
                "Save the drawing for Camunda 7, or set the values again in the editor here.",
                engine=engine,
            )


def _spaces(node: Node) -> Iterator[str | None]:
    for name in node.attrib:
        yield etree.QName(str(name)).namespace
    for holder in node.iterchildren("*"):
        if is_bpmn(holder) and etree.QName(holder).localname == "extensionElements":
            for inner in holder.iterdescendants("*"):
                yield etree.QName(inner).namespace
