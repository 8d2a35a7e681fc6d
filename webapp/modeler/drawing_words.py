"""What the parts of a drawing and what is said of them are called for people."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from engine import bpmn
from webapp.languages import listed, named
from webapp.layout import cell

_PREFIXES = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://www.omg.org/spec/BPMN/20100524/MODEL": "",
    "http://www.omg.org/spec/BPMN/20100524/DI": "",
    "http://www.omg.org/spec/DD/20100524/DC": "",
    "http://www.omg.org/spec/DD/20100524/DI": "",
}
_ENDS = ("sourceRef", "targetRef")
_TRUTHS = {"true": True, "false": False}
Titles = Mapping[str, str]


def what(part: bpmn.Part) -> str:
    """The kind of a part, as people call it."""
    kinds: Titles = {
        "definitions": _("file"),
        "process": _("process"),
        "sequenceFlow": _("way"),
        "lane": _("lane"),
        "participant": _("pool"),
        "messageFlow": _("message flow"),
        "association": _("association"),
        "dataInputAssociation": _("data association"),
        "dataOutputAssociation": _("data association"),
        "textAnnotation": _("annotation"),
        "group": _("group"),
        "dataObject": _("data object"),
        "dataObjectReference": _("data object"),
        "dataStoreReference": _("data store"),
        "dataStore": _("data store"),
        "message": _("message"),
        "signal": _("signal"),
        "error": _("error"),
        "escalation": _("escalation"),
        "BPMNDiagram": _("diagram"),
    }
    return kinds.get(part.kind, _("element"))


def title(part: bpmn.Part, key: str, names: Titles) -> str:
    """What a part is called; a line goes by what it joins."""
    own = named(part.names)
    ends = [_end(part, end) for end in _ENDS]
    if all(ends):
        way = " → ".join(names.get(end, end) for end in ends)
        return f"{way} ({own})" if own else way
    return own or key


def _end(part: bpmn.Part, end: str) -> str:
    inner = next((text for where, text in part.facts.items() if _plain(where[0]).startswith(end)), "")
    return part.facts.get((f"@{end}",), inner).rpartition(":")[2]


def facts_of(part: bpmn.Part) -> dict[bpmn.Where, str]:
    """What is said of a part, its kind first."""
    kind = " ".join((part.kind, *bpmn.kinds_of_events(part)))
    return {("kind",): kind, **part.facts}


def label(where: bpmn.Where) -> str:
    """What a fact is called."""
    return _known(tuple(map(_plain, where))) or " / ".join(_shown(where)) or str(_("Text"))


def _known(where: bpmn.Where) -> str:
    """The names of the facts that people meet most."""
    simple: dict[bpmn.Where, str] = {
        ("kind",): _("Kind"),
        ("in",): _("Inside"),
        ("lanes",): _("Role"),
        ("order",): _("Order of the ways out"),
        ("incoming",): _("Lists as ways in"),
        ("outgoing",): _("Lists as ways out"),
        ("namespaces",): _("Namespaces"),
        ("@name",): _("Called"),
        ("documentation", "#text"): _("Text"),
        ("text", "#text"): _("Text"),
        ("@sourceRef",): _("From"),
        ("@targetRef",): _("To"),
        ("sourceRef", "#text"): _("From"),
        ("targetRef", "#text"): _("To"),
        ("conditionExpression", "#text"): _("Condition"),
        ("@default",): _("Taken when nothing else fits"),
        ("@attachedToRef",): _("Attached to"),
        ("@cancelActivity",): _("Interrupts"),
        ("@isInterrupting",): _("Interrupts"),
        ("@calledElement",): _("Other process"),
    }
    if where in simple:
        return simple[where]
    step, end = (where[-2] if len(where) > 1 else ""), where[-1]
    if step.startswith("time") and end == "#text":
        return str(_("Timer"))
    if len(where) == 1 and end.startswith("@camunda:"):
        return str(_("Setting %(name)s", name=end.removeprefix("@camunda:")))
    if step.startswith("camunda:property ") and end == "@value":
        return str(_("Property %(name)s", name=step.removeprefix("camunda:property ")))
    if step.startswith("translation ") and end == "#text":
        target, _space, code = step.removeprefix("translation ").partition(" ")
        return f"{_('Called') if target == '@name' else _('Text')} ({code})"
    return ""


def _shown(where: bpmn.Where) -> list[str]:
    steps = [_plain(step) for step in where if step != "#text"]
    steps = [_("Drawn") if step == "drawn" else step.removeprefix("@") for step in steps]
    return [step for step in steps if step != "extensionElements"]


def _plain(step: str) -> str:
    """A step without its namespace, with the prefix people know."""
    mark, brace, rest = step.partition("{")
    if not brace or mark not in ("", "@"):
        return step
    space, _brace, name = rest.partition("}")
    prefix = _PREFIXES.get(space, "")
    return f"{mark}{prefix}:{name}" if prefix else f"{mark}{name}"


def value(where: bpmn.Where, text: str, names: Titles) -> str:
    """A fact as people read it: elements by their titles, truth values in words."""
    end = _plain(where[-2] if where[-1] == "#text" and len(where) > 1 else where[-1]).partition(" ")[0]
    if end in ("in", "lanes", "order", "incoming", "outgoing", "@default") or end.endswith("Ref"):
        return listed(names.get(one.rpartition(":")[2], one) for one in text.split())
    return cell(_TRUTHS[text]) if text in _TRUTHS else text
