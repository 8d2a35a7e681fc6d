"""Short lines for one person: what changed that he or she should know. Read in the app; mail is an outbox job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine import outbox
from engine.company import Directory
from engine.contract import Notice
from engine.core import Engine
from engine.errors import Sentence
from engine.identity import new_id
from engine.kept_sentences import restored, values_text
from engine.tables import notice
from engine.transaction import Transaction


@dataclass(frozen=True)
class NoticeRow:
    """A notice as its reader sees it; `link` is a path inside the app."""

    id: str
    at: datetime
    sentence: Sentence
    link: str
    read_at: datetime | None


def send(
    transaction: Transaction, directory: Directory, at: datetime, notices: Iterable[Notice], link: str = ""
) -> None:
    """Writes notices, and mails for those who want them; one for a group reaches each member, everybody once."""
    readers: list[tuple[str, Sentence]] = []
    for entry in notices:
        users = {entry.to_user} if entry.to_user else set()
        if entry.to_group:
            users |= set(directory.members_of(entry.to_group))
        readers += [(user, entry.text) for user in sorted(users)]
    if readers:
        transaction.execute(notice.insert(), [_row(user, at, text, link) for user, text in readers])
        outbox.queue(transaction, directory, at, readers, link)


def _row(user: str, at: datetime, sentence: Sentence, link: str) -> dict[str, object]:
    return {
        "id": new_id(),
        "at": at,
        "to_user": user,
        "template": sentence.template,
        "template_values": values_text(sentence),
        "link": link,
    }


def for_user(connection: Connection, user: str, *, unread_only: bool = False, limit: int = 50) -> list[NoticeRow]:
    """A person's notices, newest first."""
    query = select(notice).where(notice.c.to_user == user).order_by(notice.c.at.desc()).limit(limit)
    if unread_only:
        query = query.where(notice.c.read_at.is_(None))
    return [
        NoticeRow(
            row["id"],
            row["at"],
            restored(row["template"], row["template_values"]),
            row["link"],
            row["read_at"],
        )
        for row in connection.execute(query).mappings()
    ]


def unread(connection: Connection, user: str) -> int:
    """How many notices a person has not read."""
    query = select(func.count()).where(notice.c.to_user == user, notice.c.read_at.is_(None))
    return int(connection.execute(query).scalar_one())


def mark_read(engine: Engine, user: str, ids: Sequence[str] | None = None) -> int:
    """Marks a person's notices read: the given ones, or all. Returns how many changed."""
    change = notice.update().where(notice.c.to_user == user, notice.c.read_at.is_(None))
    if ids is not None:
        change = change.where(notice.c.id.in_(list(ids)))
    with engine.database.write() as transaction:
        return transaction.execute(change.values(read_at=engine.clock.now())).rowcount
