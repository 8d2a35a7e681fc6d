"""The engine's tables. Statements elsewhere are SQLAlchemy Core, valid on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

Row = RowMapping | Mapping[str, Any]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite keeps it as text of fixed width, which sorts as time does."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return datetime.fromisoformat(value)


def moment_text(value: datetime) -> str:
    """The stored text of a moment: `2026-11-22T08:00:00.000000Z`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


Id = String(32)
Name = String(200)

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

process_instance = Table(
    "process_instance",
    metadata,
    Column("id", Id, primary_key=True),
    Column("definition_id", Id, ForeignKey("process_definition.id"), nullable=False),
    Column("business_key", Name, nullable=False),
    Column("state", String(10), nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("blob", LargeBinary),
    Column("history_seq", Integer, nullable=False, server_default="0"),
    Column("history_hash", String(64), nullable=False, server_default=""),
    Column("started_at", Moment, nullable=False),
    Column("started_by", Name),
    Column("source_instance", Id),
    Column("ended_at", Moment),
    Column("outcome", Name),
    Index("ix_process_instance_business_key", "business_key", "state"),
    Index("ix_process_instance_definition_id", "definition_id", "state"),
)

user_task = Table(
    "user_task",
    metadata,
    Column("id", Id, primary_key=True),
    Column("instance_id", Id, ForeignKey("process_instance.id"), nullable=False),
    Column("token", Integer),
    Column("process_key", Name, nullable=False),
    Column("process", Name, nullable=False),
    Column("element", Name, nullable=False),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("names", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("business_key", Name, nullable=False),
    Column("subject", Name, nullable=False, server_default=""),
    Column("form", Name),
    Column("state", String(10), nullable=False),
    Column("assignee", Name),
    Column("priority", Integer, nullable=False, server_default="50"),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("completed_at", Moment),
    Column("completed_by", Name),
    Column("on_behalf_of", Name),
    Column("draft", Text),
    Column("draft_at", Moment),
    Column("detail", Text, nullable=False, server_default="{}"),
    Column("row_version", Integer, nullable=False, server_default="1"),
    Index("ix_user_task_assignee", "assignee", "state", "due_at"),
    Index("ix_user_task_instance_id", "instance_id", "state"),
    Index("ix_user_task_business_key", "business_key", "state"),
    Index("ix_user_task_state", "state", "due_at"),
)

task_candidate = Table(
    "task_candidate",
    metadata,
    Column("task_id", Id, ForeignKey("user_task.id"), primary_key=True),
    Column("kind", String(5), primary_key=True),
    Column("name", Name, primary_key=True),
    Index("ix_task_candidate_name", "kind", "name"),
)

approval_request = Table(
    "approval_request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", Id, ForeignKey("user_task.id"), nullable=False),
    Column("instance_id", Id, nullable=False),
    Column("process", Name, nullable=False),
    Column("element", Name, nullable=False),
    Column("business_key", Name, nullable=False),
    Column("type", String(20), nullable=False),
    Column("level", Integer, nullable=False),
    Column("requester", Name),
    Column("approver", Name),
    Column("state", String(10), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("remind_at", Moment),
    Column("due_at", Moment),
    Column("decided_at", Moment),
    Column("decision", String(20)),
    Column("comment", Text),
    Column("escalated_from", Id),
    Index("ix_approval_request_instance_id", "instance_id", "element"),
    Index("ix_approval_request_task_id", "task_id"),
    Index("ix_approval_request_business_key", "business_key"),
)

job = Table(
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("instance_id", Id),
    Column("token", Integer),
    Column("kind", String(20), nullable=False),
    Column("name", Name, nullable=False, server_default=""),
    Column("element", Name, nullable=False, server_default=""),
    Column("payload", Text, nullable=False, server_default="{}"),
    Column("state", String(10), nullable=False),
    Column("due", Moment, nullable=False),
    Column("priority", Integer, nullable=False, server_default="50"),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    Column("owner", Name),
    Column("lease_until", Moment),
    Column("retries_left", Integer, nullable=False, server_default="3"),
    Column("attempt", Integer, nullable=False, server_default="1"),
    Column("crashes", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("lock_key", Name),
    Column("created_at", Moment, nullable=False),
    Index("ix_job_due", "due", sqlite_where=text("state = 'ready'"), postgresql_where=text("state = 'ready'")),
    Index(
        "ix_job_lease_until",
        "lease_until",
        sqlite_where=text("state = 'leased'"),
        postgresql_where=text("state = 'leased'"),
    ),
    Index(
        "uq_job_running",
        "lock_key",
        unique=True,
        sqlite_where=text("state = 'leased'"),
        postgresql_where=text("state = 'leased'"),
    ),
    Index("ix_job_instance_id", "instance_id", "token"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", Id, primary_key=True),
    Column("instance_id", Id, ForeignKey("process_instance.id"), nullable=False),
    Column("token", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("name", Name, nullable=False),
    Column("business_key", Name, nullable=False),
    Column("correlation", Name),
    Column("element", Name, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_subscription_name", "kind", "name", "business_key"),
    Index("ix_subscription_instance_id", "instance_id", "token"),
)

message = Table(
    "message",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", Name, nullable=False),
    Column("business_key", Name, nullable=False),
    Column("payload", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("keep_until", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Index("ix_message_name", "name", "business_key", "state"),
)

handover = Table(
    "handover",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_instance", Id, ForeignKey("process_instance.id"), nullable=False),
    Column("source_element", Name, nullable=False),
    Column("target_key", Name, nullable=False),
    Column("business_key", Name, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("target_instance", Id),
    UniqueConstraint("source_instance", "source_element", "target_key"),
    Index("ix_handover_target_key", "target_key", "state"),
    Index("ix_handover_business_key", "business_key"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Id, primary_key=True),
    Column("instance_id", Id),
    Column("job_id", Id),
    Column("task_id", Id),
    Column("code", Name, nullable=False),
    Column("process_key", Name, nullable=False, server_default=""),
    Column("element", Name, nullable=False, server_default=""),
    Column("business_key", Name, nullable=False, server_default=""),
    Column("template", Text, nullable=False),
    Column("template_values", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("resolved_by", Name),
    Column("verdict", Text),
    Index("ix_incident_state", "state", "created_at"),
    Index("ix_incident_instance_id", "instance_id"),
    Index("ix_incident_job_id", "job_id"),
)

history_event = Table(
    "history_event",
    metadata,
    Column("instance_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Name),
    Column("on_behalf_of", Name),
    Column("kind", String(40), nullable=False),
    Column("process", Name, nullable=False, server_default=""),
    Column("element", Name, nullable=False, server_default=""),
    Column("detail", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("to_user", Name, nullable=False),
    Column("template", Text, nullable=False),
    Column("template_values", Text, nullable=False),
    Column("link", Name, nullable=False, server_default=""),
    Column("read_at", Moment),
    Index("ix_notice_to_user", "to_user", "read_at", "at"),
)

setting = Table(
    "setting",
    metadata,
    Column("name", Name, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("updated_by", Name),
)

node = Table(
    "node",
    metadata,
    Column("id", Name, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("beat", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
)
