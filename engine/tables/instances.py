"""Process instances: their state, what they await, what they hand over, what happened."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from engine.tables.columns import Id, Moment, Name, metadata

# `begun_about` is the record it was started on; steps may turn it to the record they made (`business_key`).
process_instance = Table(
    "process_instance",
    metadata,
    Column("id", Id, primary_key=True),
    Column("definition_id", Id, ForeignKey("process_definition.id"), nullable=False),
    Column("business_key", Name, nullable=False),
    Column("begun_about", Name, nullable=False, server_default=""),
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
    Index("ix_process_instance_business_key", "business_key"),
    Index("ix_process_instance_begun_about", "begun_about"),
    Index("ix_process_instance_definition_id", "definition_id", "state"),
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
    Index("ix_message_keep_until", "state", "keep_until"),
)

handover = Table(
    "handover",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_instance", Id, ForeignKey("process_instance.id"), nullable=False),
    Column("source_element", Name, nullable=False),
    Column("target_key", Name, nullable=False),
    Column("item", Name, nullable=False, server_default=""),
    Column("business_key", Name, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("target_instance", Id),
    UniqueConstraint("source_instance", "source_element", "target_key", "item"),
    Index("ix_handover_target_key", "target_key", "state"),
    Index("ix_handover_business_key", "business_key"),
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
