"""Outgoing mail as outbox jobs: written in the command's transaction, delivered after it, at least once.

The message id is the job's id, so that a repeated delivery can be recognised.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from engine import jobs
from engine.core import Engine, JobFunction
from engine.errors import Sentence
from engine.kept_sentences import restored
from engine.outbox import KIND
from engine.transaction import Transaction

__all__ = ["KIND", "Translate", "compose", "in_english", "send", "to_folder"]

Translate = Callable[[Sentence, str], str]


def send(transaction: Transaction, engine: Engine, to: str, subject: str, text: str) -> str:
    """Queues a mail; returns its id. Line breaks in addresses and subjects are refused by the message format."""
    payload = {"to": to, "subject": subject, "text": text}
    transaction.after_commit(engine.wake)
    return jobs.add(transaction, KIND, payload, engine.clock.now(), name=to)


def in_english(sentence: Sentence, language: str) -> str:
    """A sentence as it is written in the code, for programs that have no translations."""
    return str(sentence)


def to_folder(folder: Path, translate: Translate = in_english) -> JobFunction:
    """A delivery that writes each mail as a file into a folder: the default, for a machine without a mail server.

    `translate` gives a sentence in a language (`en`, `zh-Hans`), for mails that repeat a notice.
    """

    def deliver(engine: Engine, lease: jobs.Lease) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        written = compose(lease, translate).as_bytes()
        with (folder / f"{lease.id}.eml").open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())  # after this, its job is gone for good
        with engine.database.write() as transaction:
            jobs.take(transaction, lease)

    return deliver


def compose(lease: jobs.Lease, translate: Translate = in_english) -> EmailMessage:
    """The mail that a job stands for."""
    payload = lease.payload
    subject, text = payload.get("subject"), payload.get("text")
    if "template" in payload:
        subject = translate(restored(payload["template"], payload["values"]), payload["language"])
        text = f"{subject}\n\n{payload['link']}".strip()
    message = EmailMessage()
    message["Message-ID"] = f"<{lease.id}@salesflow>"
    message["To"] = payload["to"]
    message["Subject"] = subject
    message.set_content(text)
    return message
