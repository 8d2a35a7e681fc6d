"""Relationships between our people and the contacts of an account."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from crm.tables.columns import identity, login, metadata, versioned

account_relationship = Table(
    "account_relationship",
    metadata,
    identity(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contact.id"), nullable=False, index=True),
    login("our_owner"),
    Column("strength", Integer, nullable=False),
    Column("last_contact", Date),
    Column("goal", Text),
    *versioned(),
    CheckConstraint("strength BETWEEN 1 AND 5", name="strength"),
    UniqueConstraint("contact_id", "our_owner"),
)
