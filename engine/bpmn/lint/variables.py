"""Names in expressions exist, as far as the drawing alone can tell."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from engine.bpmn.lint.places import Place, places
from engine.bpmn.lint.sheet import Sheet, nearest
from engine.errors import Finding
from engine.feel import FeelSyntaxError, compile_expression

RULE = "variables"
TIMER_CONTEXTS = {
    "approval": frozenset(
        "level type requester approver requested_at remind_at due_at urgency sla_hours remind_hours".split()
    ),
    "task": frozenset("due_at follow_up_at created_at assignee priority".split()),
}
"""What the engine offers to timers beside the process variables, besides `config` (settings by step id)."""
_MEMBER = re.compile(r"(?<![\w.])(config|approval|task)\.(\w+)")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
# Below this likeness two names are rather two things than one thing misspelt.
_SAME, _SHORTEST = 0.93, 7


def check(sheet: Sheet) -> Iterator[Finding]:
    found = [(place, _names(place)) for place in places(sheet)]
    used = Counter(name for _, names in found for name in names)
    for place, names in found:
        for name in sorted(names):
            yield from _misspelt(sheet, place, name, used)
        yield from _members(sheet, place)


def _names(place: Place) -> frozenset[str]:
    try:
        return compile_expression(place.text).names
    except FeelSyntaxError:
        return frozenset()


def _misspelt(sheet: Sheet, place: Place, name: str, used: Counter[str]) -> Iterator[Finding]:
    if used[name] > 1 or len(name) < _SHORTEST:
        return
    meant = nearest(name, (other for other, count in used.items() if count > 1))
    if meant and difflib.SequenceMatcher(None, name, meant).ratio() >= _SAME:
        yield sheet.warning(
            RULE,
            place.node,
            "Expected %(name)s in %(place)s to be used elsewhere too, but it appears only here.",
            "Did you mean %(meant)s?",
            name=name,
            place=place.name,
            meant=meant,
        )


def _members(sheet: Sheet, place: Place) -> Iterator[Finding]:
    for context, member in _MEMBER.findall(_STRING.sub("", place.text)):
        if context == "config":
            known = frozenset(sheet.model.elements)
        elif place.timer:
            known = TIMER_CONTEXTS[context]
        else:
            continue
        if member not in known:
            yield sheet.warning(
                RULE,
                place.node,
                "Expected %(context)s.%(member)s to exist, but %(context)s has no such name.",
                "Use one of: %(known)s.",
                context=context,
                member=member,
                known=nearest(member, known) or ", ".join(sorted(known)[:8]),
            )
