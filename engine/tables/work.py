"""What waits for the engine: jobs, incidents, settings, nodes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from engine.tables.columns import Id, Moment, Name, metadata

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

setting = Table(
    "setting",
    metadata,
    Column("name", Name, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("updated_by", Name),
)

# What settings were before and after each change; `after` is empty when one was removed.
setting_change = Table(
    "setting_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Name, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Name),
    Index("ix_setting_change_name", "name", "changed_at"),
)

node = Table(
    "node",
    metadata,
    Column("id", Name, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("beat", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
)
