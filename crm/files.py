"""Files attached to the answers of a form: kept in the database, so that they are there when the answer is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Connection, String, cast, select

from crm import records
from crm.errors import InvalidValue
from crm.tables import metadata, stored_file
from crm.titles import both

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 200
UNUSED_KEPT = timedelta(days=30)
"""How long a file is kept that came with a form which nobody finished."""
ANSWER = '"file"'
"""What the JSON of every answer that names a file holds."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@dataclass(frozen=True)
class StoredFile:
    """One file without its content; `size` in bytes."""

    id: int
    business_key: str
    file_name: str
    media_type: str
    size: int
    created_by: str
    created_at: datetime

    @property
    def answer(self) -> dict[str, object]:
        """The file as the answer of a form's field, and as a process variable."""
        return {"file": self.id, "name": self.file_name, "size": self.size}


def store(
    connection: Connection,
    business_key: str,
    file_name: str,
    media_type: str,
    content: bytes,
    *,
    by: str,
    at: datetime,
) -> StoredFile:
    """Keeps a file for the readers of a record; raises `InvalidValue` when it is empty or larger than 10 MB."""
    name = safe_name(file_name)
    check_size(name, content)
    row = {
        "business_key": business_key,
        "file_name": name,
        "media_type": safe_type(media_type),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
    }
    return get(connection, records.insert(connection, stored_file, row, by=by, at=at))


def safe_name(file_name: str) -> str:
    """A file's name without what some system could take for a path."""
    return _UNSAFE.sub("_", file_name).strip(" .")[-LONGEST_NAME:] or "file"


def safe_type(media_type: str) -> str:
    """A media type as it may be sent in a header; `application/octet-stream` for anything odd."""
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream"


def check_size(name: str, content: bytes) -> None:
    """Refuses (`InvalidValue`) a file that is empty or larger than 10 MB."""
    if not 0 < len(content) <= LARGEST:
        raise InvalidValue(
            "Expected a file of 1 byte to 10 MB, but %(name)s has %(size)s bytes.",
            name=name, size=len(content), field="file", record=name, value=len(content),
        )  # fmt: skip


def get(connection: Connection, file_id: int) -> StoredFile:
    """One file by id; raises `RecordNotFound`."""
    query = select(*records.columns(stored_file, StoredFile)).where(stored_file.c.id == file_id)
    return records.one(connection, StoredFile, query, both(f"file {file_id}", f"文件 {file_id}"))


def hand_to(connection: Connection, ids: Iterable[int], business_key: str, *, by: str, at: datetime) -> None:
    """Gives files to another record, such as the one that their form made."""
    for each in set(ids):
        version = connection.execute(select(stored_file.c.row_version).where(stored_file.c.id == each)).scalar_one()
        changes = {"business_key": business_key}
        records.update(
            connection, stored_file, each, version, changes, by=by, at=at, record=both(f"file {each}", f"文件 {each}")
        )


def content_of(connection: Connection, file_id: int) -> bytes:
    """What is in a file."""
    return bytes(connection.execute(select(stored_file.c.content).where(stored_file.c.id == file_id)).scalar_one())


def attached(connection: Connection, ids: Iterable[int], business_key: str) -> tuple[StoredFile, ...]:
    """Those of the files that belong to the record; ids of others are dropped."""
    at = stored_file.c
    query = select(*records.columns(stored_file, StoredFile)).where(at.id.in_(set(ids)))
    return records.every(connection, StoredFile, query.where(at.business_key == business_key).order_by(at.id))


def uploaded_before(connection: Connection, moment: datetime) -> frozenset[int]:
    """The files that are older than a moment."""
    return frozenset(connection.execute(select(stored_file.c.id).where(stored_file.c.created_at < moment)).scalars())


def in_records(connection: Connection) -> Iterator[Any]:
    """The values of all records, and of their histories, that name a file."""
    for table in metadata.tables.values():
        for column in table.c:
            if isinstance(column.type, JSON):
                query = select(column).where(cast(column, String).contains(ANSWER))
                yield from connection.execute(query.execution_options(yield_per=1000)).scalars()


def named_in(values: Iterable[Any]) -> frozenset[int]:
    """The ids of files in answers, variables and records, however deep they stand in them."""
    return frozenset(one for value in values for one in _ids(value))


def _ids(value: Any) -> Iterator[int]:
    if isinstance(value, Mapping):
        if isinstance(value.get("file"), int):
            yield value["file"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _ids(one)


def forget(connection: Connection, ids: Iterable[int]) -> None:
    """Deletes files that nothing refers to."""
    for each in ids:
        connection.execute(stored_file.delete().where(stored_file.c.id == each))
