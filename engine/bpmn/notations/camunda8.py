"""Camunda 8: the `zeebe` extension elements become Camunda 7's words, which are ours; its expressions are FEEL."""

from __future__ import annotations

import json
from collections.abc import Callable

from engine.bpmn.extensions import add_extension, set_property
from engine.bpmn.notations.camunda8_calls import called_element, repeated
from engine.bpmn.notations.camunda8_feel import translate_functions
from engine.bpmn.notations.camunda8_mappings import map_variables
from engine.bpmn.notations.form_fields import keep_form
from engine.bpmn.notations.implementations import CAMUNDA_8
from engine.bpmn.notations.names import constant
from engine.bpmn.notations.reasons import ANY_CHANGE, COMPUTED, FOREIGN, LISTENER, PAGE, PROGRAM, VERSION
from engine.bpmn.notations.translation import (
    Translation,
    Words,
    add,
    elements,
    kept,
    refused,
    take,
    translated,
)
from engine.bpmn.vocabulary import (
    FLOW_NODES,
    Node,
    bpmn,
    camunda,
    children,
    event_definitions,
    identity,
    local,
)
from engine.errors import Sentence

SPACE = CAMUNDA_8
PREFIX = "zeebe"
WORDS: Words = {
    **translated("camunda:topic, and its retries as failedJobRetryTimeCycle", "taskDefinition"),
    **translated("input and output parameters", "ioMapping", "input", "output"),
    **translated("camunda:assignee, candidateGroups and candidateUsers", "assignmentDefinition"),
    **translated("camunda:dueDate and followUpDate", "taskSchedule"),
    **translated("camunda:priority", "priorityDefinition"),
    **translated("camunda:formRef", "formDefinition"),
    **translated("a form file of its own, named process.step", "userTaskForm"),
    **translated("camunda:decisionRef and resultVariable", "calledDecision"),
    **translated("calledElement, camunda:in and out", "calledElement"),
    **translated("a FEEL script and camunda:resultVariable", "script"),
    **translated("camunda:collection, elementVariable and the standard's output", "loopCharacteristics"),
    **translated("property correlation of what names the message", "subscription"),
    **translated("properties", "taskHeaders", "header", "properties", "property"),
    **translated("camunda:versionTag", "versionTag"),
    **translated("property activities", "adHoc"),
    **translated("a warning: the condition is looked at whenever a variable changes", "conditionalFilter"),
    **kept("userTask", means="every user task has its place in the inbox"),
    **kept("jobPriorityDefinition", "@retryCounter", "@modelerConfigurationTemplate", "@modelerConfigurationName"),
    **kept("@modelerTemplate", "@modelerTemplateVersion", "@modelerTemplateIcon"),
    **refused(LISTENER, "executionListeners", "executionListener", "taskListeners", "taskListener"),
    **refused(FOREIGN, "linkedResources", "linkedResource", "agentDefinition"),
}
"""Extension elements, and what becomes of each."""

_PERFORMED = frozenset("serviceTask sendTask businessRuleTask scriptTask intermediateThrowEvent endEvent".split())
_BY_HANDLER = frozenset("serviceTask sendTask".split())
_OUR_PROPERTIES = frozenset(
    "activities alone approval business_key collection correlation counts_from expanded guards handover "
    "high_performing local original_id outputs payload practice_note reminder secret sends_all skip_when "
    "subject worked_out_name".split()
)


def translate(work: Translation) -> None:
    """Rewrites the extension elements of every step, and the names of messages."""
    translate_functions(work)
    for node in work.nodes():
        for name, rule in _RULES.items():
            found = take(node, SPACE, name)
            if found is not None:
                rule(work, node, found)
    for message in children(work.root, "message"):
        _subscription(work, message)


def _name(work: Translation, node: Node, found: Node, attribute: str) -> str:
    text = found.get(attribute, "")
    name = constant(text)
    if name is None:
        work.refuse(node, f'zeebe:{local(found)} {attribute}="{text}"', COMPUTED)
    return name or ""


def _attributes(*names: tuple[str, str]) -> Callable[[Translation, Node, Node], None]:
    """A rule that writes attributes of an extension element as Camunda attributes of the step."""

    def write(work: Translation, node: Node, found: Node) -> None:
        for theirs, ours in names:
            if found.get(theirs):
                node.set(camunda(ours), found.get(theirs, ""))
                work.read_as(node, f'zeebe:{local(found)} {theirs}="{found.get(theirs)}"', f"camunda:{ours}")

    return write


def _task(work: Translation, node: Node, found: Node) -> None:
    name, retries = _name(work, node, found, "type"), found.get("retries", "")
    if local(node) not in _PERFORMED:
        work.refuse(node, "zeebe:taskDefinition", PROGRAM)
        return
    if local(node) not in _BY_HANDLER:
        for definition in (*event_definitions(node), *children(node, "script")):
            node.remove(definition)
        node.tag = bpmn("serviceTask")
    node.set(camunda("type"), "external")
    node.set(camunda("topic"), name)
    if name:
        work.read_as(node, f'zeebe:taskDefinition type="{name}"', f'camunda:topic="{name}"')
    if retries.isascii() and retries.isdecimal() and len(retries) < 5 and int(retries) > 0:
        cycle = f"R{int(retries) - 1}/PT0S"
        add_extension(node, "failedJobRetryTimeCycle").text = cycle
        work.read_as(node, f'retries="{retries}"', f"camunda:failedJobRetryTimeCycle {cycle}")
    elif retries:
        work.refuse(node, f'zeebe:taskDefinition retries="{retries}"', COMPUTED)


