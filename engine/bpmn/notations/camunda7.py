"""Camunda 7: its attributes are ours, its expressions are JUEL, and programs behind elements are not run.

Flowable and Activiti grew from the same root and use the same words; their own differences are in `flowable`.
"""

from __future__ import annotations

import re

from engine.bpmn.extensions import extension_holder
from engine.bpmn.notations.expression_translation import translate_expressions
from engine.bpmn.notations.form_fields import translate_forms
from engine.bpmn.notations.implementations import translate_implementations, translate_listeners
from engine.bpmn.notations.literals import warn_of_literals
from engine.bpmn.notations.mappings import translate_mappings
from engine.bpmn.notations.reasons import ANY_CHANGE, CASE, ELSEWHERE, MAPPING, PAGE, PROGRAM, TENANT, VERSION
from engine.bpmn.notations.task_names import work_out_names
from engine.bpmn.notations.translation import (
    Translation,
    Word,
    Words,
    attribute,
    drop,
    elements,
    kept,
    refused,
    run,
    translated,
)
from engine.bpmn.vocabulary import CAMUNDA, Node, camunda, event_definitions, text_of

WORDS: Words = {
    **run("@assignee", "@candidateUsers", "@candidateGroups", "@dueDate", "@followUpDate", "@priority"),
    **run("@formRef", means="the form of that name"),
    **run("@topic", "@delegateExpression", means="the handler of that name"),
    **run("@type", means="external: a handler performs it"),
    **run("@decisionRef", "@mapDecisionResult", "@resultVariable", "@asyncBefore", "@versionTag"),
    **run("@collection", "@elementVariable"),
    **run("@errorCodeVariable", "@errorMessageVariable", "@errorMessage", "@escalationCodeVariable"),
    **run("@calledElementBinding", "@calledElementVersionTag", "@calledElementVersion"),
    **run("properties", "property", "inputOutput", "inputParameter", "outputParameter", "in", "out"),
    **run("failedJobRetryTimeCycle", "@failedJobRetryTimeCycle"),
    **run("taskListener", means="the handler at the completion of a user task; others are refused"),
    **translated("an input parameter, for the handler to see", "field", "string", "expression"),
    **translated("the handler named like the class, in snake_case", "@class"),
    **translated("a FEEL script step that sets the result variable", "@expression"),
    **translated("the variable started_by", "@initiator"),
    **translated("camunda:asyncBefore", "@async"),
    **translated("@formRef, where it names a form file", "@formKey"),
    **translated("a form file of its own, named process.step", "formData", "formField", "validation", "constraint"),
    **translated("a field of a form file of its own", "formProperty"),
    **translated("a FEEL list, map or expression", "list", "map", "entry", "value", "script"),
    **kept("@asyncAfter", "@exclusive", means="every step is stored when it ends"),
    **kept("@historyTimeToLive", "@isStartableInTasklist", "@jobPriority", "@taskPriority"),
    **kept("@owner", means="the one it is assigned to is asked"),
    **kept("@modelerTemplate", "@modelerTemplateVersion", "@modelerTemplateIcon", "@diagramRelationId"),
    **run("@candidateStarterUsers", "@candidateStarterGroups", means="who begins a process outside the catalogue"),
    **translated("@candidateStarterUsers and @candidateStarterGroups", "potentialStarter", "formalExpression"),
    **kept("@decisionRefBinding", "@formRefBinding", means="what is deployed together belongs together"),
    **refused(PROGRAM, "connector", "connectorId", "@formHandlerClass", "errorEventDefinition"),
    "executionListener": Word("refused", "nothing is run beside a step (rule listeners)"),
    **refused(MAPPING, "@variableMappingClass", "@variableMappingDelegateExpression"),
    **refused(CASE, "@caseRef", "@caseBinding", "@caseVersion", "@caseTenantId"),
    **refused(ELSEWHERE, "@resource"),
    **refused(TENANT, "@calledElementTenantId", "@decisionRefTenantId"),
    **refused(VERSION, "@decisionRefVersion", "@decisionRefVersionTag", "@formRefVersion"),
    **refused(PAGE, "formKey"),
    **kept("@variableName", "@variableEvents", means="the condition is looked at whenever a variable changes"),
}
"""Attributes (`@name`) and extension elements, and what becomes of each."""
_STARTER = re.compile(r"(user|group)\((.*)\)")


def translate(work: Translation) -> None:
    """Leaves in the tree what we run, and notes the rest."""
    warn_of_literals(work)
    work_out_names(work)
    translate_expressions(work)
    translate_listeners(work)
    translate_implementations(work)
    translate_mappings(work)
    translate_forms(work)
    for node in work.nodes():
        _asynchronous(node)
        _conditional_events(work, node)
    for node in work.nodes("multiInstanceLoopCharacteristics"):
        _of_each_run(node)
    for node in work.nodes("process"):
        _starters(work, node)


def _asynchronous(node: Node) -> None:
    """The old word for `asyncBefore`."""
    if attribute(node, "async"):
        node.set(camunda("asyncBefore"), attribute(node, "async"))
        del node.attrib[camunda("async")]


def _of_each_run(loop: Node) -> None:
    """What a loop says of each of its runs, its activity says here."""
    activity = loop.getparent()
    if activity is None:
        return
    if attribute(loop, "asyncBefore") == "true":
        activity.set(camunda("asyncBefore"), "true")
    for cycle in elements(loop, CAMUNDA, "failedJobRetryTimeCycle"):
        extension_holder(activity).append(cycle)


def _starters(work: Translation, process: Node) -> None:
    """Who may begin a process, written as the roles of the standard are: a bare name is a group's."""
    for starter in elements(process, CAMUNDA, "potentialStarter"):
        texts = [text_of(one) for one in starter.iterdescendants("{*}formalExpression")]
        for part in filter(None, map(str.strip, ",".join(texts).split(","))):
            named = _STARTER.fullmatch(part)
            kind, name = ("Users" if named[1] == "user" else "Groups", named[2]) if named else ("Groups", part)
            found = attribute(process, f"candidateStarter{kind}")
            process.set(camunda(f"candidateStarter{kind}"), f"{found},{name}" if found else name)
            work.read_as(process, f"{work.prefix}:potentialStarter", f'camunda:candidateStarter{kind}="{name}"')
        drop(starter)


def _conditional_events(work: Translation, node: Node) -> None:
    for definition in event_definitions(node):
        for name in ("variableName", "variableEvents"):
            if attribute(definition, name):
                work.warn(definition, f"{work.prefix}:{name}", *ANY_CHANGE)
