"""Reason codes: why won, lost, disqualified, cancelled, deferred."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from crm import records
from crm.tables import reason_code
from crm.titles import Names, both, named


@dataclass(frozen=True)
class Reason:
    """One reason; some need a note."""

    kind: str
    code: str
    name: str
    name_zh: str
    note_required: bool
    active: bool

    @property
    def names(self) -> Names:
        """The name by language, for a sentence."""
        return both(self.name, self.name_zh)

    def display_name(self, language: str = "en") -> str:
        """The name in the reader's language."""
        return self.name_zh if language.startswith("zh") else self.name


def listing(connection: Connection, kind: str) -> tuple[Reason, ...]:
    """The active reasons of a kind (win, loss, disqualify, cancel, defer, lead), by code."""
    at = reason_code.c
    query = select(*records.columns(reason_code, Reason)).where(at.kind == kind, at.active)
    return records.every(connection, Reason, query.order_by(at.code))


def names(connection: Connection, *codes: str) -> Names:
    """What reasons of any kind are called by language, one after the other; an unknown code names itself."""
    query = select(reason_code.c.code, reason_code.c.name, reason_code.c.name_zh).where(reason_code.c.code.in_(codes))
    return named(tuple((code, name, name_zh) for code, name, name_zh in connection.execute(query)), *codes)


def get(connection: Connection, kind: str, code: str) -> Reason:
    """One reason, retired ones included; raises `RecordNotFound`."""
    at = reason_code.c
    query = select(*records.columns(reason_code, Reason)).where(at.kind == kind, at.code == code)
    return records.one(connection, Reason, query, both(f"reason code {kind}:{code}", f"原因代码 {kind}:{code}"))
