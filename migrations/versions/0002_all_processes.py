"""the tables of all processes: leads, calls, plans, quotes, orders, measures, reports, files

Revision: 0002, after 0001. There is no way back but a copy of the database made before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import crm.tables.types
import engine.tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RULES = {
    "account": ("status", "status IN ('provisional', 'prospect', 'active', 'inactive')"),
    "approval_threshold": ("state", "state IN ('proposed', 'published', 'withdrawn')"),
    "forecast_line": ("category", "category IN ('pipeline', 'best_case', 'commit', 'omitted', 'closed', 'future')"),
}
"""The rules that are new or newer, by table: name and rule."""
LISTS = (
    ("account_profile", "initiatives", "initiative"),
    ("account_profile", "buying_centres", "unit"),
    ("account_profile", "installed_products", "product"),
    ("account_profile", "white_space", "unit"),
    ("account_plan", "drivers", "driver"),
    ("account_plan", "initiatives", "initiative"),
    ("account_plan", "strategies", "strategy"),
)
"""The texts that became lists of rows: what was written is the first row, in the column named last."""


def upgrade() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("changed_at", engine.tables.Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )

    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.create_index("ix_setting_change_name", ["name", "changed_at"], unique=False)

    op.create_table(
        "competitor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("products", sa.Text(), nullable=True),
        sa.Column("strengths", sa.Text(), nullable=True),
        sa.Column("weaknesses", sa.Text(), nullable=True),
        sa.Column("typical_strategy", sa.Text(), nullable=True),
        sa.Column("price_level", sa.String(length=10), nullable=True),
        sa.Column("news", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("price_level IN ('below', 'equal', 'above')", name=op.f("ck_competitor_price_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competitor")),
        sa.UniqueConstraint("name", name=op.f("uq_competitor_name")),
        sa.UniqueConstraint("number", name=op.f("uq_competitor_number")),
    )

    op.create_table(
        "opportunity_source",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_zh", sa.String(length=100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_opportunity_source")),
    )

    op.create_table(
        "performance_measure",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("target", crm.tables.types.Fixed(14, 4), nullable=True),
        sa.Column("cycle", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("cycle IN ('month', 'quarter', 'year')", name=op.f("ck_performance_measure_cycle")),
        sa.CheckConstraint("direction IN ('higher', 'lower')", name=op.f("ck_performance_measure_direction")),
        sa.CheckConstraint(
            "\"group\" IN ('account', 'call', 'opportunity', 'approval')", name=op.f("ck_performance_measure_group")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_performance_measure")),
    )

    op.create_table(
        "price_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
        sa.UniqueConstraint("number", name=op.f("uq_price_list_number")),
    )

    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("family", sa.String(length=100), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("unit_cost", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("number", name=op.f("uq_product_number")),
    )

    op.create_table(
        "record_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("changed_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_change")),
    )

    with op.batch_alter_table("record_change", schema=None) as batch_op:
        batch_op.create_index("ix_record_change_record", ["kind", "record_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )

    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_business_key"), ["business_key"], unique=False)

    op.create_table(
        "price",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("price_list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_price", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("list_price >= 0", name=op.f("ck_price_list_price")),
        sa.ForeignKeyConstraint(["price_list_id"], ["price_list.id"], name=op.f("fk_price_price_list_id_price_list")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_price_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
        sa.UniqueConstraint("price_list_id", "product_id", name=op.f("uq_price_price_list_id_product_id")),
    )

    with op.batch_alter_table("price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_price_price_list_id"), ["price_list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_price_product_id"), ["product_id"], unique=False)

    op.create_table(
        "forecast",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weighted", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("commit_lines", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("best_case_lines", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("coverage", crm.tables.types.Fixed(12, 4), nullable=True),
        sa.Column("moved_pct", crm.tables.types.Fixed(12, 2), nullable=True),
        sa.Column("commit_amount", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("best_case", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("risks", sa.Text(), nullable=True),
        sa.Column("adjustment", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("adjustment_reason", sa.Text(), nullable=True),
        sa.Column("manager_amount", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("gap_actions", sa.JSON(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("published_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status IN ('open', 'submitted', 'approved', 'published')", name=op.f("ck_forecast_status")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_forecast_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_forecast_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
        sa.UniqueConstraint("number", name=op.f("uq_forecast_number")),
        sa.UniqueConstraint("owner", "period", "version", name=op.f("uq_forecast_owner_period_version")),
    )

    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecast_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forecast_owner"), ["owner"], unique=False)

    op.create_table(
        "measure_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("call_types", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("patterns", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("published_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status IN ('open', 'computed', 'published')", name=op.f("ck_measure_run_status")),
        sa.CheckConstraint(
            "\"group\" IN ('account', 'call', 'opportunity', 'approval')", name=op.f("ck_measure_run_group")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_measure_run_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_measure_run_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_run")),
        sa.UniqueConstraint("number", name=op.f("uq_measure_run_number")),
    )

    with op.batch_alter_table("measure_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_run_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_run_owner"), ["owner"], unique=False)

    op.create_table(
        "targeting_round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("min_score", sa.Integer(), nullable=False),
        sa.Column("max_key_accounts_per_rep", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("approved_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status IN ('open', 'approved', 'recorded')", name=op.f("ck_targeting_round_status")),
        sa.ForeignKeyConstraint(["approved_by"], ["users.login"], name=op.f("fk_targeting_round_approved_by_users")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_targeting_round_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_targeting_round_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targeting_round")),
        sa.UniqueConstraint("number", name=op.f("uq_targeting_round_number")),
    )

    with op.batch_alter_table("targeting_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_targeting_round_approved_by"), ["approved_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_targeting_round_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_targeting_round_owner"), ["owner"], unique=False)

    op.create_table(
        "territory",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("regions", sa.Text(), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("manager", sa.String(length=80), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["manager"], ["users.login"], name=op.f("fk_territory_manager_users")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_territory_org_unit_id_org_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("number", name=op.f("uq_territory_number")),
    )

    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territory_manager"), ["manager"], unique=False)

    op.create_table(
        "change_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("measure_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("process_key", sa.String(length=80), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("expected_effect", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status IN ('open', 'taken', 'refused')", name=op.f("ck_change_proposal_status")),
        sa.ForeignKeyConstraint(
            ["measure_run_id"], ["measure_run.id"], name=op.f("fk_change_proposal_measure_run_id_measure_run")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_change_proposal_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_proposal")),
    )

    with op.batch_alter_table("change_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_proposal_measure_run_id"), ["measure_run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_proposal_owner"), ["owner"], unique=False)

    op.create_table(
        "improvement_action",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("measure_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("measure", sa.String(length=60), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("done_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'dropped')", name=op.f("ck_improvement_action_status")),
        sa.ForeignKeyConstraint(
            ["measure_run_id"], ["measure_run.id"], name=op.f("fk_improvement_action_measure_run_id_measure_run")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_improvement_action_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_action")),
    )

    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_action_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_action_measure_run_id"), ["measure_run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_action_owner"), ["owner"], unique=False)

    op.create_table(
        "measure_result",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("measure_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("scope_kind", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("value", crm.tables.types.Fixed(18, 4), nullable=True),
        sa.Column("numerator", crm.tables.types.Fixed(18, 4), nullable=True),
        sa.Column("denominator", crm.tables.types.Fixed(18, 4), nullable=True),
        sa.Column("target", crm.tables.types.Fixed(14, 4), nullable=True),
        sa.Column("attainment_pct", crm.tables.types.Fixed(10, 2), nullable=True),
        sa.Column("rating", sa.String(length=20), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "scope_kind IN ('all', 'team', 'rep', 'account')", name=op.f("ck_measure_result_scope_kind")
        ),
        sa.ForeignKeyConstraint(
            ["measure_run_id"], ["measure_run.id"], name=op.f("fk_measure_result_measure_run_id_measure_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_result")),
    )

    with op.batch_alter_table("measure_result", schema=None) as batch_op:
        batch_op.create_index("ix_measure_result_measure", ["measure", "scope_kind", "scope"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_result_measure_run_id"), ["measure_run_id"], unique=False)

    op.create_table(
        "report_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("report", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("measure_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("distributed_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_run_id"], ["measure_run.id"], name=op.f("fk_report_run_measure_run_id_measure_run")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_report_run_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_report_run_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_run")),
        sa.UniqueConstraint("number", name=op.f("uq_report_run_number")),
    )

    with op.batch_alter_table("report_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_run_measure_run_id"), ["measure_run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_run_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_run_owner"), ["owner"], unique=False)

    op.create_table(
        "target_candidate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("targeting_round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attractiveness", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("position", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("score", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.Column("stance", sa.String(length=40), nullable=True),
        sa.Column("nominations", sa.JSON(), nullable=False),
        sa.Column("opinions", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("team", sa.JSON(), nullable=True),
        sa.Column("executive_sponsor", sa.String(length=80), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("decision IN ('target', 'removed')", name=op.f("ck_target_candidate_decision")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_target_candidate_account_id_account")),
        sa.ForeignKeyConstraint(
            ["executive_sponsor"], ["users.login"], name=op.f("fk_target_candidate_executive_sponsor_users")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_target_candidate_owner_users")),
        sa.ForeignKeyConstraint(
            ["targeting_round_id"],
            ["targeting_round.id"],
            name=op.f("fk_target_candidate_targeting_round_id_targeting_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_candidate")),
        sa.UniqueConstraint(
            "targeting_round_id", "account_id", name=op.f("uq_target_candidate_targeting_round_id_account_id")
        ),
    )

    with op.batch_alter_table("target_candidate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_candidate_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_target_candidate_executive_sponsor"), ["executive_sponsor"], unique=False)
        batch_op.create_index(batch_op.f("ix_target_candidate_owner"), ["owner"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_target_candidate_targeting_round_id"), ["targeting_round_id"], unique=False
        )

    op.create_table(
        "account_relationship",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("our_owner", sa.String(length=80), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("last_contact", sa.Date(), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("strength BETWEEN 1 AND 5", name=op.f("ck_account_relationship_strength")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_relationship_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_account_relationship_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["our_owner"], ["users.login"], name=op.f("fk_account_relationship_our_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_relationship")),
        sa.UniqueConstraint("contact_id", "our_owner", name=op.f("uq_account_relationship_contact_id_our_owner")),
    )

    with op.batch_alter_table("account_relationship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_relationship_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_relationship_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_relationship_our_owner"), ["our_owner"], unique=False)

    op.create_table(
        "account_verification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("verified_by", sa.String(length=80), nullable=True),
        sa.Column("verified_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("result IN ('ok', 'correct', 'merge')", name=op.f("ck_account_verification_result")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_verification_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_account_verification_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["account.id"], name=op.f("fk_account_verification_merged_into_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["users.login"], name=op.f("fk_account_verification_verified_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_verification")),
    )

    with op.batch_alter_table("account_verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_verification_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_verification_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_verification_verified_by"), ["verified_by"], unique=False)
        batch_op.create_index(
            "uq_account_verification_open",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("result IS NULL"),
            postgresql_where=sa.text("result IS NULL"),
        )

    op.create_table(
        "plan_objective",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.Column("baseline", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("target", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("actual", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "type IN ('revenue', 'margin', 'share', 'relationship', 'satisfaction', 'product')",
            name=op.f("ck_plan_objective_type"),
        ),
        sa.ForeignKeyConstraint(
            ["account_plan_id"], ["account_plan.id"], name=op.f("fk_plan_objective_account_plan_id_account_plan")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_plan_objective_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_objective")),
    )

    with op.batch_alter_table("plan_objective", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_objective_account_plan_id"), ["account_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_objective_owner"), ["owner"], unique=False)

    op.create_table(
        "plan_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("review_date", crm.tables.types.Moment(), nullable=True),
        sa.Column("reviewers", sa.JSON(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=True),
        sa.Column("quality_score", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("submitted_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("decided_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("result IN ('approved', 'rework', 'rejected')", name=op.f("ck_plan_review_result")),
        sa.ForeignKeyConstraint(
            ["account_plan_id"], ["account_plan.id"], name=op.f("fk_plan_review_account_plan_id_account_plan")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.login"], name=op.f("fk_plan_review_decided_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
    )

    with op.batch_alter_table("plan_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_review_account_plan_id"), ["account_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_review_decided_by"), ["decided_by"], unique=False)

    op.create_table(
        "lead",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("company_key", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("phone_or_email", sa.String(length=254), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("rfp", sa.Boolean(), nullable=False),
        sa.Column("rfp_due_date", sa.Date(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("duplicate_of", sa.String(length=20), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("pursue_decision", sa.String(length=10), nullable=True),
        sa.Column("pursue_rationale", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reject_reason", sa.String(length=30), nullable=True),
        sa.Column("reply_to_sender", sa.Boolean(), nullable=False),
        sa.Column("revisit_date", sa.Date(), nullable=True),
        sa.Column("campaign_list", sa.String(length=60), nullable=True),
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
        sa.CheckConstraint("pursue_decision IN ('pursue', 'no')", name=op.f("ck_lead_pursue_decision")),
        sa.CheckConstraint(
            "status IN ('new', 'scored', 'converted', 'nurture', 'rejected')", name=op.f("ck_lead_status")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_lead_score")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lead_account_id_account")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_lead_contact_id_contact")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_lead_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_lead_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_lead_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("number", name=op.f("uq_lead_number")),
    )

    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_company_key"), ["company_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_revisit_date"), ["revisit_date"], unique=False)

    op.create_table(
        "opportunity_competitor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("competitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("products", sa.Text(), nullable=True),
        sa.Column("services", sa.Text(), nullable=True),
        sa.Column("partners", sa.Text(), nullable=True),
        sa.Column("price", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("alignment", sa.Integer(), nullable=True),
        sa.Column("strengths", sa.Text(), nullable=True),
        sa.Column("weaknesses", sa.Text(), nullable=True),
        sa.Column("likely_strategy", sa.Text(), nullable=True),
        sa.Column("our_counter_moves", sa.Text(), nullable=True),
        sa.Column("won", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("alignment BETWEEN 1 AND 5", name=op.f("ck_opportunity_competitor_alignment")),
        sa.ForeignKeyConstraint(
            ["competitor_id"], ["competitor.id"], name=op.f("fk_opportunity_competitor_competitor_id_competitor")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_competitor_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_competitor")),
        sa.UniqueConstraint(
            "opportunity_id", "competitor_id", name=op.f("uq_opportunity_competitor_opportunity_id_competitor_id")
        ),
    )

    with op.batch_alter_table("opportunity_competitor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_competitor_competitor_id"), ["competitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_competitor_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "opportunity_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("buying_role", sa.String(length=20), nullable=True),
        sa.Column("influence", sa.Integer(), nullable=True),
        sa.Column("stance", sa.String(length=20), nullable=True),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("is_lead_decision_maker", sa.Boolean(), nullable=False),
        sa.Column("relationship_goal", sa.Text(), nullable=True),
        sa.Column("our_owner", sa.String(length=80), nullable=True),
        sa.Column("next_touch", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("influence BETWEEN 1 AND 5", name=op.f("ck_opportunity_contact_influence")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_opportunity_contact_contact_id_contact")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_contact_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["our_owner"], ["users.login"], name=op.f("fk_opportunity_contact_our_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_contact")),
        sa.UniqueConstraint(
            "opportunity_id", "contact_id", name=op.f("uq_opportunity_contact_opportunity_id_contact_id")
        ),
    )

    with op.batch_alter_table("opportunity_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_contact_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_contact_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_contact_our_owner"), ["our_owner"], unique=False)
        batch_op.create_index(
            "uq_opportunity_contact_lead",
            ["opportunity_id"],
            unique=True,
            sqlite_where=sa.text("is_lead_decision_maker"),
            postgresql_where=sa.text("is_lead_decision_maker"),
        )

    op.create_table(
        "opportunity_document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("visibility IN ('team', 'owner')", name=op.f("ck_opportunity_document_visibility")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_document_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_document")),
        sa.UniqueConstraint(
            "opportunity_id",
            "kind",
            "file_name",
            "version",
            name=op.f("uq_opportunity_document_opportunity_id_kind_file_name_version"),
        ),
    )

    with op.batch_alter_table("opportunity_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_document_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "opportunity_expense",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("payer", sa.String(length=80), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "type IN ('travel', 'hospitality', 'demo', 'bid', 'other')", name=op.f("ck_opportunity_expense_type")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_opportunity_expense_amount")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_expense_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["payer"], ["users.login"], name=op.f("fk_opportunity_expense_payer_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_expense")),
    )

    with op.batch_alter_table("opportunity_expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_expense_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_expense_payer"), ["payer"], unique=False)

    op.create_table(
        "opportunity_idea",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("est_value", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("timing", sa.String(length=100), nullable=True),
        sa.Column("create_opportunity", sa.Boolean(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_plan_id"], ["account_plan.id"], name=op.f("fk_opportunity_idea_account_plan_id_account_plan")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_idea_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_idea")),
    )

    with op.batch_alter_table("opportunity_idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_idea_account_plan_id"), ["account_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_idea_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "opportunity_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("depth", sa.String(length=10), nullable=True),
        sa.Column("required_sections", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("iteration_no", sa.Integer(), nullable=False),
        sa.Column("customer_view", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("csf", sa.JSON(), nullable=False),
        sa.Column("competitive_strategy", sa.String(length=20), nullable=True),
        sa.Column("counter_moves", sa.Text(), nullable=True),
        sa.Column("lead_rep", sa.String(length=80), nullable=True),
        sa.Column("completeness_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("status_rag", sa.String(length=10), nullable=True),
        sa.Column("decision_process", sa.Text(), nullable=True),
        sa.Column("review_notes", sa.Text(), nullable=True),
        sa.Column("agreed_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("content_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "competitive_strategy IN ('frontal', 'flanking', 'fragment', 'defend', 'develop')",
            name=op.f("ck_opportunity_plan_competitive_strategy"),
        ),
        sa.CheckConstraint("depth IN ('light', 'standard', 'full')", name=op.f("ck_opportunity_plan_depth")),
        sa.CheckConstraint("status IN ('draft', 'agreed', 'stale')", name=op.f("ck_opportunity_plan_status")),
        sa.CheckConstraint("status_rag IN ('green', 'amber', 'red')", name=op.f("ck_opportunity_plan_status_rag")),
        sa.ForeignKeyConstraint(["lead_rep"], ["users.login"], name=op.f("fk_opportunity_plan_lead_rep_users")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_plan_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(
            ["org_unit_id"], ["org_unit.id"], name=op.f("fk_opportunity_plan_org_unit_id_org_unit")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_opportunity_plan_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_opportunity_plan_number")),
        sa.UniqueConstraint("opportunity_id", name=op.f("uq_opportunity_plan_opportunity_id")),
    )

    with op.batch_alter_table("opportunity_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_plan_lead_rep"), ["lead_rep"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_plan_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_plan_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_plan_owner"), ["owner"], unique=False)

    op.create_table(
        "opportunity_product",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("qty", crm.tables.types.Fixed(14, 4), nullable=False),
        sa.Column("price", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("discount_pct", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_opportunity_product_price")),
        sa.CheckConstraint("qty > 0", name=op.f("ck_opportunity_product_qty")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_product_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_opportunity_product_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_product")),
    )

    with op.batch_alter_table("opportunity_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_product_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_product_product_id"), ["product_id"], unique=False)

    op.create_table(
        "plan_review_score",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("plan_review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reviewer", sa.String(length=80), nullable=False),
        sa.Column("customer_environment", sa.Integer(), nullable=False),
        sa.Column("financials", sa.Integer(), nullable=False),
        sa.Column("relationship", sa.Integer(), nullable=False),
        sa.Column("strategy_execution", sa.Integer(), nullable=False),
        sa.Column("resources", sa.Integer(), nullable=False),
        sa.Column("learning", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "customer_environment BETWEEN 0 AND 20", name=op.f("ck_plan_review_score_customer_environment")
        ),
        sa.CheckConstraint("financials BETWEEN 0 AND 10", name=op.f("ck_plan_review_score_financials")),
        sa.CheckConstraint("learning BETWEEN 0 AND 15", name=op.f("ck_plan_review_score_learning")),
        sa.CheckConstraint("relationship BETWEEN 0 AND 25", name=op.f("ck_plan_review_score_relationship")),
        sa.CheckConstraint("resources BETWEEN 0 AND 10", name=op.f("ck_plan_review_score_resources")),
        sa.CheckConstraint("strategy_execution BETWEEN 0 AND 20", name=op.f("ck_plan_review_score_strategy_execution")),
        sa.ForeignKeyConstraint(
            ["plan_review_id"], ["plan_review.id"], name=op.f("fk_plan_review_score_plan_review_id_plan_review")
        ),
        sa.ForeignKeyConstraint(["reviewer"], ["users.login"], name=op.f("fk_plan_review_score_reviewer_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review_score")),
        sa.UniqueConstraint("plan_review_id", "reviewer", name=op.f("uq_plan_review_score_plan_review_id_reviewer")),
    )

    with op.batch_alter_table("plan_review_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_review_score_plan_review_id"), ["plan_review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_review_score_reviewer"), ["reviewer"], unique=False)

    op.create_table(
        "power_map_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("type IN ('reports_to', 'influences', 'conflicts')", name=op.f("ck_power_map_link_type")),
        sa.CheckConstraint("from_contact_id <> to_contact_id", name=op.f("ck_power_map_link_two_people")),
        sa.CheckConstraint("strength BETWEEN 1 AND 5", name=op.f("ck_power_map_link_strength")),
        sa.ForeignKeyConstraint(
            ["from_contact_id"], ["contact.id"], name=op.f("fk_power_map_link_from_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_power_map_link_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(
            ["to_contact_id"], ["contact.id"], name=op.f("fk_power_map_link_to_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_map_link")),
        sa.UniqueConstraint(
            "opportunity_id",
            "from_contact_id",
            "to_contact_id",
            "type",
            name=op.f("uq_power_map_link_opportunity_id_from_contact_id_to_contact_id_type"),
        ),
    )

    with op.batch_alter_table("power_map_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_power_map_link_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("discount_pct", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("margin_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("payment_terms", sa.String(length=500), nullable=False),
        sa.Column("non_standard_terms", sa.Boolean(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=True),
        sa.Column("counter_discount", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("customer_note", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sent_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'in_approval', 'approved', 'sent', 'accepted', 'rejected', 'expired')",
            name=op.f("ck_quote_status"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_quote_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_quote_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_quote_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("number", name=op.f("uq_quote_number")),
    )

    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_owner"), ["owner"], unique=False)

    op.create_table(
        "sales_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("previous_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("customer_reason", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("call_priority", sa.Integer(), nullable=True),
        sa.Column("proposed_times", sa.JSON(), nullable=False),
        sa.Column("start_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("duration_min", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("coordination", sa.String(length=10), nullable=True),
        sa.Column("coordination_note", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=20), nullable=True),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("depth", sa.String(length=10), nullable=True),
        sa.Column("primary_objective", sa.Text(), nullable=True),
        sa.Column("minimum_outcome", sa.Text(), nullable=True),
        sa.Column("success_signal", sa.Text(), nullable=True),
        sa.Column("learn_goals", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("value_messages", sa.JSON(), nullable=False),
        sa.Column("expected_concerns", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("agenda_approved", sa.Boolean(), nullable=False),
        sa.Column("agenda_sent_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("rehearsed", sa.Boolean(), nullable=False),
        sa.Column("actual_start", crm.tables.types.Moment(), nullable=True),
        sa.Column("actual_end", crm.tables.types.Moment(), nullable=True),
        sa.Column("key_person_present", sa.Boolean(), nullable=True),
        sa.Column("introductions_done", sa.Boolean(), nullable=True),
        sa.Column("purpose_stated", sa.Boolean(), nullable=True),
        sa.Column("value_for_customer", sa.Text(), nullable=True),
        sa.Column("time_confirmed", sa.Boolean(), nullable=True),
        sa.Column("agenda_answer", sa.String(length=10), nullable=True),
        sa.Column("interest", sa.Integer(), nullable=True),
        sa.Column("suggested_commitment", sa.String(length=100), nullable=True),
        sa.Column("agreed_points", sa.JSON(), nullable=False),
        sa.Column("open_points", sa.JSON(), nullable=False),
        sa.Column("customer_confirms", sa.Boolean(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("commitment", sa.String(length=10), nullable=True),
        sa.Column("fallback_asked", sa.Text(), nullable=True),
        sa.Column("fallback_accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("reason_text", sa.Text(), nullable=True),
        sa.Column("next_call_wanted", sa.Boolean(), nullable=False),
        sa.Column("objective_result", sa.String(length=10), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("sentiment", sa.Integer(), nullable=True),
        sa.Column("documented_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("customer_message", sa.Text(), nullable=True),
        sa.Column("customer_attachments", sa.Text(), nullable=True),
        sa.Column("summary_sent_at", crm.tables.types.Moment(), nullable=True),
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
        sa.CheckConstraint("channel IN ('visit', 'video', 'phone')", name=op.f("ck_sales_call_channel")),
        sa.CheckConstraint("duration_min > 0", name=op.f("ck_sales_call_duration_min")),
        sa.CheckConstraint("interest BETWEEN 1 AND 5", name=op.f("ck_sales_call_interest")),
        sa.CheckConstraint("sentiment BETWEEN 1 AND 5", name=op.f("ck_sales_call_sentiment")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sales_call_account_id_account")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_sales_call_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_sales_call_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_sales_call_owner_users")),
        sa.ForeignKeyConstraint(
            ["previous_call_id"], ["sales_call.id"], name=op.f("fk_sales_call_previous_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_call")),
        sa.UniqueConstraint("number", name=op.f("uq_sales_call_number")),
        sa.UniqueConstraint("source_system", "external_id", name=op.f("uq_sales_call_source_system_external_id")),
    )

    with op.batch_alter_table("sales_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_call_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_start_at"), ["start_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_status"), ["status"], unique=False)

    op.create_table(
        "win_loss_analysis",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("decisive_factor", sa.Text(), nullable=True),
        sa.Column("reusable_assets", sa.Text(), nullable=True),
        sa.Column("chosen_competitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("price_gap_pct", crm.tables.types.Fixed(7, 2), nullable=True),
        sa.Column("lessons", sa.Text(), nullable=True),
        sa.Column("revisit_date", sa.Date(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("analysed_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("analysed_by", sa.String(length=80), nullable=False),
        sa.Column("reviewed_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("outcome IN ('won', 'lost', 'no_decision')", name=op.f("ck_win_loss_analysis_outcome")),
        sa.ForeignKeyConstraint(["analysed_by"], ["users.login"], name=op.f("fk_win_loss_analysis_analysed_by_users")),
        sa.ForeignKeyConstraint(
            ["chosen_competitor_id"],
            ["competitor.id"],
            name=op.f("fk_win_loss_analysis_chosen_competitor_id_competitor"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_win_loss_analysis_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win_loss_analysis")),
    )

    with op.batch_alter_table("win_loss_analysis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_win_loss_analysis_analysed_by"), ["analysed_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_win_loss_analysis_chosen_competitor_id"), ["chosen_competitor_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_win_loss_analysis_opportunity_id"), ["opportunity_id"], unique=False)

    op.create_table(
        "business_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("benefits", sa.JSON(), nullable=False),
        sa.Column("annual_value", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("cost", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("payback_months", sa.Integer(), nullable=True),
        sa.Column("customer_agreed", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_business_case_opportunity_plan_id_opportunity_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_case")),
        sa.UniqueConstraint(
            "opportunity_plan_id", "version", name=op.f("uq_business_case_opportunity_plan_id_version")
        ),
    )

    with op.batch_alter_table("business_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_business_case_opportunity_plan_id"), ["opportunity_plan_id"], unique=False)

    op.create_table(
        "buying_milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("customer_owner", sa.String(length=200), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("our_activity", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('evaluation', 'approval', 'purchasing', 'legal', 'implementation', 'other')",
            name=op.f("ck_buying_milestone_kind"),
        ),
        sa.CheckConstraint("status IN ('planned', 'done', 'slipped')", name=op.f("ck_buying_milestone_status")),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_buying_milestone_opportunity_plan_id_opportunity_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buying_milestone")),
    )

    with op.batch_alter_table("buying_milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_buying_milestone_opportunity_plan_id"), ["opportunity_plan_id"], unique=False
        )

    op.create_table(
        "call_agenda_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(length=80), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status IN ('open', 'covered', 'dropped')", name=op.f("ck_call_agenda_item_status")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_call_agenda_item_minutes")),
        sa.ForeignKeyConstraint(["lead"], ["users.login"], name=op.f("fk_call_agenda_item_lead_users")),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_call_agenda_item_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_agenda_item")),
        sa.UniqueConstraint("sales_call_id", "position", name=op.f("uq_call_agenda_item_sales_call_id_position")),
    )

    with op.batch_alter_table("call_agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_agenda_item_lead"), ["lead"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_agenda_item_sales_call_id"), ["sales_call_id"], unique=False)

    op.create_table(
        "call_follow_up",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("done_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("result", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("result IN ('done', 'partly', 'not_done')", name=op.f("ck_call_follow_up_result")),
        sa.CheckConstraint("side IN ('us', 'customer')", name=op.f("ck_call_follow_up_side")),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'done', 'not_done', 'dropped')", name=op.f("ck_call_follow_up_status")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_call_follow_up_contact_id_contact")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_call_follow_up_owner_users")),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_call_follow_up_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_follow_up")),
    )

    with op.batch_alter_table("call_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_follow_up_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_follow_up_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_follow_up_sales_call_id"), ["sales_call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_follow_up_status"), ["status"], unique=False)

    op.create_table(
        "call_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("resolved", sa.Boolean(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('need', 'qualification', 'message', 'evidence', 'concern', 'expert_answer', 'competitor_news')",
            name=op.f("ck_call_note_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_call_note_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_note")),
    )

    with op.batch_alter_table("call_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_note_sales_call_id"), ["sales_call_id"], unique=False)

    op.create_table(
        "coaching_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kind IN ('rehearsal', 'call', 'measure')", name=op.f("ck_coaching_note_kind")),
        sa.CheckConstraint("status IN ('open', 'done')", name=op.f("ck_coaching_note_status")),
        sa.ForeignKeyConstraint(["author"], ["users.login"], name=op.f("fk_coaching_note_author_users")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_coaching_note_owner_users")),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_coaching_note_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_note")),
    )

    with op.batch_alter_table("coaching_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coaching_note_author"), ["author"], unique=False)
        batch_op.create_index(batch_op.f("ix_coaching_note_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_coaching_note_sales_call_id"), ["sales_call_id"], unique=False)

    op.create_table(
        "decision_factor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("factor", sa.String(length=300), nullable=False),
        sa.Column("weight", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("our_position", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("our_position BETWEEN 1 AND 5", name=op.f("ck_decision_factor_our_position")),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_decision_factor_opportunity_plan_id_opportunity_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_factor")),
    )

    with op.batch_alter_table("decision_factor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_factor_opportunity_plan_id"), ["opportunity_plan_id"], unique=False
        )

    op.create_table(
        "opportunity_activity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "type IN ('call', 'visit', 'mail', 'meeting', 'demo', 'task')", name=op.f("ck_opportunity_activity_type")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_activity_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_opportunity_activity_owner_users")),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_opportunity_activity_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_activity")),
    )

    with op.batch_alter_table("opportunity_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_activity_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_activity_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_activity_sales_call_id"), ["sales_call_id"], unique=False)

    op.create_table(
        "plan_action",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("parent_kind", sa.String(length=20), nullable=False),
        sa.Column("account_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=True),
        sa.Column("section", sa.String(length=20), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("done_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("carried_from", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(parent_kind = 'account_plan' AND account_plan_id IS NOT NULL AND opportunity_plan_id IS NULL) OR (parent_kind = 'opportunity_plan' AND opportunity_plan_id IS NOT NULL AND account_plan_id IS NULL)",
            name=op.f("ck_plan_action_parent"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'done', 'late', 'dropped', 'carried')", name=op.f("ck_plan_action_status")
        ),
        sa.ForeignKeyConstraint(
            ["account_plan_id"], ["account_plan.id"], name=op.f("fk_plan_action_account_plan_id_account_plan")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_plan_action_opportunity_plan_id_opportunity_plan"),
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_plan_action_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
    )

    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_action_account_plan_id"), ["account_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_action_opportunity_plan_id"), ["opportunity_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_action_owner"), ["owner"], unique=False)
        batch_op.create_index("ix_plan_action_owner_status_due", ["owner", "status", "due"], unique=False)

    op.create_table(
        "plan_gap",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "section IN ('stakeholders', 'power_map', 'issues', 'timeline', 'competition', 'partners', 'value', 'solution', 'csf', 'resources', 'actions')",
            name=op.f("ck_plan_gap_section"),
        ),
        sa.CheckConstraint("status IN ('open', 'closed')", name=op.f("ck_plan_gap_status")),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_plan_gap_opportunity_plan_id_opportunity_plan"),
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_plan_gap_owner_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_gap")),
    )

    with op.batch_alter_table("plan_gap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_gap_opportunity_plan_id"), ["opportunity_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_gap_owner"), ["owner"], unique=False)

    op.create_table(
        "plan_section",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("assignee", sa.String(length=80), nullable=False),
        sa.Column("expertise", sa.String(length=200), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("input", sa.Text(), nullable=True),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("open_questions", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "section IN ('stakeholders', 'power_map', 'issues', 'timeline', 'competition', 'partners', 'value', 'solution', 'csf', 'resources', 'actions')",
            name=op.f("ck_plan_section_section"),
        ),
        sa.CheckConstraint("status IN ('open', 'given')", name=op.f("ck_plan_section_status")),
        sa.CheckConstraint("confidence BETWEEN 1 AND 5", name=op.f("ck_plan_section_confidence")),
        sa.ForeignKeyConstraint(["assignee"], ["users.login"], name=op.f("fk_plan_section_assignee_users")),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_plan_section_opportunity_plan_id_opportunity_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_section")),
        sa.UniqueConstraint("opportunity_plan_id", "section", name=op.f("uq_plan_section_opportunity_plan_id_section")),
    )

    with op.batch_alter_table("plan_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_section_assignee"), ["assignee"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_section_opportunity_plan_id"), ["opportunity_plan_id"], unique=False)

    op.create_table(
        "quote_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("quote_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("qty", crm.tables.types.Fixed(14, 4), nullable=False),
        sa.Column("list_price", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("discount_pct", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("list_price >= 0", name=op.f("ck_quote_line_list_price")),
        sa.CheckConstraint("qty > 0", name=op.f("ck_quote_line_qty")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_quote_line_product_id_product")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_quote_line_quote_id_quote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_line")),
    )

    with op.batch_alter_table("quote_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_line_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_line_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "resource_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("days", crm.tables.types.Fixed(7, 1), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("assigned", sa.String(length=80), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=True),
        sa.Column("fit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'assigned', 'partial', 'refused')", name=op.f("ck_resource_request_status")
        ),
        sa.ForeignKeyConstraint(["assigned"], ["users.login"], name=op.f("fk_resource_request_assigned_users")),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_resource_request_opportunity_plan_id_opportunity_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_request")),
    )

    with op.batch_alter_table("resource_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_request_assigned"), ["assigned"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resource_request_opportunity_plan_id"), ["opportunity_plan_id"], unique=False
        )

    op.create_table(
        "sales_call_attendee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=True),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["login"], ["users.login"], name=op.f("fk_sales_call_attendee_login_users")),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_sales_call_attendee_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_call_attendee")),
        sa.UniqueConstraint("sales_call_id", "login", name=op.f("uq_sales_call_attendee_sales_call_id_login")),
    )

    with op.batch_alter_table("sales_call_attendee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_call_attendee_login"), ["login"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_attendee_sales_call_id"), ["sales_call_id"], unique=False)

    op.create_table(
        "sales_call_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("sales_call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_sales_call_contact_contact_id_contact")),
        sa.ForeignKeyConstraint(
            ["sales_call_id"], ["sales_call.id"], name=op.f("fk_sales_call_contact_sales_call_id_sales_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_call_contact")),
        sa.UniqueConstraint("sales_call_id", "contact_id", name=op.f("uq_sales_call_contact_sales_call_id_contact_id")),
    )

    with op.batch_alter_table("sales_call_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_call_contact_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_call_contact_sales_call_id"), ["sales_call_id"], unique=False)

    op.create_table(
        "sales_order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quote_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_no", sa.String(length=60), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('entered', 'partial', 'complete', 'cancelled')", name=op.f("ck_sales_order_status")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_sales_order_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_sales_order_org_unit_id_org_unit")),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_sales_order_owner_users")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_sales_order_quote_id_quote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint("number", name=op.f("uq_sales_order_number")),
    )

    with op.batch_alter_table("sales_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_order_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_order_org_unit_id"), ["org_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_order_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_order_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "solution_option",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opportunity_plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("price", crm.tables.types.Fixed(18, 2), nullable=True),
        sa.Column("fit", sa.Integer(), nullable=True),
        sa.Column("recommended", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("fit BETWEEN 1 AND 5", name=op.f("ck_solution_option_fit")),
        sa.ForeignKeyConstraint(
            ["opportunity_plan_id"],
            ["opportunity_plan.id"],
            name=op.f("fk_solution_option_opportunity_plan_id_opportunity_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_option")),
    )

    with op.batch_alter_table("solution_option", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_solution_option_opportunity_plan_id"), ["opportunity_plan_id"], unique=False
        )
        batch_op.create_index(
            "uq_solution_option_recommended",
            ["opportunity_plan_id"],
            unique=True,
            sqlite_where=sa.text("recommended"),
            postgresql_where=sa.text("recommended"),
        )

    op.create_table(
        "win_loss_reason",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("win_loss_analysis_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kind IN ('win', 'loss')", name=op.f("ck_win_loss_reason_kind")),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_win_loss_reason_weight")),
        sa.ForeignKeyConstraint(
            ["kind", "code"],
            ["reason_code.kind", "reason_code.code"],
            name=op.f("fk_win_loss_reason_kind_code_reason_code"),
        ),
        sa.ForeignKeyConstraint(
            ["win_loss_analysis_id"],
            ["win_loss_analysis.id"],
            name=op.f("fk_win_loss_reason_win_loss_analysis_id_win_loss_analysis"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win_loss_reason")),
        sa.UniqueConstraint("win_loss_analysis_id", "code", name=op.f("uq_win_loss_reason_win_loss_analysis_id_code")),
    )

    with op.batch_alter_table("win_loss_reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_win_loss_reason_code"), ["code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_win_loss_reason_win_loss_analysis_id"), ["win_loss_analysis_id"], unique=False
        )

    op.create_table(
        "order_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("qty", crm.tables.types.Fixed(14, 4), nullable=False),
        sa.Column("price", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("discount_pct", crm.tables.types.Fixed(7, 2), nullable=False),
        sa.Column("amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("delivery_date", sa.Date(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_order_line_price")),
        sa.CheckConstraint("qty > 0", name=op.f("ck_order_line_qty")),
        sa.ForeignKeyConstraint(["order_id"], ["sales_order.id"], name=op.f("fk_order_line_order_id_sales_order")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_line_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )

    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_product_id"), ["product_id"], unique=False)

    op.create_table(
        "playbook_tactic",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=True),
        sa.Column("section", sa.String(length=20), nullable=True),
        sa.Column("segment", sa.String(length=40), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("plan_action_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_playbook_tactic_opportunity_id_opportunity")
        ),
        sa.ForeignKeyConstraint(["owner"], ["users.login"], name=op.f("fk_playbook_tactic_owner_users")),
        sa.ForeignKeyConstraint(
            ["plan_action_id"], ["plan_action.id"], name=op.f("fk_playbook_tactic_plan_action_id_plan_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playbook_tactic")),
        sa.UniqueConstraint("plan_action_id", name=op.f("uq_playbook_tactic_plan_action_id")),
    )

    with op.batch_alter_table("playbook_tactic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_playbook_tactic_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_playbook_tactic_owner"), ["owner"], unique=False)

    op.create_table(
        "order_execution",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("order_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordered", crm.tables.types.Fixed(14, 4), nullable=False),
        sa.Column("shipped", crm.tables.types.Fixed(14, 4), nullable=False),
        sa.Column("invoiced", crm.tables.types.Fixed(14, 4), nullable=False),
        sa.Column("received_amount", crm.tables.types.Fixed(18, 2), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("delay_cause", sa.Text(), nullable=True),
        sa.Column("customer_informed", sa.Boolean(), nullable=True),
        sa.Column("refreshed_at", crm.tables.types.Moment(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", crm.tables.types.Moment(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("last_change", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'partial', 'complete', 'cancelled')", name=op.f("ck_order_execution_state")
        ),
        sa.CheckConstraint(
            "shipped >= 0 AND invoiced >= 0 AND received_amount >= 0", name=op.f("ck_order_execution_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_line.id"], name=op.f("fk_order_execution_order_line_id_order_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_execution")),
        sa.UniqueConstraint("order_line_id", name=op.f("uq_order_execution_order_line_id")),
    )

    with op.batch_alter_table("account_plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("period_start", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("period_end", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("review_cycle", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("contributors", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("customer_csf", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("relationship_goals", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("competitor_positions", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("contributions", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("resources", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("sponsor_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("approved_at", crm.tables.types.Moment(), nullable=True))
        batch_op.add_column(sa.Column("kick_off_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("attendees", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("agreements", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("next_review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("blockers", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("support", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("customer_feedback", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("satisfaction", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("commitments", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("ended_reason", sa.Text(), nullable=True))

    with op.batch_alter_table("account_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("ownership", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("locations", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("fiscal_year_end", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("competitors", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("news", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("issues", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("history", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("missing", sa.JSON(), nullable=True))

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("base", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_keep_until", ["state", "keep_until"], unique=False)

    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begun_about", sa.String(length=200), server_default="", nullable=False))
        batch_op.create_index("ix_process_instance_begun_about", ["begun_about", "state"], unique=False)

    change_tables()
    make_lists()
    op.execute("UPDATE process_instance SET begun_about = business_key")


def change_tables() -> None:
    """Tables that were there before: columns, and what may stand in them."""
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("credit_checked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("credit_valid_until", sa.Date(), nullable=True))
    with op.batch_alter_table("approval_threshold") as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=10), server_default="published", nullable=False))
    with op.batch_alter_table("forecast_line") as batch_op:
        batch_op.add_column(sa.Column("comment", sa.Text(), nullable=True))
    with op.batch_alter_table("opportunity_evaluation") as batch_op:
        batch_op.alter_column("recommendation", type_=sa.String(length=30), existing_nullable=True)
    for table, (name, rule) in RULES.items():
        with op.batch_alter_table(table) as batch_op:
            if table != "approval_threshold":
                batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)
    with op.batch_alter_table("handover") as batch_op:
        batch_op.add_column(sa.Column("item", sa.String(length=200), server_default="", nullable=False))
        batch_op.drop_constraint(op.f("uq_handover_source_instance_source_element_target_key"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_handover_source_instance_source_element_target_key_item"),
            ["source_instance", "source_element", "target_key", "item"],
        )


def make_lists() -> None:
    """Texts become lists of rows, and the strengths and weaknesses of a plan a text."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column, name in LISTS:
            row = f"json_build_array(json_build_object('{name}', {column}))"
            kept = f"CASE WHEN {column} IS NOT NULL THEN {row} END"
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE JSON USING {kept}")
        op.execute("ALTER TABLE account_plan ALTER COLUMN swot TYPE TEXT USING swot #>> '{}'")
        return
    for table, column, name in LISTS:
        row = f"json_array(json_object('{name}', {column}))"
        op.execute(f"UPDATE {table} SET {column} = {row} WHERE {column} IS NOT NULL")
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, type_=sa.JSON(), existing_nullable=True)
    op.execute("UPDATE account_plan SET swot = json_extract(swot, '$') WHERE swot IS NOT NULL")
    with op.batch_alter_table("account_plan") as batch_op:
        batch_op.alter_column("swot", type_=sa.Text(), existing_nullable=True)
