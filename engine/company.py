"""What the engine must be told about the company it runs in: its people, and the records behind forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol


class Directory(Protocol):
    """What the engine must know about people; `crm.people` implements it for one connection."""

    def exists(self, user: str) -> bool:
        """Whether an active user has this login."""
        ...

    def display_name(self, user: str) -> str:
        """The name to show for a login; the login itself when unknown."""
        ...

    def names(self, user: str) -> Mapping[str, str]:
        """The names of a login by language, for a sentence; the login itself when unknown."""
        ...

    def groups_of(self, user: str) -> tuple[str, ...]:
        """The groups (roles such as `rep`, `mgr`, `ops`) a user belongs to."""
        ...

    def group_names(self, group: str) -> Mapping[str, str]:
        """The names of a group by language, for a sentence; the group itself when unknown."""
        ...

    def known_groups(self) -> frozenset[str]:
        """Every group that somebody may belong to."""
        ...

    def members_of(self, group: str) -> tuple[str, ...]:
        """The active users of a group."""
        ...

    def approvers(self, level: int, requester: str) -> tuple[str, ...]:
        """Managers of `level` (1 line, 2 regional, 3 head) in the requester's line, never the requester."""
        ...

    def substitutes(self, user: str, on: date, process: str) -> tuple[str, ...]:
        """Who acts for `user` on that day in that process."""
        ...

    def stands_in_for(self, user: str, on: date, process: str) -> tuple[str, ...]:
        """Whom `user` acts for on that day in that process."""
        ...

    def reports_of(self, manager: str) -> tuple[str, ...]:
        """The active users below `manager`, however far."""
        ...

    def mail_address(self, user: str) -> tuple[str, str] | None:
        """The mail address and language of a user who wants notices by mail too; None for everybody else."""
        ...

    def due_after(self, party: str, start: datetime, hours: Decimal) -> datetime:
        """The moment `hours` working hours after `start` in the calendar of a user or `group:<name>`."""
        ...


class RecordChange(Protocol):
    """What happened to a record: its number, who changed it last and when, the newer values by field."""

    @property
    def record(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def when(self) -> datetime: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


class Records(Protocol):
    """What the engine must know about the records behind forms: whether they are as the person saw them."""

    def mark(self, connection: Any, business_key: str) -> str | None:
        """A text that changes with the record; None when the key names none that can change."""
        ...

    def changed(self, connection: Any, business_key: str, mark: str) -> RecordChange | None:
        """What changed since the record had this mark; None when nothing did. Locks the record."""
        ...
