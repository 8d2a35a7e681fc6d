"""Notices on their way out: one mail job for each reader who wants them by mail too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine import plain
from engine.company import Directory
from engine.errors import Sentence
from engine.identity import new_id
from engine.kept_sentences import values_text
from engine.states import JobState
from engine.tables import job
from engine.transaction import Transaction

KIND = "mail"


def queue(
    transaction: Transaction, directory: Directory, at: datetime, notices: Iterable[tuple[str, Sentence]], link: str
) -> None:
    """Adds the mails of notices (reader, sentence) in the transaction that writes them."""
    rows = []
    for user, sentence in notices:
        address = directory.mail_address(user)
        if address is not None:
            rows.append(_row(address, sentence, link, at))
    if rows:
        transaction.execute(job.insert(), rows)


def _row(address: tuple[str, str], sentence: Sentence, link: str, at: datetime) -> dict[str, object]:
    identity, (to, language) = new_id(), address
    payload = {
        "to": to,
        "language": language,
        "template": sentence.template,
        "values": values_text(sentence),
        "link": link,
    }
    return {
        "id": identity,
        "kind": KIND,
        "name": to,
        "payload": plain.write(payload),
        "state": JobState.READY,
        "due": at,
        "lock_key": identity,
        "created_at": at,
    }
