"""Outgoing mail as outbox jobs: written in the command's transaction, delivered after it, at least once.

The message id is the job's id, so that a repeated delivery can be recognised.
"""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from engine import jobs
from engine.core import Engine, JobFunction
from engine.transaction import Transaction


def send(transaction: Transaction, engine: Engine, to: str, subject: str, text: str) -> str:
    """Queues a mail; returns its id. Line breaks in addresses and subjects are refused by the message format."""
    payload = {"to": to, "subject": subject, "text": text}
    transaction.after_commit(engine.wake)
    return jobs.add(transaction, "mail", payload, engine.clock.now(), name=to)


def to_folder(folder: Path) -> JobFunction:
    """A delivery that writes each mail as a file into a folder: the default, for a machine without a mail server."""

    def deliver(engine: Engine, lease: jobs.Lease) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{lease.id}.eml").write_bytes(compose(lease).as_bytes())
        with engine.database.write() as transaction:
            jobs.take(transaction, lease)

    return deliver


def compose(lease: jobs.Lease) -> EmailMessage:
    """The mail that a job stands for."""
    message = EmailMessage()
    message["Message-ID"] = f"<{lease.id}@salesflow>"
    message["To"] = lease.payload["to"]
    message["Subject"] = lease.payload["subject"]
    message.set_content(lease.payload["text"])
    return message
