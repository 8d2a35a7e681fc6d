"""Flowable, Activiti and Operaton: the words that they share with Camunda 7, and the few that are their own."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.extensions import add_extension, one_list, set_property
from engine.bpmn.notations import camunda7
from engine.bpmn.notations.expression_places import LIST_ATTRIBUTES
from engine.bpmn.notations.flowable_loops import translate_loops
from engine.bpmn.notations.reasons import FOREIGN, LISTENER, PROGRAM
from engine.bpmn.notations.translation import Translation, Words, attribute, drop, elements, kept, refused, translated
from engine.bpmn.vocabulary import (
    CAMUNDA,
    EVENTS,
    Node,
    bpmn,
    camunda,
    children,
    event_definitions,
    identity,
    is_bpmn,
    kind_of,
    local,
    text_of,
)
from engine.errors import Sentence

SPACES = {
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://www.camunda.com/fox": "fox",
}
_RENAMED = {"@async": "@asyncBefore", "@resultVariableName": "@resultVariable"}
_DEFAULTS = {
    "scope": "global",
    **dict.fromkeys(("terminateAll", "terminateMultiInstance", "triggerable"), "false"),
    **dict.fromkeys(("useLocalScopeForResultVariable", "useLocalScopeForOutParameters"), "false"),
    **dict.fromkeys(("storeResultVariableAsTransient", "errorVariableLocalScope"), "false"),
}
_OWN_MEANING = frozenset(
    "@businessKey @inheritVariables @skipExpression @inheritBusinessKey @messageExpression @signalExpression "
    "@correlationKey @elementIndexVariable @sameDeployment".split()
)
WORDS: Words = {
    **translated("camunda:asyncBefore", "@async"),
    **translated("camunda:resultVariable", "@resultVariableName"),
    **translated('camunda:in variables="all"', "@inheritVariables"),
    **translated("camunda:in businessKey", "@businessKey"),
    **translated("camunda:calledElementBinding deployment", "@sameDeployment"),
    **translated("property skip_when of a user task or call activity", "@skipExpression"),
    **translated("the name of a message or signal", "@messageExpression", "@signalExpression"),
    **translated("property correlation", "@correlationKey"),
    **translated("an input parameter with the loopCounter", "@elementIndexVariable"),
    **kept("@autoStoreVariables", "@doNotIncludeVariables"),
    **kept("@inheritBusinessKey", means="a called process is about the same record"),
    **kept(
        "@asyncLeave",
        "@asyncLeaveExclusive",
        "@completeAsync",
        "@jobCategory",
        means="every step is stored when it ends",
    ),
    **kept("@category", "@formFieldValidation", "@validateFormFields", "@calledElementType"),
    **kept("@fallbackToDefaultTenant", "@isEagerExecutionFetch", "@historyLevel", "@countryId", "@editor"),
    **kept("initiator-can-complete", "work-form-field-validation", "@skipExpressionEnabled"),
    **refused(LISTENER, "eventListener", "customProperties"),
    **refused(PROGRAM, "mapException", "@triggerable", "@useLocalScopeForResultVariable", "@customId"),
    **kept("@processInstanceName"),
    **refused(FOREIGN, "@terminateAll", "@terminateMultiInstance", "@useLocalScopeForOutParameters"),
    **refused(
        FOREIGN,
        "@storeResultVariableAsTransient",
        "@businessCalendarName",
        "@endDate",
        "@taskIdVariableName",
        "@taskCompleterVariableName",
    ),
    **refused(
        FOREIGN,
        "@errorVariableName",
        "@errorVariableLocalScope",
        "@idVariableName",
        "@scope",
        "@localScope",
        "@processInstanceIdVariableName",
    ),
    **refused(FOREIGN, "eventType", "eventInParameter", "eventOutParameter", "eventCorrelationParameter"),
    **translated("the standard's output; more than variables when all have ended is refused", "variable"),
    **refused(FOREIGN, "triggerEventType", "channelKey", "variableAggregation", "@variableAggregation"),
}
"""Their own attributes (`@name`) and elements; all others are Camunda 7's words."""


def spell_ad_hoc(work: Translation) -> None:
    """Writes the ad hoc sub-process as the standard does; Activiti and Flowable write a small h."""
    for node in work.root.iter(bpmn("adhocSubProcess")):
        node.tag = bpmn("adHocSubProcess")
        work.read_as(node, "adhocSubProcess", "adHocSubProcess")


def translate(work: Translation) -> None:
    """Writes their words as Camunda 7's."""
    for space, prefix in SPACES.items():
        for top in work.tops():
            _drop_defaults(top, space)
            _rename(work, top, space, prefix)
    for node in work.nodes("callActivity"):
        _call(node)
    translate_loops(work, SPACES)
    for node in work.nodes():
        _skipped(work, node)
    for node in work.nodes("serviceTask", "sendTask"):
        _by_type(work, node)
    for node in work.nodes(*EVENTS):
        for definition in event_definitions(node):
            _event(work, node, definition)


