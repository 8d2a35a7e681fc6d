"""Tools whose words say what is executed, but which write no Camunda words: Spiff, SAP, Oracle, Bonita.

Of every other tool (Signavio, Bizagi, bpmn.io, Trisotech, ADONIS, ARIS, ...) extension elements and attributes
only decorate: they stay in the file, and nothing is said of them.
"""

from __future__ import annotations

from lxml import etree

from engine.bpmn.notations.reasons import FOREIGN, PAGE, PROGRAM, SCRIPT
from engine.bpmn.notations.translation import Translation, Words, kept, refused, take, translated
from engine.bpmn.vocabulary import FLOW_NODES, Node, camunda, first, is_bpmn, local, text_of

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
SPIFF_WORDS: Words = {
    **translated("camunda:decisionRef", "calledDecisionId"),
    **kept("instructionsForEndUser", "unitTests", "unitTest", "inputJson", "expectedOutputJson", "category"),
    **kept("allowGuest", "guestConfirmation", "signalButtonLabel", "isOutputSynthetic", "taskMetadataValues"),
    **kept("taskMetadataValue", "@category", "@isOutputSynthetic"),
    **refused(SCRIPT, "preScript", "postScript", "scriptsOnInstances"),
    **refused(PROGRAM, "serviceTaskOperator", "parameters", "parameter"),
    **refused(PAGE, "properties", "property"),
    **refused(FOREIGN, "messagePayload", "messageVariable", "processVariableCorrelation", "payloadExpression"),
    **refused(FOREIGN, "variableName", "isMatchingCorrelation"),
}
RUNNERS = {
    "http:///com.sap.ifl.model/Ifl.xsd": "SAP Cloud Integration",
    "http://xmlns.oracle.com/bpm/OracleExtensions": "Oracle BPM",
    "http://www.bonitasoft.org/studio/connector/definition/6.0": "Bonita",
}
"""Tools whose settings of a step say what it does."""


def translate(work: Translation) -> None:
    """Reads Spiff's decisions; refuses each step that another engine's settings give its meaning."""
    for node in work.nodes("businessRuleTask"):
        named = take(node, SPIFF, "calledDecisionId")
        if named is not None:
            node.set(camunda("decisionRef"), text_of(named))
            work.read_as(node, f'spiffworkflow:calledDecisionId "{text_of(named)}"', "camunda:decisionRef")
    for node in work.nodes(*FLOW_NODES):
        for tool in sorted({RUNNERS[space] for space in _spaces(node) if space in RUNNERS}):
            work.refuse(node, f"{tool}: {local(node)}", FOREIGN)


def _spaces(node: Node) -> set[str]:
    """The namespaces of what a step's attributes and extension elements say."""
    holder = first(node, "extensionElements")
    inside = [] if holder is None else [one for one in holder.iterdescendants("*") if not is_bpmn(one)]
    names = [*map(str, node.attrib), *(str(one.tag) for one in inside)]
    return {etree.QName(name).namespace or "" for name in names}
