"""Transactions: a cancel end event stops one and undoes what was completed in it (BPMN 2.0, 10.2.5 and 13.4.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.port import Effect, Left
from engine.spiff.boundary import BoundaryEvent
from engine.spiff.calls import SubProcess
from engine.spiff.compensation import (
    TODO,
    CompensationEnd,
    CompensationEvent,
    CompensationThrow,
    Completion,
    Stored,
    completed,
    completion_of,
    keep,
    undo,
    undo_next,
)
from engine.spiff.flows import Frame
from engine.spiff.steps import Step
from engine.spiff.throws import EndEvent
from engine.spiff.tokens import Token


class Transaction(SubProcess):
    """A transaction sub-process: like any other, but for being cancelled."""


class CancelEvent(BoundaryEvent):
    """The cancel event on the border of a transaction: undoes what was done in there, then goes on."""

    awaits_outside = False

    def waiting(self, token: Token) -> Effect | None:
        return None

    def cancelled(self, host: Token) -> None:
        """Stops the transaction, in all its runs, and undoes what they completed."""
        token = Token(host.workflow, self)
        token.begin()
        done = list(_done(host))
        host.cancel()
        if not undo(token, done):
            token.complete()

    def returned(self, token: Token, inner: Frame) -> None:
        """What was to be undone first has been undone."""
        if not undo_next(token):
            token.complete()


class CancelEnd(EndEvent):
    """An end event that cancels the transaction around it; nothing but an end while that is being undone already."""

    transaction: Any = None
    event: Any = None
    """The cancel event on the border of the transaction."""

    def _on_complete(self, token: Token) -> None:
        host: Any = token.workflow.host
        while host is not None and host.task_spec is not self.transaction:
            host = host.workflow.host
        if host is None:
            EndEvent._on_complete(self, token)
            return
        token.top.effects.append(Left(token.place, self.kind))
        token.remove()
        self.event.cancelled(host if host.task_spec.loop is None else host.parent)


def _done(host: Token) -> Iterator[Stored]:
    """What was completed in an activity so far: its runs that have ended, and parts of what is running in it."""
    host.top.everything()  # runs that are packed count as well
    done = completed(host.workflow)
    yield from (one for one in done if Completion.of(one).group == host.id)
    keep(host.workflow, [one for one in done if Completion.of(one).group != host.id])
    for token in host.workflow.tasks.values():
        if token is host or token._parent == host.id:
            yield from _parts(token)


def _parts(token: Token) -> Iterator[Stored]:
    """What was completed in a running sub-process or call; what is left to do, where that is being undone already."""
    inner: Any = token.top.subprocesses.get(token.id)
    if TODO in token.internal_data:
        yield from token.internal_data[TODO]
    elif inner is not None:
        parts = [part for one in tuple(inner.tasks.values()) for part in _parts(one)]
        keep(inner, [*completed(inner), *parts])
        completion = completion_of(token, inner, ended=False)
        if completion is not None:
            yield completion.stored()


EVENTS: dict[tuple[str, str], type[Step]] = {
    ("boundaryEvent", "compensate"): CompensationEvent,
    ("intermediateThrowEvent", "compensate"): CompensationThrow,
    ("endEvent", "compensate"): CompensationEnd,
    ("boundaryEvent", "cancel"): CancelEvent,
    ("endEvent", "cancel"): CancelEnd,
}
"""The events that undo something, by their element and what they are about."""
