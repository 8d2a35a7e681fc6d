"""Names in expressions exist, as far as the drawing alone can tell."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from engine.bpmn.lint.places import Place, places
from engine.bpmn.lint.set_names import SetNames
from engine.bpmn.lint.sheet import Sheet, nearest
from engine.errors import Finding
from engine.feel import FeelSyntaxError, compile_expression

RULE = "variables"
TIMER_CONTEXTS = {
    "approval": frozenset({"level", "remind_at", "due_at"}),
    "task": frozenset({"due_at"}),
}
"""What the engine offers to timers beside the process variables, besides `config` (settings by step id)."""
CONTEXTS = frozenset({"config", *TIMER_CONTEXTS})
_MEMBER = re.compile(r"(?<![\w.])(config|approval|task)\.(\w+)")
_ROOT = re.compile(r"(?<![\w.])([^\W\d]\w*)\.(?=[^\W\d])")
TIMERS = frozenset({"timeDate", "timeDuration", "timeCycle"})
SURE = frozenset({"business_key", "started_by", "business_record"})
"""Variables that every process has or may have from its start."""
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
    known = SetNames(sheet)
    answers = sheet.known.answers
    often = sorted({name for name, count in used.items() if count > 1} | answers)
    few = len(used) * len(often) <= COMPARED
    for place, names in found:
        for name in sorted(names) if few else ():
            if used[name] == 1 and len(name) >= _SHORTEST and name not in GIVEN | answers:
                yield from _misspelt(sheet, place, name, often)
        unknown = sorted(names & CONTEXTS - _offered(sheet, place))
        yield from _out_of_place(sheet, place, unknown) if unknown else _members(sheet, place)
        yield from _nowhere(sheet, known, place, names)


def _offered(sheet: Sheet, place: Place) -> frozenset[str]:
    """The contexts that the engine offers to the expression of a place."""
    if place.name not in TIMERS:
        return frozenset()
    guarded = sheet.model.elements.get(place.node.get("attachedToRef", ""))
    if guarded is None:
        return frozenset({"config"})
    if guarded.approval:
        return frozenset({"config", "approval"})
    return CONTEXTS - {"approval"} if guarded.kind in ("userTask", "manualTask", "task") else frozenset({"config"})


def _out_of_place(sheet: Sheet, place: Place, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        yield sheet.error(
            RULE,
            place.node,
            "Expected %(name)s only in timers that it is offered to, but %(place)s names it, where it would be null.",
            "Every timer event may read config, one on the border of a task for people task, of an approval approval; "
            "elsewhere read a variable that a form, a mapping or a handler sets.",
            place=place.name,
            name=name,
        )


def _nowhere(sheet: Sheet, known: SetNames, place: Place, names: frozenset[str]) -> Iterator[Finding]:
    """Warns of parts of a variable that no step can have set, such as the objects of another engine."""
    roots = set(_ROOT.findall(_STRING.sub("", place.text))) & names - CONTEXTS - GIVEN - SURE
    missing = [] if not roots or place.name in TIMERS or known.may_be_others else sorted(roots - known.names)
    if missing:
        yield sheet.warning(
            RULE,
            place.node,
            "Expected %(place)s to read what is set by then, but nothing in the drawing sets %(name)s.",
            "Set it in a step before, or see that the process begins with %(name)s.",
            place=place.name,
            name=", ".join(missing),
        )


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
        known: Collection[str] = sheet.model.elements if context == "config" else TIMER_CONTEXTS[context]
        if member not in known:
            yield sheet.error(
                RULE,
                place.node,
                "Expected %(context)s.%(member)s to exist, but %(context)s has no such name.",
                "Use one of: %(known)s.",
                context=context,
                member=member,
                known=nearest(member, known) or ", ".join(sorted(known)[:8]),
            )
