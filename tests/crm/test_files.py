"""Which attached files are old, which are named somewhere, and what is deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from crm import files, leads
from tests.crm.factories import NOW

pytestmark = pytest.mark.usefixtures("configured")


def a_file(connection: Connection, age: int = 0) -> files.StoredFile:
    at = NOW - timedelta(days=age)
    return files.store(connection, "user:mkt.bo", "offer.pdf", "application/pdf", b"one", by="mkt.bo", at=at)


def test_files_are_found_in_records_and_in_what_records_were(connection: Connection) -> None:
    first, second, third = (a_file(connection) for _ in range(3))
    lead = leads.create(
        connection, "mkt.bo", by="mkt.bo", at=NOW, company="Delta", contact_name="Mr. Yu", source="web",
        phone_or_email="yu@delta.example", need="Rolls", document=[first.answer],
    )  # fmt: skip
    leads.change(connection, lead, {"document": [second.answer]}, by="mkt.bo", at=NOW)

    named = files.named_in(files.in_records(connection))

    assert named == {first.id, second.id} and third.id not in named


def test_files_are_named_however_deep_in_answers() -> None:
    answers = {"papers": [{"file": 3, "name": "a.pdf"}], "rows": [{"inner": {"file": 4}}], "file": "no id"}

    assert files.named_in([answers, None, "file", [{"file": 5}]]) == {3, 4, 5}


def test_old_files_are_deleted_by_id(connection: Connection) -> None:
    old, new = a_file(connection, age=31), a_file(connection)

    found = files.uploaded_before(connection, NOW - files.UNUSED_KEPT)
    files.forget(connection, found)

    assert found == {old.id}
    assert files.uploaded_before(connection, NOW + timedelta(days=1)) == {new.id}
