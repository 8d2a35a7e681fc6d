"""Who changed what in which record, when: one row per change, written with it, never changed itself."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, Text

from crm.tables.columns import identity, metadata
from crm.tables.types import Moment

# `kind` is the record's table; `before` is empty for a new record; `reason` is what a person gave for it
record_change = Table(
    "record_change",
    metadata,
    identity(),
    Column("kind", String(60), nullable=False),
    Column("record_id", String(80), nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", String(80), nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("reason", Text),
    Index("ix_record_change_record", "kind", "record_id"),
)
