"""first tables

Revision: 0001, after .
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import crm.tables.types
import engine.tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables of the version before to this one."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.Column("updated_at", engine.tables.Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decided_at", engine.tables.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_state", ["state", "updated_at"], unique=False)

    op.create_table(
        "history_event",
        sa.Column("instance_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", engine.tables.Moment(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=200), server_default="", nullable=False),
        sa.Column("element", sa.String(length=200), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "seq", name=op.f("pk_history_event")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("instance_id", sa.String(length=32), nullable=True),
        sa.Column("job_id", sa.String(length=32), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("process_key", sa.String(length=200), server_default="", nullable=False),
        sa.Column("element", sa.String(length=200), server_default="", nullable=False),
        sa.Column("business_key", sa.String(length=200), server_default="", nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_values", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.Column("resolved_at", engine.tables.Moment(), nullable=True),
        sa.Column("resolved_by", sa.String(length=200), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_instance_id", ["instance_id"], unique=False)
        batch_op.create_index("ix_incident_job_id", ["job_id"], unique=False)
        batch_op.create_index("ix_incident_state", ["state", "created_at"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("instance_id", sa.String(length=32), nullable=True),
        sa.Column("token", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("element", sa.String(length=200), server_default="", nullable=False),
        sa.Column("payload", sa.Text(), server_default="{}", nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due", engine.tables.Moment(), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="50", nullable=False),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("lease_until", engine.tables.Moment(), nullable=True),
        sa.Column("retries_left", sa.Integer(), server_default="3", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("crashes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("lock_key", sa.String(length=200), nullable=True),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_due",
            ["due"],
            unique=False,
            sqlite_where=sa.text("state = 'ready'"),
            postgresql_where=sa.text("state = 'ready'"),
        )
        batch_op.create_index("ix_job_instance_id", ["instance_id", "token"], unique=False)
        batch_op.create_index(
            "ix_job_lease_until",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("state = 'leased'"),
            postgresql_where=sa.text("state = 'leased'"),
        )
        batch_op.create_index(
            "uq_job_running",
            ["lock_key"],
            unique=True,
            sqlite_where=sa.text("state = 'leased'"),
            postgresql_where=sa.text("state = 'leased'"),
        )

    op.create_table(
        "message",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", engine.tables.Moment(), nullable=False),
        sa.Column("keep_until", engine.tables.Moment(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_name", ["name", "business_key", "state"], unique=False)

    op.create_table(
        "node",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("beat", engine.tables.Moment(), nullable=False),
        sa.Column("started_at", engine.tables.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", engine.tables.Moment(), nullable=False),
        sa.Column("to_user", sa.String(length=200), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_values", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=200), server_default="", nullable=False),
        sa.Column("read_at", engine.tables.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_to_user", ["to_user", "read_at", "at"], unique=False)

    op.create_table(
        "process_definition",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_definition")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_process_definition_key_version")),
    )
    with op.batch_alter_table("process_definition", schema=None) as batch_op:
        batch_op.create_index("ix_process_definition_process_id", ["process_id", "version"], unique=False)

    op.create_table(
        "resource",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_resource")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("updated_at", engine.tables.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "current_resource",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("resource_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["resource_hash"], ["resource.hash"], name=op.f("fk_current_resource_resource_hash")),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_current_resource")),
    )
    op.create_table(
        "definition_resource",
        sa.Column("definition_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("resource_hash", sa.String(length=64), nullable=True),
        sa.Column("called_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["called_id"], ["process_definition.id"], name=op.f("fk_definition_resource_called_id")
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_definition_resource_definition_id")
        ),
        sa.ForeignKeyConstraint(
            ["resource_hash"], ["resource.hash"], name=op.f("fk_definition_resource_resource_hash")
        ),
        sa.PrimaryKeyConstraint("definition_id", "kind", "name", name=op.f("pk_definition_resource")),
    )
    op.create_table(
        "process_instance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("definition_id", sa.String(length=32), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=True),
        sa.Column("history_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("history_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("started_at", engine.tables.Moment(), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=True),
        sa.Column("source_instance", sa.String(length=32), nullable=True),
        sa.Column("ended_at", engine.tables.Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_process_instance_definition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_instance")),
    )
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.create_index("ix_process_instance_business_key", ["business_key", "state"], unique=False)
        batch_op.create_index("ix_process_instance_definition_id", ["definition_id", "state"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("source_instance", sa.String(length=32), nullable=False),
        sa.Column("source_element", sa.String(length=200), nullable=False),
        sa.Column("target_key", sa.String(length=200), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.Column("started_at", engine.tables.Moment(), nullable=True),
        sa.Column("target_instance", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["source_instance"], ["process_instance.id"], name=op.f("fk_handover_source_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint(
            "source_instance",
            "source_element",
            "target_key",
            name=op.f("uq_handover_source_instance_source_element_target_key"),
        ),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_business_key", ["business_key"], unique=False)
        batch_op.create_index("ix_handover_target_key", ["target_key", "state"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("instance_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("correlation", sa.String(length=200), nullable=True),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name=op.f("fk_subscription_instance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index("ix_subscription_instance_id", ["instance_id", "token"], unique=False)
        batch_op.create_index("ix_subscription_name", ["kind", "name", "business_key"], unique=False)

    op.create_table(
        "user_task",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("instance_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.Integer(), nullable=True),
        sa.Column("process_key", sa.String(length=200), nullable=False),
        sa.Column("process", sa.String(length=200), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), server_default="", nullable=False),
        sa.Column("form", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("priority", sa.Integer(), server_default="50", nullable=False),
        sa.Column("created_at", engine.tables.Moment(), nullable=False),
        sa.Column("due_at", engine.tables.Moment(), nullable=True),
        sa.Column("follow_up_at", engine.tables.Moment(), nullable=True),
        sa.Column("completed_at", engine.tables.Moment(), nullable=True),
        sa.Column("completed_by", sa.String(length=200), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=True),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("draft_at", engine.tables.Moment(), nullable=True),
        sa.Column("detail", sa.Text(), server_default="{}", nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name=op.f("fk_user_task_instance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_task")),
    )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.create_index("ix_user_task_assignee", ["assignee", "state", "due_at"], unique=False)
        batch_op.create_index("ix_user_task_business_key", ["business_key", "state"], unique=False)
        batch_op.create_index("ix_user_task_instance_id", ["instance_id", "state"], unique=False)
        batch_op.create_index("ix_user_task_state", ["state", "due_at"], unique=False)

    op.create_table(
        "approval_request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("instance_id", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=200), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("requester", sa.String(length=200), nullable=True),
        sa.Column("approver", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", engine.tables.Moment(), nullable=False),
        sa.Column("remind_at", engine.tables.Moment(), nullable=True),
        sa.Column("due_at", engine.tables.Moment(), nullable=True),
        sa.Column("decided_at", engine.tables.Moment(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("escalated_from", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_approval_request_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_request")),
    )
    with op.batch_alter_table("approval_request", schema=None) as batch_op:
        batch_op.create_index("ix_approval_request_business_key", ["business_key"], unique=False)
        batch_op.create_index("ix_approval_request_instance_id", ["instance_id", "element"], unique=False)
        batch_op.create_index("ix_approval_request_task_id", ["task_id"], unique=False)

    op.create_table(
        "task_candidate",
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_task_candidate_task_id")),
        sa.PrimaryKeyConstraint("task_id", "kind", "name", name=op.f("pk_task_candidate")),
    )
    with op.batch_alter_table("task_candidate", schema=None) as batch_op:
        batch_op.create_index("ix_task_candidate_name", ["kind", "name"], unique=False)

    op.create_table(
        "approval_threshold",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", crm.tables.types.Moment(), nullable=False),
        sa.Column("limit_standard", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("limit_major", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("limit_strategic", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "limit_standard < limit_major AND limit_major < limit_strategic", name=op.f("ck_approval_threshold_limits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_threshold")),
        sa.UniqueConstraint("version", name=op.f("uq_approval_threshold_version")),
    )
    with op.batch_alter_table("approval_threshold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_threshold_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rate", crm.tables.types.Fixed(18, 8), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("rate > 0", name=op.f("ck_exchange_rate_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rate")),
        sa.UniqueConstraint("currency", "day", name=op.f("uq_exchange_rate_currency_day")),
    )
    op.create_table(
        "feature_flag",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feature_flag")),
    )
    op.create_table(
        "number_sequence",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("prefix", sa.String(length=10), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_number_sequence")),
    )
    op.create_table(
        "org_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["org_unit.id"], name=op.f("fk_org_unit_parent_id_org_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_org_unit_code")),
    )
    with op.batch_alter_table("org_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_org_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "reason_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_zh", sa.String(length=100), nullable=False),
        sa.Column("note_required", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('win', 'loss', 'disqualify', 'cancel', 'defer', 'lead')", name=op.f("ck_reason_code_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_code")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_reason_code_kind_code")),
    )
    op.create_table(
        "sales_mode",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_zh", sa.String(length=100), nullable=False),
        sa.Column("process_key", sa.String(length=120), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sales_mode")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_calendar_day_org_unit_id_org_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("org_unit_id", "day", name=op.f("uq_calendar_day_org_unit_id_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_day_day"), ["day"], unique=False)
        batch_op.create_index(
            "uq_calendar_day_everybody",
            ["day"],
            unique=True,
            sqlite_where=sa.text("org_unit_id IS NULL"),
            postgresql_where=sa.text("org_unit_id IS NULL"),
        )

    op.create_table(
        "sales_stage",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_zh", sa.String(length=100), nullable=False),
        sa.Column("probability", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("max_days", sa.Integer(), nullable=False),
        sa.Column("exit_criteria", sa.JSON(), nullable=False),
        sa.Column("required_fields", sa.JSON(), nullable=False),
        sa.Column("quote_required", sa.Boolean(), nullable=False),
        sa.Column("allow_skip", sa.Boolean(), nullable=False),
        sa.Column("forecast_default", sa.String(length=20), nullable=False),
        sa.Column("pipeline_entry", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["mode"], ["sales_mode.key"], name=op.f("fk_sales_stage_mode_sales_mode")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sales_stage")),
        sa.UniqueConstraint("mode", "position", name=op.f("uq_sales_stage_mode_position")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("manager", sa.String(length=80), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("experience", sa.String(length=20), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("mail_notices", sa.Boolean(), nullable=False),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("experience IN ('experienced', 'junior')", name=op.f("ck_users_experience")),
        sa.CheckConstraint("level IN (1, 2, 3)", name=op.f("ck_users_level")),
        sa.ForeignKeyConstraint(["manager"], ["users.login"], name=op.f("fk_users_manager_users")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_users_org_unit_id_org_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
        sa.UniqueConstraint("source_system", "external_id", name=op.f("uq_users_source_system_external_id")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_users_manager"), ["manager"], unique=False)
        batch_op.create_index(batch_op.f("ix_users_org_unit_id"), ["org_unit_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("tax_id", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("industry", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("segment", sa.String(length=40), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.Column("is_target", sa.Boolean(), nullable=False),
        sa.Column("executive_sponsor", sa.String(length=80), nullable=True),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("credit_standing", sa.String(length=10), nullable=False),
        sa.Column("credit_limit", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("prior_customer", sa.Boolean(), nullable=False),
        sa.Column("revenue_ltm", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("credit_standing IN ('good', 'watch', 'hold')", name=op.f("ck_account_credit_standing")),
        sa.CheckConstraint("status IN ('prospect', 'active', 'inactive')", name=op.f("ck_account_status")),
        sa.ForeignKeyConstraint(
            ["executive_sponsor"], ["users.login"], name=op.f("fk_account_executive_sponsor_users")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_account_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_account_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("number", name=op.f("uq_account_number")),
        sa.UniqueConstraint("source_system", "external_id", name=op.f("uq_account_source_system_external_id")),
        sa.UniqueConstraint("tax_id", name=op.f("uq_account_tax_id")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_executive_sponsor"), ["executive_sponsor"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_owner"), ["owner"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("stored", sa.String(length=80), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=True),
        sa.Column("delimiter", sa.String(length=2), nullable=True),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("started_by", sa.String(length=80), nullable=False),
        sa.Column("apply_after", sa.Boolean(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("created_count", sa.Integer(), nullable=False),
        sa.Column("updated_count", sa.Integer(), nullable=False),
        sa.Column("unchanged_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("rechecks", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("message_values", sa.JSON(), nullable=False),
        sa.Column("finished_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kind IN ('accounts', 'contacts', 'opportunities')", name=op.f("ck_import_run_kind")),
        sa.CheckConstraint(
            "state IN ('uploaded', 'checking', 'checked', 'applying', 'done', 'failed', 'cancelled')",
            name=op.f("ck_import_run_state"),
        ),
        sa.ForeignKeyConstraint(["started_by"], ["users.login"], name=op.f("fk_import_run_started_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("stored", name=op.f("uq_import_run_stored")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_started_by"), ["started_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_run_state"), ["state"], unique=False)

    op.create_table(
        "sales_target",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("target", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("(owner IS NULL) <> (org_unit_id IS NULL)", name=op.f("ck_sales_target_whose")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_sales_target_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_sales_target_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_target")),
        sa.UniqueConstraint(
            "org_unit_id", "period", "measure", name=op.f("uq_sales_target_org_unit_id_period_measure")
        ),
        sa.UniqueConstraint("owner", "period", "measure", name=op.f("uq_sales_target_owner_period_measure")),
    )
    with op.batch_alter_table("sales_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_target_owner"), ["owner"], unique=False)

    op.create_table(
        "user_delegation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("from_user", sa.String(length=80), nullable=False),
        sa.Column("to_user", sa.String(length=80), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("process", sa.String(length=120), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("from_user <> to_user", name=op.f("ck_user_delegation_people")),
        sa.CheckConstraint("start_on <= end_on", name=op.f("ck_user_delegation_days")),
        sa.ForeignKeyConstraint(["from_user"], ["users.login"], name=op.f("fk_user_delegation_from_user_users")),
        sa.ForeignKeyConstraint(["to_user"], ["users.login"], name=op.f("fk_user_delegation_to_user_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_delegation")),
    )
    with op.batch_alter_table("user_delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_delegation_from_user"), ["from_user"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_delegation_to_user"), ["to_user"], unique=False)

    op.create_table(
        "user_role",
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('rep', 'mgr', 'team', 'ops', 'mkt', 'anl', 'adm')", name=op.f("ck_user_role_role")
        ),
        sa.ForeignKeyConstraint(["login"], ["users.login"], name=op.f("fk_user_role_login_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("login", "role", name=op.f("pk_user_role")),
    )
    with op.batch_alter_table("user_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_role_role"), ["role"], unique=False)

    op.create_table(
        "account_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("depth", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("vision", sa.Text(), nullable=True),
        sa.Column("drivers", sa.Text(), nullable=True),
        sa.Column("initiatives", sa.Text(), nullable=True),
        sa.Column("swot", sa.JSON(), nullable=True),
        sa.Column("strategies", sa.Text(), nullable=True),
        sa.Column("budget", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("coverage_ratio", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("completeness_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("plan_health", sa.String(length=10), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_plan_account_id_account")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_account_plan_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_account_plan_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_plan")),
        sa.UniqueConstraint("account_id", "period", "version", name=op.f("uq_account_plan_account_id_period_version")),
        sa.UniqueConstraint("number", name=op.f("uq_account_plan_number")),
    )
    with op.batch_alter_table("account_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_plan_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_plan_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_plan_owner"), ["owner"], unique=False)

    op.create_table(
        "account_profile",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("business_summary", sa.Text(), nullable=True),
        sa.Column("initiatives", sa.Text(), nullable=True),
        sa.Column("buying_centres", sa.Text(), nullable=True),
        sa.Column("trends", sa.Text(), nullable=True),
        sa.Column("share_of_wallet_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("installed_products", sa.Text(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("white_space", sa.Text(), nullable=True),
        sa.Column("relationship_strength", sa.Integer(), nullable=True),
        sa.Column("completeness_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("published_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "relationship_strength BETWEEN 1 AND 5", name=op.f("ck_account_profile_relationship_strength")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_profile_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_profile")),
        sa.UniqueConstraint("account_id", "version", name=op.f("uq_account_profile_account_id_version")),
    )
    op.create_table(
        "account_team_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("access IN ('read', 'change')", name=op.f("ck_account_team_member_access")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_team_member_account_id_account")),
        sa.ForeignKeyConstraint(["login"], ["users.login"], name=op.f("fk_account_team_member_login_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_team_member")),
        sa.UniqueConstraint(
            "account_id", "login", "valid_from", name=op.f("uq_account_team_member_account_id_login_valid_from")
        ),
    )
    with op.batch_alter_table("account_team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_team_member_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_team_member_login"), ["login"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("buying_role", sa.String(length=20), nullable=True),
        sa.Column("influence", sa.Integer(), nullable=True),
        sa.Column("stance", sa.String(length=20), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("influence BETWEEN 1 AND 5", name=op.f("ck_contact_influence")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("number", name=op.f("uq_contact_number")),
        sa.UniqueConstraint("source_system", "external_id", name=op.f("uq_contact_source_system_external_id")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_email"), ["email"], unique=False)

    op.create_table(
        "import_account",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("target_version", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("name_key", sa.String(length=200), nullable=True),
        sa.Column("tax_id", sa.String(length=60), nullable=True),
        sa.Column("industry", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.Column("is_target", sa.Boolean(), nullable=True),
        sa.Column("credit_standing", sa.String(length=10), nullable=True),
        sa.Column("credit_limit", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("prior_customer", sa.Boolean(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("action IN ('create', 'update', 'unchanged')", name=op.f("ck_import_account_action")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_account_run_id_import_run")),
        sa.PrimaryKeyConstraint("run_id", "line", name=op.f("pk_import_account")),
    )
    with op.batch_alter_table("import_account", schema=None) as batch_op:
        batch_op.create_index("ix_import_account_run_action", ["run_id", "action"], unique=False)

    op.create_table(
        "import_contact",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("target_version", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("action IN ('create', 'update', 'unchanged')", name=op.f("ck_import_contact_action")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_contact_run_id_import_run")),
        sa.PrimaryKeyConstraint("run_id", "line", name=op.f("pk_import_contact")),
    )
    with op.batch_alter_table("import_contact", schema=None) as batch_op:
        batch_op.create_index("ix_import_contact_run_action", ["run_id", "action"], unique=False)

    op.create_table(
        "import_finding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("column", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_values", sa.JSON(), nullable=False),
        sa.CheckConstraint("severity IN ('error', 'note')", name=op.f("ck_import_finding_severity")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_finding_run_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_finding")),
    )
    with op.batch_alter_table("import_finding", schema=None) as batch_op:
        batch_op.create_index("ix_import_finding_run_line", ["run_id", "line"], unique=False)

    op.create_table(
        "import_opportunity",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("target_version", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("sales_mode", sa.String(length=20), nullable=True),
        sa.Column("stage", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("amount_base", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("win_probability", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("expected_close_date", sa.Date(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("rfp", sa.Boolean(), nullable=True),
        sa.Column("next_step", sa.String(length=500), nullable=True),
        sa.Column("next_step_date", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("forecast_category", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_date", sa.Date(), nullable=True),
        sa.Column("actual_amount", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=True),
        sa.Column("r_revenue", sa.Integer(), nullable=True),
        sa.Column("r_credit", sa.Integer(), nullable=True),
        sa.Column("r_willingness", sa.Integer(), nullable=True),
        sa.Column("r_target_client", sa.Integer(), nullable=True),
        sa.Column("r_prior_business", sa.Integer(), nullable=True),
        sa.Column("r_relationship", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("old_owner", sa.String(length=80), nullable=True),
        sa.Column("stage_probability", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("pipeline_entry_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("period", sa.String(length=10), nullable=True),
        sa.CheckConstraint("action IN ('create', 'update', 'unchanged')", name=op.f("ck_import_opportunity_action")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_opportunity_run_id_import_run")),
        sa.PrimaryKeyConstraint("run_id", "line", name=op.f("pk_import_opportunity")),
    )
    with op.batch_alter_table("import_opportunity", schema=None) as batch_op:
        batch_op.create_index("ix_import_opportunity_run_action", ["run_id", "action"], unique=False)

    op.create_table(
        "opportunity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("primary_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("sales_mode", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=True),
        sa.Column("stage_entered_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_base", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("win_probability", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("expected_close_date", sa.Date(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("complexity", sa.String(length=20), nullable=True),
        sa.Column("rfp", sa.Boolean(), nullable=False),
        sa.Column("rfp_due_date", sa.Date(), nullable=True),
        sa.Column("fast_track", sa.Boolean(), nullable=False),
        sa.Column("pursue_decision", sa.String(length=10), nullable=True),
        sa.Column("confirmed_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("priority", sa.String(length=10), nullable=True),
        sa.Column("priority_score", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("priority_confirmed_by", sa.String(length=80), nullable=True),
        sa.Column("r_revenue", sa.Integer(), nullable=True),
        sa.Column("r_credit", sa.Integer(), nullable=True),
        sa.Column("r_willingness", sa.Integer(), nullable=True),
        sa.Column("r_target_client", sa.Integer(), nullable=True),
        sa.Column("r_prior_business", sa.Integer(), nullable=True),
        sa.Column("r_relationship", sa.Integer(), nullable=True),
        sa.Column("segment", sa.String(length=40), nullable=True),
        sa.Column("pipeline_entry_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("resume_date", sa.Date(), nullable=True),
        sa.Column("next_step", sa.String(length=500), nullable=True),
        sa.Column("next_step_date", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("forecast_category", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_date", sa.Date(), nullable=True),
        sa.Column("actual_amount", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source_system", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("priority IN ('high', 'medium', 'low')", name=op.f("ck_opportunity_priority")),
        sa.CheckConstraint("pursue_decision IN ('pursue', 'no', 'defer')", name=op.f("ck_opportunity_pursue_decision")),
        sa.CheckConstraint(
            "status IN ('draft', 'prequalified', 'assessed', 'active', 'pended', 'won', 'closed', 'lost', 'no_decision', 'cancelled', 'disqualified')",
            name=op.f("ck_opportunity_status"),
        ),
        sa.CheckConstraint("r_credit BETWEEN 1 AND 5", name=op.f("ck_opportunity_r_credit")),
        sa.CheckConstraint("r_prior_business BETWEEN 1 AND 5", name=op.f("ck_opportunity_r_prior_business")),
        sa.CheckConstraint("r_relationship BETWEEN 1 AND 5", name=op.f("ck_opportunity_r_relationship")),
        sa.CheckConstraint("r_revenue BETWEEN 1 AND 5", name=op.f("ck_opportunity_r_revenue")),
        sa.CheckConstraint("r_target_client BETWEEN 1 AND 5", name=op.f("ck_opportunity_r_target_client")),
        sa.CheckConstraint("r_willingness BETWEEN 1 AND 5", name=op.f("ck_opportunity_r_willingness")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_opportunity_account_id_account")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_opportunity_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_opportunity_owner_users")),
        sa.ForeignKeyConstraint(
            ["primary_contact_id"], ["contact.id"], name=op.f("fk_opportunity_primary_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["sales_mode"], ["sales_mode.key"], name=op.f("fk_opportunity_sales_mode_sales_mode")),
        sa.ForeignKeyConstraint(["stage"], ["sales_stage.key"], name=op.f("fk_opportunity_stage_sales_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("number", name=op.f("uq_opportunity_number")),
        sa.UniqueConstraint("source_system", "external_id", name=op.f("uq_opportunity_source_system_external_id")),
    )
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_owner"), ["owner"], unique=False)
        batch_op.create_index("ix_opportunity_owner_status", ["owner", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_stage"), ["stage"], unique=False)
        batch_op.create_index("ix_opportunity_status_close", ["status", "expected_close_date"], unique=False)

    op.create_table(
        "forecast_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=True),
        sa.Column("probability", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("close_date", sa.Date(), nullable=True),
        sa.Column("revenue_potential", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("left_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "category IN ('pipeline', 'best_case', 'commit', 'omitted')", name=op.f("ck_forecast_line_category")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_forecast_line_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_forecast_line_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_line")),
    )
    with op.batch_alter_table("forecast_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecast_line_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forecast_line_owner"), ["owner"], unique=False)
        batch_op.create_index(
            "uq_forecast_line_current",
            ["opportunity_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "opportunity_evaluation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("score", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("knockout", sa.Boolean(), nullable=False),
        sa.Column("recommendation", sa.String(length=20), nullable=True),
        sa.Column("override", sa.Text(), nullable=True),
        sa.Column("max_discount_pct", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("non_standard_terms", sa.Boolean(), nullable=False),
        sa.Column("delivery_risk", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("evaluated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("evaluated_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("kind IN ('prequal', 'assessment', 'stage')", name=op.f("ck_opportunity_evaluation_kind")),
        sa.CheckConstraint("delivery_risk BETWEEN 1 AND 5", name=op.f("ck_opportunity_evaluation_delivery_risk")),
        sa.CheckConstraint("max_discount_pct >= 0", name=op.f("ck_opportunity_evaluation_max_discount_pct")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_evaluation_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_evaluation")),
    )
    with op.batch_alter_table("opportunity_evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_evaluation_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "opportunity_stage_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_stage", sa.String(length=60), nullable=True),
        sa.Column("to_stage", sa.String(length=60), nullable=True),
        sa.Column("from_status", sa.String(length=20), nullable=True),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("moved_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("moved_by", sa.String(length=80), nullable=False),
        sa.Column("amount_base", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("probability", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("days_in_stage", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_stage_history_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_stage_history")),
    )
    with op.batch_alter_table("opportunity_stage_history", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunity_stage_history_opportunity_id"), ["opportunity_id"], unique=False
        )

    op.create_table(
        "opportunity_team_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("share_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("access IN ('read', 'change')", name=op.f("ck_opportunity_team_member_access")),
        sa.ForeignKeyConstraint(["login"], ["users.login"], name=op.f("fk_opportunity_team_member_login_users")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_team_member_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_team_member")),
    )
    with op.batch_alter_table("opportunity_team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_team_member_login"), ["login"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_team_member_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "pended_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("resume_date", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("keep_in_account_plan", sa.Boolean(), nullable=False),
        sa.Column("extension_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("deferred_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("deferred_by", sa.String(length=80), nullable=False),
        sa.Column("settled_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'resumed', 'dropped')", name=op.f("ck_pended_item_state")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_pended_item_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pended_item")),
    )
    with op.batch_alter_table("pended_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pended_item_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(
            "uq_pended_item_waiting",
            ["opportunity_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "pipeline_snapshot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_base", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("probability", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("kind IN ('nightly', 'change')", name=op.f("ck_pipeline_snapshot_kind")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_pipeline_snapshot_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(
            ["org_unit_id"], ["org_unit.id"], name=op.f("fk_pipeline_snapshot_org_unit_id_org_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipeline_snapshot")),
    )
    with op.batch_alter_table("pipeline_snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pipeline_snapshot_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pipeline_snapshot_taken_on"), ["taken_on"], unique=False)
        batch_op.create_index(
            "uq_pipeline_snapshot_nightly",
            ["taken_on", "opportunity_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'nightly'"),
            postgresql_where=sa.text("kind = 'nightly'"),
        )

    op.create_table(
        "pursue_decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=True),
        sa.Column("reason_code", sa.String(length=20), nullable=True),
        sa.Column("capacity_ok", sa.Boolean(), nullable=True),
        sa.Column("plan_alignment", sa.String(length=20), nullable=True),
        sa.Column("decided_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("basis IN ('pipeline', 'fast_track')", name=op.f("ck_pursue_decision_basis")),
        sa.CheckConstraint("decision IN ('pursue', 'no', 'defer')", name=op.f("ck_pursue_decision_decision")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_pursue_decision_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pursue_decision")),
    )
    with op.batch_alter_table("pursue_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pursue_decision_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "account_plan_pended",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pended_item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resume_date", sa.Date(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_plan_id"], ["account_plan.id"], name=op.f("fk_account_plan_pended_account_plan_id_account_plan")
        ),
        sa.ForeignKeyConstraint(
            ["pended_item_id"], ["pended_item.id"], name=op.f("fk_account_plan_pended_pended_item_id_pended_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_plan_pended")),
        sa.UniqueConstraint(
            "account_plan_id", "pended_item_id", name=op.f("uq_account_plan_pended_account_plan_id_pended_item_id")
        ),
    )
    with op.batch_alter_table("account_plan_pended", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_plan_pended_account_plan_id"), ["account_plan_id"], unique=False)

    op.create_table(
        "login_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("bucket", sa.String(length=250), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
    )
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.create_index("ix_login_failure_bucket", ["bucket", "at"], unique=False)

    op.create_table(
        "user_preference",
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("shortcuts", sa.Boolean(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_user_preference")),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("agent", sa.String(length=300), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index("ix_user_session_login", ["login", "ended_at"], unique=False)


def downgrade() -> None:
    """Goes back to the tables of the version before."""
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index("ix_user_session_login")

    op.drop_table("user_session")
    op.drop_table("user_preference")
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_login_failure_bucket")

    op.drop_table("login_failure")
    with op.batch_alter_table("account_plan_pended", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_plan_pended_account_plan_id"))

    op.drop_table("account_plan_pended")
    with op.batch_alter_table("pursue_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pursue_decision_opportunity_id"))

    op.drop_table("pursue_decision")
    with op.batch_alter_table("pipeline_snapshot", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pipeline_snapshot_nightly",
            sqlite_where=sa.text("kind = 'nightly'"),
            postgresql_where=sa.text("kind = 'nightly'"),
        )
        batch_op.drop_index(batch_op.f("ix_pipeline_snapshot_taken_on"))
        batch_op.drop_index(batch_op.f("ix_pipeline_snapshot_opportunity_id"))

    op.drop_table("pipeline_snapshot")
    with op.batch_alter_table("pended_item", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pended_item_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_pended_item_opportunity_id"))

    op.drop_table("pended_item")
    with op.batch_alter_table("opportunity_team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunity_team_member_opportunity_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_team_member_login"))

    op.drop_table("opportunity_team_member")
    with op.batch_alter_table("opportunity_stage_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunity_stage_history_opportunity_id"))

    op.drop_table("opportunity_stage_history")
    with op.batch_alter_table("opportunity_evaluation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunity_evaluation_opportunity_id"))

    op.drop_table("opportunity_evaluation")
    with op.batch_alter_table("forecast_line", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_forecast_line_current",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_forecast_line_owner"))
        batch_op.drop_index(batch_op.f("ix_forecast_line_opportunity_id"))

    op.drop_table("forecast_line")
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.drop_index("ix_opportunity_status_close")
        batch_op.drop_index(batch_op.f("ix_opportunity_stage"))
        batch_op.drop_index("ix_opportunity_owner_status")
        batch_op.drop_index(batch_op.f("ix_opportunity_owner"))
        batch_op.drop_index(batch_op.f("ix_opportunity_org_unit_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_account_id"))

    op.drop_table("opportunity")
    with op.batch_alter_table("import_opportunity", schema=None) as batch_op:
        batch_op.drop_index("ix_import_opportunity_run_action")

    op.drop_table("import_opportunity")
    with op.batch_alter_table("import_finding", schema=None) as batch_op:
        batch_op.drop_index("ix_import_finding_run_line")

    op.drop_table("import_finding")
    with op.batch_alter_table("import_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_import_contact_run_action")

    op.drop_table("import_contact")
    with op.batch_alter_table("import_account", schema=None) as batch_op:
        batch_op.drop_index("ix_import_account_run_action")

    op.drop_table("import_account")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_email"))
        batch_op.drop_index(batch_op.f("ix_contact_account_id"))

    op.drop_table("contact")
    with op.batch_alter_table("account_team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_team_member_login"))
        batch_op.drop_index(batch_op.f("ix_account_team_member_account_id"))

    op.drop_table("account_team_member")
    op.drop_table("account_profile")
    with op.batch_alter_table("account_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_plan_owner"))
        batch_op.drop_index(batch_op.f("ix_account_plan_org_unit_id"))
        batch_op.drop_index(batch_op.f("ix_account_plan_account_id"))

    op.drop_table("account_plan")
    with op.batch_alter_table("user_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_role_role"))

    op.drop_table("user_role")
    with op.batch_alter_table("user_delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_delegation_to_user"))
        batch_op.drop_index(batch_op.f("ix_user_delegation_from_user"))

    op.drop_table("user_delegation")
    with op.batch_alter_table("sales_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sales_target_owner"))

    op.drop_table("sales_target")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_state"))
        batch_op.drop_index(batch_op.f("ix_import_run_started_by"))

    op.drop_table("import_run")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_owner"))
        batch_op.drop_index(batch_op.f("ix_account_org_unit_id"))
        batch_op.drop_index(batch_op.f("ix_account_name_key"))
        batch_op.drop_index(batch_op.f("ix_account_executive_sponsor"))

    op.drop_table("account")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_org_unit_id"))
        batch_op.drop_index(batch_op.f("ix_users_manager"))
        batch_op.drop_index(batch_op.f("ix_users_email"))

    op.drop_table("users")
    op.drop_table("sales_stage")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_calendar_day_everybody",
            sqlite_where=sa.text("org_unit_id IS NULL"),
            postgresql_where=sa.text("org_unit_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_calendar_day_day"))

    op.drop_table("calendar_day")
    op.drop_table("sales_mode")
    op.drop_table("reason_code")
    with op.batch_alter_table("org_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_org_unit_parent_id"))

    op.drop_table("org_unit")
    op.drop_table("number_sequence")
    op.drop_table("feature_flag")
    op.drop_table("exchange_rate")
    with op.batch_alter_table("approval_threshold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_threshold_valid_from"))

    op.drop_table("approval_threshold")
    with op.batch_alter_table("task_candidate", schema=None) as batch_op:
        batch_op.drop_index("ix_task_candidate_name")

    op.drop_table("task_candidate")
    with op.batch_alter_table("approval_request", schema=None) as batch_op:
        batch_op.drop_index("ix_approval_request_task_id")
        batch_op.drop_index("ix_approval_request_instance_id")
        batch_op.drop_index("ix_approval_request_business_key")

    op.drop_table("approval_request")
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_index("ix_user_task_state")
        batch_op.drop_index("ix_user_task_instance_id")
        batch_op.drop_index("ix_user_task_business_key")
        batch_op.drop_index("ix_user_task_assignee")

    op.drop_table("user_task")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_name")
        batch_op.drop_index("ix_subscription_instance_id")

    op.drop_table("subscription")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index("ix_handover_target_key")
        batch_op.drop_index("ix_handover_business_key")

    op.drop_table("handover")
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_index("ix_process_instance_definition_id")
        batch_op.drop_index("ix_process_instance_business_key")

    op.drop_table("process_instance")
    op.drop_table("definition_resource")
    op.drop_table("current_resource")
    op.drop_table("setting")
    op.drop_table("resource")
    with op.batch_alter_table("process_definition", schema=None) as batch_op:
        batch_op.drop_index("ix_process_definition_process_id")

    op.drop_table("process_definition")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_to_user")

    op.drop_table("notice")
    op.drop_table("node")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_name")

    op.drop_table("message")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_job_running", sqlite_where=sa.text("state = 'leased'"), postgresql_where=sa.text("state = 'leased'")
        )
        batch_op.drop_index(
            "ix_job_lease_until", sqlite_where=sa.text("state = 'leased'"), postgresql_where=sa.text("state = 'leased'")
        )
        batch_op.drop_index("ix_job_instance_id")
        batch_op.drop_index(
            "ix_job_due", sqlite_where=sa.text("state = 'ready'"), postgresql_where=sa.text("state = 'ready'")
        )

    op.drop_table("job")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_state")
        batch_op.drop_index("ix_incident_job_id")
        batch_op.drop_index("ix_incident_instance_id")

    op.drop_table("incident")
    op.drop_table("history_event")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_state")

    op.drop_table("draft")
