"""Files that people attached to the answers of a form."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from crm.tables.columns import identity, metadata, versioned

# `business_key` names the record whose readers may open the file; the content never changes.
stored_file = Table(
    "stored_file",
    metadata,
    identity(),
    Column("business_key", String(200), nullable=False, index=True),
    Column("file_name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    *versioned(),
)