def _form(work: Translation, node: Node, found: Node) -> None:
    key, inside = found.get("formKey", ""), None
    for process in node.iterancestors(bpmn("process")):
        forms = {f"camunda-forms:bpmn:{one.get('id')}": one for one in elements(process, SPACE, "userTaskForm")}
        inside = forms.get(key)
    form = _schema(inside)
    if form is not None:
        work.read_as(node, f'zeebe:formDefinition formKey="{key}"', f'camunda:formRef="{keep_form(node, form)}"')
    elif found.get("versionTag"):
        work.refuse(node, f'zeebe:formDefinition versionTag="{found.get("versionTag")}"', VERSION)
    elif found.get("formId"):
        name = _name(work, node, found, "formId")
        node.set(camunda("formRef"), name)
        work.read_as(node, f'zeebe:formDefinition formId="{name}"', f'camunda:formRef="{name}"')
    else:
        work.refuse(node, f'zeebe:formDefinition "{key or found.get("externalReference", "")}"', PAGE)


def _schema(inside: Node | None) -> dict[str, object] | None:
    """The form-js schema that stands in a process, or None where there is none to be read."""
    try:
        form = json.loads(inside.text or "") if inside is not None else None
    except (json.JSONDecodeError, RecursionError):
        return None
    return form if isinstance(form, dict) else None


def _decision(work: Translation, node: Node, found: Node) -> None:
    name, result = _name(work, node, found, "decisionId"), found.get("resultVariable", "")
    if found.get("versionTag"):
        work.refuse(node, f'zeebe:calledDecision versionTag="{found.get("versionTag")}"', VERSION)
    node.set(camunda("decisionRef"), name)
    node.set(camunda("resultVariable"), result)
    work.read_as(node, f'zeebe:calledDecision decisionId="{name}"', f'camunda:decisionRef="{name}"')


def _script(work: Translation, node: Node, found: Node) -> None:
    result = found.get("resultVariable", "")
    for old in list(children(node, "script")):
        node.remove(old)
    add(node, bpmn("script"), found.get("expression", ""))
    node.set("scriptFormat", "feel")
    node.set(camunda("resultVariable"), result)
    work.read_as(node, f'zeebe:script "{found.get("expression")}"', Sentence("a FEEL script for %(name)s", name=result))


def _properties(work: Translation, node: Node, found: Node) -> None:
    """Headers and properties, for handlers to see; names that mean something here get a prefix, and mean nothing."""
    for one in found.iterchildren("*"):
        name = one.get("key") or one.get("name") or ""
        ours = name.partition(".")[0] in _OUR_PROPERTIES
        set_property(node, f"{PREFIX}.{name}" if ours else name, one.get("value", ""))
    work.read_as(node, f"zeebe:{local(found)}", Sentence("properties of the step"))


def _ad_hoc(work: Translation, node: Node, found: Node) -> None:
    wanted = found.get("activeElementsCollection", "")
    if wanted:
        set_property(node, "activities", wanted)
        work.read_as(
            node,
            f'zeebe:adHoc activeElementsCollection="{wanted}"',
            Sentence("the property %(name)s", name="activities"),
        )
    for name in ("outputCollection", "outputElement"):
        if found.get(name):
            work.refuse(node, f"zeebe:adHoc {name}", FOREIGN)


def _version(work: Translation, node: Node, found: Node) -> None:
    node.set(camunda("versionTag"), found.get("value", ""))
    work.read_as(node, "zeebe:versionTag", "camunda:versionTag")


def _filtered(work: Translation, node: Node, found: Node) -> None:
    work.warn(node, f"zeebe:{local(found)}", *ANY_CHANGE)


def _repeated(work: Translation, node: Node, found: Node) -> None:
    activity = node.getparent()
    if activity is not None:
        repeated(work, activity, node, found)


def _subscription(work: Translation, message: Node) -> None:
    """The key by which a message finds its process stands at each event and task that waits for it."""
    found = take(message, SPACE, "subscription")
    key = found.get("correlationKey", "") if found is not None else ""
    for node in work.nodes(*FLOW_NODES) if key else ():
        if any(one.get("messageRef") == identity(message) for one in (node, *event_definitions(node))):
            set_property(node, "correlation", key)
            work.read_as(
                node,
                f'zeebe:subscription correlationKey="{key}"',
                Sentence("the property %(name)s", name="correlation"),
            )


_ASSIGNED = (("assignee", "assignee"), ("candidateGroups", "candidateGroups"), ("candidateUsers", "candidateUsers"))
_RULES: dict[str, Callable[[Translation, Node, Node], None]] = {
    "calledElement": called_element,
    "taskDefinition": _task,
    "ioMapping": map_variables,
    "assignmentDefinition": _attributes(*_ASSIGNED),
    "taskSchedule": _attributes(("dueDate", "dueDate"), ("followUpDate", "followUpDate")),
    "priorityDefinition": _attributes(("priority", "priority")),
    "formDefinition": _form,
    "calledDecision": _decision,
    "script": _script,
    "loopCharacteristics": _repeated,
    "taskHeaders": _properties,
    "properties": _properties,
    "adHoc": _ad_hoc,
    "versionTag": _version,
    "conditionalFilter": _filtered,
}
