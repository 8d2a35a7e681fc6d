"""What is deployed, with the resources pinned to it, and drafts of changes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from engine.tables.columns import Id, Moment, Name, metadata

process_definition = Table(
    "process_definition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Name, nullable=False),
    Column("process_id", Name, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("names", Text, nullable=False),
    Column("file", Name, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Name),
    Column("note", Text, nullable=False, server_default=""),
    UniqueConstraint("key", "version"),
    Index("ix_process_definition_process_id", "process_id", "version"),
)

resource = Table(
    "resource",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("name", Name, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

definition_resource = Table(
    "definition_resource",
    metadata,
    Column("definition_id", Id, ForeignKey("process_definition.id"), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("name", Name, primary_key=True),
    Column("resource_hash", String(64), ForeignKey("resource.hash")),
    Column("called_id", Id, ForeignKey("process_definition.id")),
)

current_resource = Table(
    "current_resource",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("name", Name, primary_key=True),
    Column("resource_hash", String(64), ForeignKey("resource.hash"), nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("name", Name, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("author", Name, nullable=False),
    Column("base", String(64), nullable=False, server_default=""),
    Column("state", String(12), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("decided_by", Name),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False, server_default=""),
    Column("row_version", Integer, nullable=False, server_default="1"),
    Index("ix_draft_state", "state", "updated_at"),
)
