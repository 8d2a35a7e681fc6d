"""The engine's tables. Statements elsewhere are SQLAlchemy Core, valid on SQLite and PostgreSQL."""

from engine.tables.columns import Moment, Row, metadata, moment_text
from engine.tables.definitions import current_resource, definition_resource, draft, process_definition, resource
from engine.tables.instances import handover, history_event, message, process_instance, subscription
from engine.tables.people import approval_request, notice, task_candidate, user_task
from engine.tables.work import incident, job, node, setting, setting_change

__all__ = [
    "Moment",
    "Row",
    "approval_request",
    "current_resource",
    "definition_resource",
    "draft",
    "handover",
    "history_event",
    "incident",
    "job",
    "message",
    "metadata",
    "moment_text",
    "node",
    "notice",
    "process_definition",
    "process_instance",
    "resource",
    "setting",
    "setting_change",
    "subscription",
    "task_candidate",
    "user_task",
]
