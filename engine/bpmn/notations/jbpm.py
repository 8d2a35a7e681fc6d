"""jBPM: constants of a task are texts, bare owners are people; what only its own programs do is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.notations.juel import NotJuel
from engine.bpmn.notations.juel_feel import to_feel
from engine.bpmn.notations.juel_text import Text, Unsayable, joined, literal
from engine.bpmn.notations.reasons import FOREIGN, PROGRAM, SCRIPT
from engine.bpmn.notations.translation import Translation, Words, drop, elements, kept, refused
from engine.bpmn.vocabulary import ACTIVITIES, EVENTS, Node, camunda, children, first, identity, local, text_of, within
from engine.errors import Sentence

SPACE = "http://www.jboss.org/drools"
PREFIX = "drools"
WORDS: Words = {
    **kept("@packageName", "@version", "@adHoc", "@dtype", "@taskPriority", "metaData", "metaValue", "import"),
    **kept("@selectable", "@priority", "@bgcolor", "@color_fill", "@isInput", "@isOutput"),
    **refused(PROGRAM, "@taskName", "global", "@serviceimplementation", "@serviceinterface", "@serviceoperation"),
    **refused(SCRIPT, "onEntry-script", "onExit-script", "script"),
    **refused(FOREIGN, "@ruleFlowGroup", "@independent", "@waitForCompletion"),
}
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
    for node in work.nodes("userTask"):
        _person(node)
    _conditions(work)
    for node in work.nodes(*ACTIVITIES, *EVENTS):
        _constants(work, node)
        for one in elements(node, SPACE, "metaData"):
            said = text_of(next(one.iterchildren("*"), None))
            if one.get("name") == "customScope" and said in _NARROWER:
                work.refuse(node, f'drools:metaData customScope="{said}"', FOREIGN)


def _person(node: Node) -> None:
    """A task for people is what it is, and its owners are names, or what `#{...}` names."""
    if node.get(f"{{{SPACE}}}taskName") is not None:
        del node.attrib[f"{{{SPACE}}}taskName"]
    for one in within(node, "formalExpression"):
        _is_feel(one)


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
