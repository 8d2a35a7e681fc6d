"""Call activities: the called element by its bare id; a global task of the same file becomes that task."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from engine.bpmn.expressions import expression, unwrap
from engine.bpmn.extensions import add_extension, extension_holder, extensions
from engine.bpmn.vocabulary import Node, bpmn, children, first, identity, local, within

TASK_OF = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
ROLES = ("potentialOwner", "humanPerformer", "performer", "resourceRole")
MOST_COPIED = 100_000
"""How many elements of global tasks are copied at most; a call beyond that finds nothing to call."""
_OWN = ("rendering", "script")
_LITERAL = re.compile(r'"([^"\\]*)"')
_RECORD = "business_record"


def bare_names(root: Node) -> None:
    """Takes the prefix of a qualified name (`tns:order`) and the wrapper of a constant (`${"order"}`) off."""
    for call in within(root, "callActivity"):
        called = call.get("calledElement", "").strip()
        constant = _LITERAL.fullmatch(expression(called) or "")
        prefix, colon, name = called.partition(":")
        if constant is not None:
            call.set("calledElement", constant[1])
        elif colon and prefix in call.nsmap:
            call.set("calledElement", name)


def inline_global_tasks(root: Node) -> None:
    """A call of a global task (BPMN 2.0, 10.2.7) is that task, with the call's id, flows, loop and mappings."""
    tasks = {identity(node): node for node in children(root, *TASK_OF)}
    sizes = {ident: sum(1 for _ in task.iter("*")) for ident, task in tasks.items()}
    left = MOST_COPIED
    for call in list(within(root, "callActivity")):
        name = call.get("calledElement", "")
        if name in tasks and sizes[name] <= left:
            left -= sizes[name]
            _become(call, tasks[name])


def _become(call: Node, task: Node) -> None:
    call.tag = bpmn(TASK_OF[local(task)])
    for name in [str(one) for one in call.attrib if "alledElement" in str(one)]:
        del call.attrib[name]
    for name, value in ((str(key), str(text)) for key, text in task.attrib.items()):
        own = "scriptFormat" if name == "scriptLanguage" else name
        if own != "id" and own not in call.attrib:
            call.set(own, value)
    _mappings_as_parameters(call)
    extensions_given = first(task, "extensionElements")
    if extensions_given is not None:
        extension_holder(call).extend([copy.deepcopy(one) for one in extensions_given])
    loop = first(call, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    for part in _parts(task, *ROLES):
        if loop is None:
            call.append(part)
        else:
            loop.addprevious(part)
    call.extend(_parts(task, *_OWN))


def _parts(task: Node, *names: str) -> Iterator[Node]:
    """Copies without ids, because several calls may take them."""
    for part in children(task, *names):
        made = copy.deepcopy(part)
        for node in made.iter("*"):
            if identity(node):
                del node.attrib["id"]
        yield made


def _mappings_as_parameters(call: Node) -> None:
    for name, kind in (("in", "inputParameter"), ("out", "outputParameter")):
        for one in list(extensions(call, name)):
            formula = one.get("sourceExpression") or one.get("businessKey") or ""
            source = unwrap(formula) or one.get("source", "")
            target = _RECORD if one.get("businessKey") else one.get("target", "")
            if source and target and "processBusinessKey" not in source:
                add_extension(call, kind, "inputOutput", name=target).text = f"${{{source}}}"
            extension_holder(call).remove(one)
