"""Imports: each run with its state, its rows in waiting, and what was found wrong with them.

The waiting rows live here because the command line and jobs write them as well as pages do.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from crm.tables.columns import identity, login, metadata, versioned
from crm.tables.customers import account, contact
from crm.tables.opportunities import RATINGS, opportunity
from crm.tables.types import Moment, percent

KINDS = ("accounts", "contacts", "opportunities")
STATES = ("uploaded", "checking", "checked", "applying", "done", "failed", "cancelled")

# `stored` is the file's name in the folder of uploads; `options` how its columns and values are read.
# Its figures change with every piece of work; they are no history of a business record.
import_run = Table(
    "import_run",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("file_name", String(200), nullable=False),
    Column("stored", String(80), nullable=False, unique=True),
    Column("encoding", String(20)),
    Column("delimiter", String(2)),
    Column("header", JSON, nullable=False, default=list),
    Column("options", JSON, nullable=False, default=dict),
    login("started_by"),
    Column("apply_after", Boolean, nullable=False, default=False),
    Column("rows_total", Integer, nullable=False, default=0),
    Column("rows_read", Integer, nullable=False, default=0),
    Column("created_count", Integer, nullable=False, default=0),
    Column("updated_count", Integer, nullable=False, default=0),
    Column("unchanged_count", Integer, nullable=False, default=0),
    Column("error_count", Integer, nullable=False, default=0),
    Column("rechecks", Integer, nullable=False, default=0),
    Column("message", Text),
    Column("message_values", JSON, nullable=False, default=dict),
    Column("finished_at", Moment()),
    *versioned(),
    CheckConstraint("kind IN ('accounts', 'contacts', 'opportunities')", name="kind"),
    CheckConstraint(
        "state IN ('uploaded', 'checking', 'checked', 'applying', 'done', 'failed', 'cancelled')", name="state"
    ),
    info={"history": False},
)


# Links have the type of what they point to.
LINKS: dict[str, TypeEngine[Any]] = {
    "owner": String(80),
    "org_unit_id": BigInteger(),
    "sales_mode": String(20),
    "stage": String(60),
}


def _run() -> Column[int]:
    return Column("run_id", ForeignKey("import_run.id"), primary_key=True)


import_finding = Table(
    "import_finding",
    metadata,
    identity(),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("severity", String(8), nullable=False),
    Column("column", String(200), nullable=False, default=""),
    Column("value", String(200), nullable=False, default=""),
    Column("template", Text, nullable=False),
    Column("template_values", JSON, nullable=False, default=dict),
    Index("ix_import_finding_run_line", "run_id", "line"),
    CheckConstraint("severity IN ('error', 'note')", name="severity"),
)


def _waiting(name: str, target: Table, fields: tuple[str, ...], *more: Column[object]) -> Table:
    """The waiting rows for a table: what to do, to which row as it was seen, and the new values.

    `position` counts the new rows from 1, for their numbers.
    """
    return Table(
        name,
        metadata,
        _run(),
        Column("line", Integer, primary_key=True),
        Column("action", String(10), nullable=False),
        Column("target_id", BigInteger),
        Column("target_version", Integer),
        Column("position", Integer),
        Column("source_system", String(80)),
        Column("external_id", String(200)),
        *(Column(field, LINKS.get(field, target.c[field].type)) for field in fields),
        *more,
        Index(f"ix_{name}_run_action", "run_id", "action"),
        CheckConstraint("action IN ('create', 'update', 'unchanged')", name="action"),
    )


ACCOUNT_FIELDS = (
    "name",
    "name_key",
    "tax_id",
    "industry",
    "region",
    "size",
    "address",
    "phone",
    "website",
    "tier",
    "is_target",
    "credit_standing",
    "credit_limit",
    "prior_customer",
    "owner",
    "org_unit_id",
)
CONTACT_FIELDS = ("name", "title", "department", "phone", "email", "consent")
OPPORTUNITY_FIELDS = (
    "name",
    "source",
    "sales_mode",
    "stage",
    "status",
    "amount",
    "currency",
    "amount_base",
    "win_probability",
    "expected_close_date",
    "need",
    "rfp",
    "next_step",
    "next_step_date",
    "notes",
    "forecast_category",
    "outcome",
    "outcome_date",
    "actual_amount",
    "owner",
    "org_unit_id",
    *RATINGS,
)

import_account = _waiting("import_account", account, ACCOUNT_FIELDS)
import_contact = _waiting("import_contact", contact, CONTACT_FIELDS, Column("account_id", BigInteger))
import_opportunity = _waiting(
    "import_opportunity",
    opportunity,
    OPPORTUNITY_FIELDS,
    Column("account_id", BigInteger),
    Column("old_owner", String(80)),
    Column("stage_probability", percent()),
    Column("pipeline_entry_at", Moment()),
    Column("period", String(10)),
)
