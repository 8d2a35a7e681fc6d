"""Names in expressions exist, as far as the drawing alone can tell."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

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
CONTEXTS = frozenset({"config", *TIMER_CONTEXTS})
_MEMBER = re.compile(r"(?<![\w.])(config|approval|task)\.(\w+)")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
GIVEN = frozenset(
    "activationCount activationCounts waitingForStart loopCounter nrOfInstances nrOfActiveInstances"
    " nrOfCompletedInstances numberOfInstances numberOfActiveInstances numberOfCompletedInstances"
    " numberOfTerminatedInstances".split()
)
"""Names that the engine gives to the conditions of gateways and repetitions: alike, and each right by itself."""
# Below this likeness two names are rather two things than one thing misspelt.
_SAME, _SHORTEST = 0.93, 7
COMPARED = 100_000
"""How many pairs of names are compared at most; a drawing with more is not searched for misspelt ones."""


def check(sheet: Sheet) -> Iterator[Finding]:
    found = [(place, _names(place)) for place in places(sheet)]
    used = Counter(name for _, names in found for name in names)
    often = sorted(name for name, count in used.items() if count > 1)
    few = len(used) * len(often) <= COMPARED
    for place, names in found:
        for name in sorted(names) if few else ():
            if used[name] == 1 and len(name) >= _SHORTEST and name not in GIVEN:
                yield from _misspelt(sheet, place, name, often)
        yield from _members(sheet, place)


def _names(place: Place) -> frozenset[str]:
    try:
        return compile_expression(place.text).names
    except FeelSyntaxError:
        return frozenset()


def _misspelt(sheet: Sheet, place: Place, name: str, often: Sequence[str]) -> Iterator[Finding]:
    meant = nearest(name, often)
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
            known: Collection[str] = sheet.model.elements
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
