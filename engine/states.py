"""The life cycles of the engine's things, each one table of legal moves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from engine.errors import Conflict, Sentence


class InstanceState(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class JobState(StrEnum):
    READY = "ready"
    LEASED = "leased"
    INCIDENT = "incident"


class ApprovalState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"


class HandoverState(StrEnum):
    WAITING = "waiting"
    STARTED = "started"


class IncidentState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


class DraftState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    DEPLOYED = "deployed"
    REJECTED = "rejected"


# By class first: members of different enumerations with the same text are equal as dictionary keys.
MOVES: Mapping[type[StrEnum], Mapping[str, frozenset[str]]] = {
    InstanceState: {
        InstanceState.RUNNING: frozenset({InstanceState.COMPLETED, InstanceState.CANCELLED}),
        InstanceState.COMPLETED: frozenset(),
        InstanceState.CANCELLED: frozenset(),
    },
    TaskState: {
        TaskState.OPEN: frozenset({TaskState.CLAIMED, TaskState.COMPLETED, TaskState.CANCELLED}),
        TaskState.CLAIMED: frozenset({TaskState.OPEN, TaskState.COMPLETED, TaskState.CANCELLED}),
        TaskState.COMPLETED: frozenset(),
        TaskState.CANCELLED: frozenset(),
    },
    JobState: {
        JobState.READY: frozenset({JobState.LEASED, JobState.INCIDENT}),
        JobState.LEASED: frozenset({JobState.READY, JobState.INCIDENT}),
        JobState.INCIDENT: frozenset({JobState.READY}),
    },
    ApprovalState: {
        ApprovalState.OPEN: frozenset(
            {ApprovalState.APPROVED, ApprovalState.REJECTED, ApprovalState.ESCALATED, ApprovalState.WITHDRAWN}
        ),
        ApprovalState.APPROVED: frozenset(),
        ApprovalState.REJECTED: frozenset(),
        ApprovalState.ESCALATED: frozenset(),
        ApprovalState.WITHDRAWN: frozenset(),
    },
    HandoverState: {
        HandoverState.WAITING: frozenset({HandoverState.STARTED}),
        HandoverState.STARTED: frozenset(),
    },
    IncidentState: {
        IncidentState.OPEN: frozenset({IncidentState.RESOLVED}),
        IncidentState.RESOLVED: frozenset(),
    },
    DraftState: {
        DraftState.DRAFT: frozenset({DraftState.SUBMITTED}),
        DraftState.SUBMITTED: frozenset({DraftState.DRAFT, DraftState.DEPLOYED, DraftState.REJECTED}),
        DraftState.DEPLOYED: frozenset(),
        DraftState.REJECTED: frozenset({DraftState.DRAFT}),
    },
}


def may_move(old: StrEnum, new: StrEnum) -> bool:
    """Whether the table allows going from one state to another."""
    return new in MOVES[type(old)][old]


def move(what: str, old: StrEnum, new: StrEnum) -> StrEnum:
    """The new state; raises `Conflict` naming `what` and both states when the table forbids the move."""
    if not may_move(old, new):
        words = {"what": Sentence(what), "new": said(new), "old": said(old)}
        raise Conflict("Expected to make this %(what)s “%(new)s”, but it is “%(old)s”.", **words)
    return new


def said(state: StrEnum | str) -> Sentence:
    """A state as part of a sentence, in the reader's words."""
    return Sentence(str(state))
