"""Every called process is deployed, and no ring of calls exists: but a process may call itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import properties
from engine.bpmn.lint.connected import entries, reached, successors
from engine.bpmn.lint.sheet import Sheet, nearest
from engine.bpmn.model import Element
from engine.bpmn.vocabulary import Node, children, first, identity
from engine.errors import Finding, Sentence

RULE = "calls"
_VERSION = re.compile(r"[0-9]{1,9}")
_BINDINGS = {
    "latest": None,
    "deployment": None,
    "version": "calledElementVersion",
    "versionTag": "calledElementVersionTag",
}


def check(sheet: Sheet) -> Iterator[Finding]:
    earlier: dict[str, Element] = {}
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        if element.kind == "callActivity" and node is not None:
            yield from _call(sheet, node, element)
            yield from _binding(sheet, node, element, earlier.setdefault(element.called_element or "", element))
            yield from _endless(sheet, node, element)


def _call(sheet: Sheet, node: Node, element: Element) -> Iterator[Finding]:
    name = element.called_element or ""
    if not name or expression(name) is not None:
        yield sheet.error(
            RULE,
            node,
            "Expected %(id)s to name the called process, but it gives %(name)s.",
            "Write the process id; to choose at run time, draw a gateway with one call activity for each.",
            id=element.id,
            name=name or Sentence("nothing"),
        )
        return
    if name not in sheet.known.processes and name != sheet.model.process_id:
        meant = nearest(name, sheet.known.processes)
        yield sheet.error(
            RULE,
            node,
            "Expected a deployed process, but %(name)s is not one.",
            "Did you mean %(meant)s?" if meant else "Deploy that process first, or together with this one.",
            name=name,
            meant=meant,
        )
    ring = _ring(sheet, name)
    if ring:
        yield sheet.error(
            RULE,
            node,
            "Expected calls to come to an end, but these processes call each other: %(ring)s.",
            "Hand over with an end event (property handover) instead of one of the calls.",
            ring=" > ".join(ring),
        )


def _binding(sheet: Sheet, node: Node, element: Element, earlier: Element) -> Iterator[Finding]:
    """Which version is called is said by a number or a tag, and the same way by every call of a process."""
    kind, wanted = _bound(element)
    if (
        kind not in _BINDINGS
        or (_BINDINGS[kind] and not wanted)
        or (kind == "version" and _VERSION.fullmatch(wanted) is None)
    ):
        yield sheet.error(
            RULE,
            node,
            "Expected %(id)s to call the latest, the deployed, a numbered or a tagged version, but it says %(said)s.",
            "Choose the binding again; write a number or a tag, no expression.",
            id=element.id,
            said=f"{kind} {wanted}".strip(),
        )
    elif _BINDINGS[kind] and element.called_element == sheet.model.process_id:
        yield sheet.error(
            RULE,
            node,
            "Expected %(id)s to call its own process in the version that runs, but it says %(said)s.",
            "Remove the binding: a process that calls itself calls the version it is.",
            id=element.id,
            said=f"{kind} {wanted}".strip(),
        )
    elif _bound(earlier) != (kind, wanted):
        yield sheet.error(
            RULE,
            node,
            "Expected one version of %(name)s to be called, but %(first)s and %(id)s call different ones.",
            "Let both calls follow the same version.",
            name=element.called_element,
            first=earlier.id,
            id=element.id,
        )


def _endless(sheet: Sheet, node: Node, element: Element) -> Iterator[Finding]:
    """A process that calls itself comes to an end without doing so, some time."""
    if element.called_element == sheet.model.process_id and not _avoidable(sheet, node):
        yield sheet.warning(
            RULE,
            node,
            "Expected a way to an end on which the process does not call itself again, but every way leads over "
            "%(id)s: it would go on without end.",
            "Draw a gateway before it that leads to an end when nothing is left to do.",
            id=element.id,
        )


def _avoidable(sheet: Sheet, call: Node) -> bool:
    """Whether a token can come to an end without passing this call, or the call may be left or run not at all."""
    following, ident = successors(sheet.process), identity(call)
    repeated = first(call, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics") is not None
    guarded = any(event.get("attachedToRef") == ident for event in children(sheet.process, "boundaryEvent"))
    if call.getparent() is not sheet.process or repeated or guarded or "skip_when" in properties(call):
        return True
    apart = {source: targets - {ident} for source, targets in following.items()}
    found = reached([one for one in entries(sheet.process) if one != ident], apart)
    return any(not following.get(one) for one in found)


def _bound(element: Element) -> tuple[str, str]:
    kind = element.attributes.get("calledElementBinding", "latest")
    return kind, element.attributes.get(_BINDINGS.get(kind) or "", "").strip()


def _ring(sheet: Sheet, called: str) -> list[str]:
    """The way from this process over `called`, which is another, back to itself; empty when there is none."""
    home = sheet.model.process_id
    ways, seen = [[home, called]] if called != home else [], set[str]()
    while ways:
        way = ways.pop()
        if way[-1] == home:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, following] for following in sorted(sheet.known.calls.get(way[-1], ())))
    return []
