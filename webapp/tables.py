"""The web app's own tables: sessions, login throttling, preferences. Moments are seconds since 1970 (UTC)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, String, Table, func

__all__ = ["Connection", "func", "login_failure", "metadata", "user_preference", "user_session"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

user_session = Table(
    "user_session",
    metadata,
    # The SHA-256 of the token in the cookie: who reads this table can impersonate nobody.
    Column("id", String(64), primary_key=True),
    Column("login", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ip", String(45), nullable=False),
    Column("agent", String(300), nullable=False),
    Column("ended_at", BigInteger),
    Index("ix_user_session_login", "login", "ended_at"),
)

login_failure = Table(
    "login_failure",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    # `account:<login>`, `device:<id>` or `ip:<address>`.
    Column("bucket", String(250), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_login_failure_bucket", "bucket", "at"),
)

user_preference = Table(
    "user_preference",
    metadata,
    Column("login", String(200), primary_key=True),
    Column("language", String(10)),
    Column("shortcuts", Boolean, nullable=False, server_default="1"),
)
