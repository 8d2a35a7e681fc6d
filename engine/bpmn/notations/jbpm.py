"""jBPM: constants of a task are texts, bare owners are people, a task's name is its handler's; programs are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.notations.implementations import snake
from engine.bpmn.notations.juel import NotJuel
from engine.bpmn.notations.juel_feel import to_feel
from engine.bpmn.notations.juel_text import Text, Unsayable, joined, literal
from engine.bpmn.notations.reasons import CALLED_ALONE, FOREIGN, PROGRAM, SCRIPT
from engine.bpmn.notations.translation import Translation, Words, drop, elements, kept, owner, refused, translated
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    EVENTS,
    Node,
    bpmn,
    camunda,
    children,
    first,
    flows,
    identity,
    local,
    scopes,
    text_of,
    within,
)
from engine.errors import Sentence

SPACE = "http://www.jboss.org/drools"
PREFIX = "drools"
WORDS: Words = {
    **kept("@packageName", "@version", "@adHoc", "@dtype", "@taskPriority", "metaData", "metaValue", "import"),
    **kept("@selectable", "@bgcolor", "@bordercolor", "@color_fill", "@dockerinfo", "@isInput", "@isOutput"),
    **kept("@boundaryca", "@dg", "@datype", "@mitask", means="says again what an attribute of BPMN says"),
    **kept("@actrefname", "@erefname", "@esccode", "@msgref", means="says again what an attribute of BPMN says"),
    **translated("the handler of that name, in snake_case", "@taskName"),
    **translated("the order in which conditions are tried", "@priority"),
    **refused(PROGRAM, "global", "@serviceimplementation", "@serviceinterface", "@serviceoperation"),
    **refused(SCRIPT, "onEntry-script", "onExit-script", "script"),
    **refused(FOREIGN, "@ruleFlowGroup", "@independent", "@waitForCompletion"),
}
_SAME = {"waitForCompletion": "true", "independent": "false"}
"""Settings of a call that say what every call does here."""
_VALUES = frozenset({"Integer", "Float", "Boolean", "java.lang.Integer", "java.lang.Float", "java.lang.Boolean"})
_DEADLINES = frozenset("NotStartedReassign NotCompletedReassign NotStartedNotify NotCompletedNotify".split())
_NARROWER = frozenset({"processInstance", "project", "external"})
_JAVA = "http://www.java.com/javaTypes"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NOTHING_LEFT = re.compile(
    r"\s*(?:autocomplete|getActivityInstanceAttribute\(\s*[\"']numberOfActiveInstances[\"']\s*\)\s*==\s*0)\s*"
)
"""What ends an ad hoc sub-process when nothing goes on in it, as one without a completion condition does."""
_JAVA_LIKE = re.compile(r"java\.com/java|mvel", re.IGNORECASE)
_RETURNED = re.compile(r"\s*return\b\s*(.+?)\s*;\s*", re.DOTALL)
_HOLE = re.compile(r"#\{([^{}]*)\}")


def wrote(root: Node) -> bool:
    """Whether a file comes from jBPM: others declare its namespace as well, but use nothing of it."""
    names = (str(name) for node in root.iter("*") for name in (node.tag, *node.attrib))
    return root.get("typeLanguage") == _JAVA or any(name.startswith(f"{{{SPACE}}}") for name in names)


def translate(work: Translation) -> None:
    """Reads what its drawings say in words of the standard, and means in its own way."""
    for process in work.nodes("process"):
        if process.get(f"{{{SPACE}}}adHoc") == "true":
            work.refuse(process, 'drools:adHoc="true"', FOREIGN)
        for scope in scopes(process):
            _order(work, scope)
    for node in work.nodes():
        if local(node) in _READ:
            _READ[local(node)](work, node)
    _conditions(work)
    for node in work.nodes(*ACTIVITIES, *EVENTS):
        _constants(work, node)
        _beside(work, node)


def _beside(work: Translation, node: Node) -> None:
    """A program at a step is refused later, unless it is empty; a signal for fewer than all is refused."""
    for one in (*elements(node, SPACE, "onEntry-script"), *elements(node, SPACE, "onExit-script")):
        if not "".join(map(str, one.itertext())).strip():
            drop(one)
    for one in elements(node, SPACE, "metaData"):
        said = text_of(next(one.iterchildren("*"), None))
        if one.get("name") == "customScope" and said in _NARROWER:
            work.refuse(node, f'drools:metaData customScope="{said}"', FOREIGN)


def _person(work: Translation, node: Node) -> None:
    """A task for people is what it is, and its owners are names, or what `#{...}` names."""
    if node.get(f"{{{SPACE}}}taskName") is not None:
        del node.attrib[f"{{{SPACE}}}taskName"]
    for one in within(node, "formalExpression"):
        _is_feel(one)


def _handler(work: Translation, node: Node) -> None:
    """A task with a name of its own (a "work item") is done by what is registered under that name."""
    name = str(node.attrib.pop(f"{{{SPACE}}}taskName", ""))
    if name:
        node.tag = bpmn("serviceTask")
        node.set(camunda("type"), "external")
        node.set(camunda("topic"), snake(re.sub(r"\W+", "_", name)))
        work.read_as(node, f'drools:taskName="{name}"', f'camunda:topic="{node.get(camunda("topic"))}"')


def _call(work: Translation, node: Node) -> None:
    """Drops settings that say what is so anyway; a called process that outlives its call is told of."""
    for name, value in _SAME.items():
        if node.get(f"{{{SPACE}}}{name}") == value:
            del node.attrib[f"{{{SPACE}}}{name}"]
    if node.attrib.pop(f"{{{SPACE}}}independent", "") == "true":
        work.warn(node, 'drools:independent="true"', *CALLED_ALONE)


def _signal(work: Translation, definition: Node) -> None:
    """A signal that the file does not declare goes by what it is referred to."""
    name = definition.get("signalRef", "")
    if name and all(identity(one) != name for one in children(work.root, "signal")):
        made = etree.Element(bpmn("signal"), {"id": f"signal_of_{owner(definition)}", "name": name})
        next(children(work.root, "process")).addprevious(made)
        definition.set("signalRef", made.get("id", ""))
        work.read_as(definition, f'signalRef="{name}"', f"signal {name}")


def _order(work: Translation, scope: Node) -> None:
    """Conditions are tried in the order of their priorities: the flows of a choice are put in that order."""
    leaving: dict[str, list[Node]] = {}
    for flow in flows(scope):
        leaving.setdefault(flow.get("sourceRef", ""), []).append(flow)
    for gateway in children(scope, "exclusiveGateway"):
        drawn = leaving.get(identity(gateway), [])
        tried = sorted(drawn, key=_priority)
        if tried != drawn:
            place = etree.Comment("")
            drawn[0].addprevious(place)
            for flow in tried:
                place.addprevious(flow)
            scope.remove(place)
            work.read_as(gateway, "drools:priority", Sentence("the order in which its conditions are tried"))


def _priority(flow: Node) -> int:
    text = flow.get(f"{{{SPACE}}}priority", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


_READ = {
    "userTask": _person,
    "task": _handler,
    "serviceTask": _handler,
    "callActivity": _call,
    "signalEventDefinition": _signal,
}


def _conditions(work: Translation) -> None:
    for node in work.nodes("completionCondition"):
        if _NOTHING_LEFT.fullmatch(text_of(node)):
            work.read_as(node, text_of(node), Sentence("no completion condition"))
            drop(node)
    whole = work.root.get("expressionLanguage", "")
    for node in work.nodes("conditionExpression", "completionCondition"):
        if _JAVA_LIKE.search(node.get("language") or whole):
            _condition(work, node)


def _condition(work: Translation, node: Node) -> None:
    """A condition in Java or MVEL that says no more than JUEL could; any other stays, and is refused as what it is."""
    returned = _RETURNED.fullmatch(text_of(node))
    text = returned[1] if returned else text_of(node)
    try:
        found = to_feel(text).text
    except (NotJuel, Unsayable):
        return
    if "/" in text:  # Java divides whole numbers without a rest
        return
    work.read_as(node, text_of(node), found)
    node.text = found
    node.set("language", "FEEL")


def _constants(work: Translation, node: Node) -> None:
    """Constants are texts, unless their type says otherwise; who a task is for and until when stands among them."""
    for name, kind, value, target in _given(node):
        text = text_of(value)
        _is_feel(value)
        _is_feel(target)
        if local(node) == "userTask" and name in _DEADLINES and text:
            work.refuse(node, name, FOREIGN)
        if local(node) == "userTask" and name == "GroupId" and text and not node.get(camunda("candidateGroups")):
            node.set(camunda("candidateGroups"), text)
            work.read_as(node, f"GroupId {text}", "camunda:candidateGroups")
        if kind not in _VALUES:
            value.text = _text(text)
            work.read_as(node, Sentence("the parameter %(name)s", name=name), value.text)


def _is_feel(node: Node) -> None:
    """Notes that an expression is not in the language of the file: a constant, a name, or what `#{...}` names."""
    formal = local(node) == "formalExpression" or node.get(_TYPE, "").endswith("tFormalExpression")
    if formal and not node.get("language"):
        node.set("language", "FEEL")


def _given(node: Node) -> Iterator[tuple[str, str, Node, Node]]:
    """Name and type of each input to which a constant or text is assigned, and the two ends of that."""
    holder = first(node, "ioSpecification")
    holder = node if holder is None else holder
    inputs = {identity(one): one for one in children(holder, "dataInput")}
    for association in children(node, "dataInputAssociation"):
        for assignment in children(association, "assignment"):
            value, target = first(assignment, "from"), first(assignment, "to")
            wanted = inputs.get(text_of(first(association, "targetRef")))
            if wanted is None or value is None or target is None or value.get("language"):
                continue
            yield wanted.get("name", ""), wanted.get(f"{{{SPACE}}}dtype", ""), value, target


def _text(text: str) -> str:
    """A text with `#{...}` in it as FEEL."""
    parts = [(part, number % 2) for number, part in enumerate(_HOLE.split(text)) if part]
    pieces = [Text(part) if hole else literal(part) for part, hole in parts] or [literal("")]
    return pieces[0].text if len(pieces) == 1 else joined(pieces).text
