"""Who works here: users, their roles and org units, who stands in for whom, and the working calendar."""

from __future__ import annotations

from sqlalchemy import (
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
    UniqueConstraint,
    text,
)

from crm.tables.columns import identity, imported, login, metadata, versioned

org_unit = Table(
    "org_unit",
    metadata,
    identity(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("parent_id", ForeignKey("org_unit.id"), index=True),
    Column("time_zone", String(60), nullable=False),
    *versioned(),
)

# `experience` is what a manager set; without it, twelve months after `started_on` decide.
users = Table(
    "users",
    metadata,
    identity(),
    Column("login", String(80), nullable=False, unique=True),
    Column("password_hash", Text, info={"secret": True}),
    Column("name", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("email", String(254), index=True),
    Column("level", Integer),
    Column("manager", ForeignKey("users.login"), index=True),
    Column("org_unit_id", ForeignKey("org_unit.id"), index=True),
    Column("experience", String(20)),
    Column("started_on", Date),
    Column("time_zone", String(60)),
    Column("language", String(20), nullable=False, default="en"),
    Column("active", Boolean, nullable=False, default=True),
    Column("mail_notices", Boolean, nullable=False, default=False),
    *imported(),
    *versioned(),
    CheckConstraint("level IN (1, 2, 3)", name="level"),
    CheckConstraint("experience IN ('experienced', 'junior')", name="experience"),
    UniqueConstraint("source_system", "external_id"),
)

user_role = Table(
    "user_role",
    metadata,
    Column("login", ForeignKey("users.login", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), primary_key=True, index=True),
    CheckConstraint("role IN ('rep', 'mgr', 'team', 'ops', 'mkt', 'anl', 'adm')", name="role"),
)

# An empty process means every process; both days are included.
user_delegation = Table(
    "user_delegation",
    metadata,
    identity(),
    login("from_user"),
    login("to_user"),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date, nullable=False),
    Column("process", String(120)),
    *versioned(),
    CheckConstraint("start_on <= end_on", name="days"),
    CheckConstraint("from_user <> to_user", name="people"),
)

# A day that differs from Monday to Friday: a holiday, or a working Saturday. No org unit = everybody.
calendar_day = Table(
    "calendar_day",
    metadata,
    identity(),
    Column("org_unit_id", ForeignKey("org_unit.id")),
    Column("day", Date, nullable=False, index=True),
    Column("working", Boolean, nullable=False, default=False),
    Column("name", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    *versioned(),
    UniqueConstraint("org_unit_id", "day"),
    Index(
        "uq_calendar_day_everybody",
        "day",
        unique=True,
        sqlite_where=text("org_unit_id IS NULL"),
        postgresql_where=text("org_unit_id IS NULL"),
    ),
)
