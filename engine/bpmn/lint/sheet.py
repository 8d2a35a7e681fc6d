"""What every lint rule looks at, and how it reports what it finds."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from engine.bpmn.expressions import shortened
from engine.bpmn.model import Model
from engine.bpmn.processes import executable
from engine.bpmn.read import Drawing
from engine.bpmn.vocabulary import (
    Node,
    associations,
    bpmn,
    ends_of,
    event_kind,
    identity,
    line_of,
    undoes,
    within,
)
from engine.errors import Finding, Sentence

GUESSED_AMONG = 1_000
BUILT_IN_TOPICS = frozenset({"notify_due", "remind_approver", "escalate_approval", "cancel_open_work"})
"""Service task topics that the engine performs itself; they need no handler."""


@dataclass(frozen=True)
class Known:
    """What a drawing may name: handlers and forms by name, decisions and processes by id; the `answers` of decisions.

    `calls` tells for each known process id which process ids it calls, so that a ring of
    calls is found. `groups` are those that somebody may belong to; None or none skips that check. `schema_folder` holds
    the BPMN 2.0 XSD files; None skips that check too.
    """

    handlers: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    calls: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: frozenset[str] | None = None
    schema_folder: Path | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """One drawing under inspection."""

    drawing: Drawing
    model: Model
    known: Known

    @cached_property
    def process(self) -> Node:
        """The executable process."""
        return self.drawing.process

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Every element of the file that has an id."""
        return {identity(node): node for node in self.drawing.root.iter("*") if identity(node)}

    @cached_property
    def associated(self) -> Mapping[str, list[str]]:
        """The ids that associations join with an id."""
        return associations(self.drawing.root)

    @cached_property
    def lost_undoing(self) -> list[Node]:
        """The associations that should join an event with what undoes, and lead nowhere: an error among references."""
        return [one for one in within(self.drawing.root, "association") if self.runs(one) and self._loses(one)]

    def _loses(self, association: Node) -> bool:
        ends = [self.by_id.get(end) for end in ends_of(association)]
        return None in ends and any(
            end is not None and (undoes(end) or event_kind(end) == "compensate") for end in ends
        )

    def runs(self, node: Node) -> bool:
        """Whether something stands in a process that is executed, or in none."""
        process = next(node.iterancestors(bpmn("process")), None)
        return process is None or process in self._executable

    @cached_property
    def _executable(self) -> list[Node]:
        return executable(self.drawing.root)

    def is_refused(self, element: str) -> bool:
        """Whether it was told already, when the file was read, that an element cannot run."""
        return any(one.element == element and one.severity == "error" for one in self.drawing.told)

    def nodes(self, *kinds: str) -> Iterator[Node]:
        """The elements of these kinds inside the process, at any depth, in file order."""
        return within(self.process, *kinds)

    def error(self, rule: str, node: Node | None, message: str, remedy: str, **values: object) -> Finding:
        """A finding that stops the deployment. Both templates take the same values."""
        return self._finding(rule, node, "error", message, remedy, values)

    def warning(self, rule: str, node: Node | None, message: str, remedy: str, **values: object) -> Finding:
        """A finding that only asks for a second look."""
        return self._finding(rule, node, "warning", message, remedy, values)

    def _finding(
        self, rule: str, node: Node | None, severity: str, message: str, remedy: str, values: Mapping[str, object]
    ) -> Finding:
        element, line = ("", 0) if node is None else (shortened(owner(node)), line_of(node))
        shown = {name: shortened(value) if isinstance(value, str) else value for name, value in values.items()}
        told, mended = Sentence(message, **shown), Sentence(remedy, **shown)
        return Finding(self.drawing.file, element, line, rule, told, mended, severity)


def owner(node: Node | None) -> str:
    """The id of the element, or of the nearest one around it that has an id."""
    while node is not None:
        if identity(node):
            return identity(node)
        node = node.getparent()
    return ""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be; among very many names none is looked for."""
    known = sorted(islice(names, GUESSED_AMONG + 1))
    found = [] if len(known) > GUESSED_AMONG else difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return found[0] if found else None
