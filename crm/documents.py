"""Documents of an opportunity: files in versions, whose content never changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from crm import records
from crm.tables import opportunity_document


def add(
    connection: Connection,
    opportunity_id: int,
    kind: str,
    file_name: str,
    media_type: str,
    content: bytes,
    *,
    visibility: str = "team",
    by: str,
    at: datetime,
) -> int:
    """Keeps a file as the next version of its name and gives its id; `kind` is rfp, proposal, contract, ..."""
    column = opportunity_document.c
    same = (column.opportunity_id == opportunity_id, column.kind == kind, column.file_name == file_name)
    last = connection.execute(select(func.max(column.version)).where(*same)).scalar() or 0
    row = {
        "opportunity_id": opportunity_id,
        "kind": kind,
        "file_name": file_name,
        "media_type": media_type,
        "size": len(content),
        "version": last + 1,
        "visibility": visibility,
        "content": content,
    }
    return records.insert(connection, opportunity_document, row, by=by, at=at)


def content_of(connection: Connection, document_id: int) -> bytes:
    """What is in a document."""
    query = select(opportunity_document.c.content).where(opportunity_document.c.id == document_id)
    return bytes(connection.execute(query).scalar_one())
