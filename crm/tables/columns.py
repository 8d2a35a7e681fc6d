"""The one `metadata`, and the columns that every record carries (catalogue 8.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Text

from crm.tables.types import Identity, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identity() -> Column[Any]:
    """The row's own id."""
    return Column("id", Identity, primary_key=True, autoincrement=True)


def versioned() -> list[Column[Any]]:
    """Version and authorship: `last_change` names the fields of the latest update, for conflict messages."""
    return [
        Column("row_version", Integer, nullable=False, default=1, server_default="1"),
        Column("created_at", Moment(), nullable=False),
        Column("created_by", String(80), nullable=False),
        Column("updated_at", Moment(), nullable=False),
        Column("updated_by", String(80), nullable=False),
        Column("last_change", Text, nullable=False, default="", server_default=""),
    ]


def imported() -> list[Column[Any]]:
    """Where an imported row comes from: the other system and its id there."""
    return [Column("source_system", String(80)), Column("external_id", String(200))]


def owned() -> list[Column[Any]]:
    """Who owns the record, and the owner's org unit at the time of the latest change of owner."""
    return [
        Column("owner", ForeignKey("users.login"), nullable=False, index=True),
        Column("org_unit_id", ForeignKey("org_unit.id"), index=True),
    ]


def numbered() -> list[Column[Any]]:
    """The row's id and its number, such as OPP-1001."""
    return [identity(), Column("number", String(20), nullable=False, unique=True)]


def login(name: str, *, nullable: bool = False) -> Column[Any]:
    """A person, by login."""
    return Column(name, ForeignKey("users.login"), nullable=nullable, index=True)
