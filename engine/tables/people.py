"""What waits for people: tasks, candidates, approvals, notices."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.tables.columns import Id, Moment, Name, metadata

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
    Index("ix_user_task_instance_id", "instance_id", "token"),
    Index("ix_user_task_business_key", "business_key"),
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
