"""Mail leaves after the commit, once for each message id, and never with the command that failed."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import Database, Engine, jobs, mail, notices, worker
from engine.contract import Notice
from engine.errors import EngineError, Sentence
from engine.tables import job
from engine.testing import Kit, People


@pytest.fixture
def engine(database: Database, tmp_path: Path) -> Engine:
    return replace(Kit(database).engine, job_kinds={"mail": mail.to_folder(tmp_path / "out")})


def letters(tmp_path: Path) -> list[email.message.EmailMessage]:
    found = sorted((tmp_path / "out").glob("*.eml")) if (tmp_path / "out").exists() else []
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in found]  # type: ignore[misc]


def send(engine: Engine, subject: str = "审批") -> str:
    with engine.database.write() as transaction:
        return mail.send(transaction, engine, "ann@example.org", subject, "Bitte prüfen.\n请审批。")


def test_a_letter_is_written_with_its_number_and_every_script_readable(engine: Engine, tmp_path: Path) -> None:
    identity = send(engine)

    assert worker.run_due(engine) == 1

    (letter,) = letters(tmp_path)
    assert (letter["To"], letter["Subject"], letter["Message-ID"]) == (
        "ann@example.org",
        "审批",
        f"<{identity}@salesflow>",
    )
    assert letter.get_content() == "Bitte prüfen.\n请审批。\n"
    assert worker.run_due(engine) == 0


def test_nothing_is_sent_for_a_command_that_failed(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="changed my mind"), engine.database.write() as transaction:
        mail.send(transaction, engine, "ann@example.org", "Hello", "Hello")
        raise EngineError("changed my mind")

    assert worker.run_due(engine) == 0 and letters(tmp_path) == []


def test_a_letter_delivered_twice_is_the_same_letter(engine: Engine, tmp_path: Path) -> None:
    send(engine)
    lease = jobs.claim(engine, "one")
    assert lease is not None
    deliver = engine.job_kinds["mail"]

    deliver(engine, lease)
    with pytest.raises(jobs.Stale):
        deliver(engine, lease)

    assert len(letters(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_is_tried_again_and_then_told(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    send(engine)

    worker.run_due(engine)

    with engine.database.read() as connection:
        row = connection.execute(select(job)).mappings().one()
    assert (row["state"], row["retries_left"]) == ("ready", 2) and "FileExistsError" in row["error"]


def test_an_address_cannot_smuggle_further_headers(engine: Engine, tmp_path: Path) -> None:
    send(engine, subject="Hello\nBcc: everybody@example.org")

    worker.run_due(engine)

    assert letters(tmp_path) == []
    with engine.database.read() as connection:
        assert "linefeed" in connection.execute(select(job.c.error)).scalar_one()


def test_a_notice_is_mailed_to_whoever_wants_it_in_their_language(sqlite: Database, tmp_path: Path) -> None:
    people = People(mail={"rep": ("rep@example.org", "zh-Hans")})
    deliver = mail.to_folder(tmp_path / "out", lambda sentence, language: f"{language}: {sentence}")
    engine = replace(Kit(sqlite, people=people).engine, job_kinds={"mail": deliver})
    text = Sentence("A task is due: %(subject)s.", subject="Line 3")

    with engine.database.write() as transaction:
        directory = engine.directory(transaction.connection)
        sent = [Notice("rep", None, text), Notice("ops", None, text)]
        notices.send(transaction, directory, engine.clock.now(), sent, "/tasks/7")
    worker.run_due(engine)

    (letter,) = letters(tmp_path)
    assert (letter["To"], letter["Subject"]) == ("rep@example.org", "zh-Hans: A task is due: Line 3.")
    assert "/tasks/7" in letter.get_content()