def _drop_defaults(top: Node, space: str) -> None:
    """Takes away what says what is so anyway; said otherwise, it is refused."""
    for node in top.iter("*"):
        for name, value in _DEFAULTS.items():
            if node.get(f"{{{space}}}{name}") == value:
                del node.attrib[f"{{{space}}}{name}"]


def _rename(work: Translation, top: Node, space: str, prefix: str) -> None:
    """Writes the words that they share as ours, and tells so once for each step."""
    found: dict[Node, list[str]] = {}
    step = top
    for node in list(top.iter("*")):
        step = node if is_bpmn(node) and identity(node) else step
        words = [*_rename_attributes(node, space), *_rename_element(node, space)]
        if words:
            work.prefix = prefix
            found.setdefault(step, []).extend(words)
    for node, words in found.items():
        named = ", ".join(f"{prefix}:{name}" for name in dict.fromkeys(words))
        work.read_as(node, named, Sentence("the same words of Camunda 7"))


def _ours(key: str) -> str | None:
    """The word of Camunda 7, or None where they mean something of their own."""
    known = key in camunda7.WORDS or key in _OWN_MEANING
    return _RENAMED.get(key) or (key if known else None)


def _rename_attributes(node: Node, space: str) -> Iterator[str]:
    for name, value in list(node.attrib.items()):
        found = etree.QName(str(name))
        ours = _ours(f"@{found.localname}") if found.namespace == space else None
        if ours is not None:
            del node.attrib[name]
            beside = attribute(node, ours[1:]) if ours[1:] in LIST_ATTRIBUTES else ""
            node.set(camunda(ours[1:]), one_list(beside, str(value)) if beside else str(value))
            yield found.localname


def _rename_element(node: Node, space: str) -> Iterator[str]:
    found = etree.QName(node)
    if found.namespace == space and _ours(found.localname) is not None:
        node.tag = camunda(found.localname)
        yield found.localname


def _call(node: Node) -> None:
    """Which variables a called process begins with, and which record it is about."""
    if attribute(node, "inheritVariables") == "true":
        add_extension(node, "in", variables="all")
    if attribute(node, "businessKey"):
        add_extension(node, "in", businessKey=attribute(node, "businessKey"))
    if attribute(node, "sameDeployment") == "true":
        node.set(camunda("calledElementBinding"), "deployment")
    _forget(node, "inheritVariables", "businessKey", "inheritBusinessKey", "sameDeployment")


def _skipped(work: Translation, node: Node) -> None:
    condition = attribute(node, "skipExpression")
    if not condition:
        return
    if local(node) in ("callActivity", "userTask"):
        set_property(node, "skip_when", condition)
    else:
        work.refuse(node, f'{work.prefix}:skipExpression="{condition}"', FOREIGN)
    _forget(node, "skipExpression")


def _event(work: Translation, node: Node, definition: Node) -> None:
    """What stands at the event itself: the name of its message or signal, the key it goes by, an error's code."""
    kind, key = kind_of(definition), attribute(definition, "correlationKey")
    name = attribute(definition, f"{kind}Expression")
    if name:
        made = etree.Element(bpmn(kind), {"id": f"{kind}_of_{identity(node)}", "name": name})
        next(children(work.root, "process")).addprevious(made)
        definition.set(f"{kind}Ref", made.get("id", ""))
        work.read_as(node, f"{work.prefix}:{kind}Expression", f"{kind} {name}")
    if key:
        set_property(node, "correlation", key)
        work.read_as(
            node,
            f'{work.prefix}:correlationKey="{key}"',
            Sentence("the property %(name)s", name="correlation"),
        )
    _forget(definition, f"{kind}Expression", "correlationKey")
    code = definition.get("errorRef", "")
    if code and all(identity(one) != code for one in children(work.root, "error")):
        made = etree.Element(bpmn("error"), {"id": f"error_of_{identity(node)}", "errorCode": code})
        next(children(work.root, "process")).addprevious(made)
        definition.set("errorRef", made.get("id", ""))
        work.read_as(node, f'errorRef="{code}"', f"error {code}")


def _by_type(work: Translation, node: Node) -> None:
    """Tasks for a worker outside are external tasks, those of type `dmn` are business rule tasks."""
    kind = attribute(node, "type")
    if kind == "external-worker":
        node.set(camunda("type"), "external")
    elif kind == "dmn":
        values = {one.get("name"): one for one in elements(node, CAMUNDA, "field")}
        named = values.get("decisionTableReferenceKey", values.get("decisionServiceReferenceKey"))
        if named is not None:
            _forget(node, "type")
            node.tag = node.tag.replace(local(node), "businessRuleTask")
            node.set(camunda("decisionRef"), text_of(named) or named.get("stringValue", ""))
            work.read_as(node, f'{work.prefix}:type="dmn"', f'camunda:decisionRef="{attribute(node, "decisionRef")}"')
            for one in values.values():
                drop(one)


def _forget(node: Node, *names: str) -> None:
    for name in names:
        if attribute(node, name):
            del node.attrib[camunda(name)]
