"""Leads, and the list of new customers that operations still have to verify."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from crm.tables.columns import identity, imported, login, metadata, numbered, owned, versioned
from crm.tables.types import Moment

# `company_key` is the normalised company name; `duplicate_of` names the lead that said the same before; `document`
# lists the files that came with it (`crm.files`).
lead = Table(
    "lead",
    metadata,
    *numbered(),
    Column("company", String(200), nullable=False),
    Column("company_key", String(200), nullable=False, index=True),
    Column("contact_name", String(200), nullable=False),
    Column("phone_or_email", String(254), nullable=False),
    Column("source", String(60), nullable=False),
    Column("need", Text),
    Column("rfp", Boolean, nullable=False, default=False),
    Column("rfp_due_date", Date),
    Column("document", JSON, nullable=False, default=list),
    Column("account_id", ForeignKey("account.id"), index=True),
    Column("contact_id", ForeignKey("contact.id")),
    Column("opportunity_id", ForeignKey("opportunity.id"), index=True),
    Column("duplicate_of", String(20)),
    Column("score", Integer),
    Column("decision", String(20)),
    Column("pursue_decision", String(10)),
    Column("pursue_rationale", Text),
    Column("status", String(20), nullable=False, default="new"),
    Column("reject_reason", String(30)),
    Column("reply_to_sender", Boolean, nullable=False, default=False),
    Column("revisit_date", Date, index=True),
    Column("campaign_list", String(60)),
    *owned(),
    *imported(),
    *versioned(),
    CheckConstraint("score BETWEEN 0 AND 100", name="score"),
    CheckConstraint("pursue_decision IN ('pursue', 'no')", name="pursue_decision"),
    CheckConstraint("status IN ('new', 'scored', 'converted', 'nurture', 'rejected')", name="status"),
)

# One open line for each new customer, until operations find it right, correct it or merge it into another.
account_verification = Table(
    "account_verification",
    metadata,
    identity(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contact.id")),
    Column("due", Date, nullable=False, index=True),
    Column("result", String(10)),
    Column("merged_into_id", ForeignKey("account.id")),
    Column("note", Text),
    login("verified_by", nullable=True),
    Column("verified_at", Moment()),
    *versioned(),
    CheckConstraint("result IN ('ok', 'correct', 'merge')", name="result"),
    Index(
        "uq_account_verification_open",
        "account_id",
        unique=True,
        sqlite_where=text("result IS NULL"),
        postgresql_where=text("result IS NULL"),
    ),
)
