"""What people may tell the processes about a record: the messages that one of them awaits."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from crm import access
from engine import operations
from webapp.current import person, reader
from webapp.tables import Connection


@dataclass(frozen=True)
class Message:
    """Something that a running process about the record would act upon."""

    name: str
    title: object
    question: object
    danger: bool = False


MESSAGES = (
    Message(
        "customer.reengaged",
        _l("The customer is interested again"),
        _l("Tell the process that the customer is interested again?"),
    ),
    Message(
        "call.moved",
        _l("The customer moves or cancels the call"),
        _l("Agree on this call anew?"),
    ),
    Message(
        "drop.requested",
        _l("Give it up for good"),
        _l("Give this opportunity up? It goes on to being closed."),
        danger=True,
    ),
    Message(
        "record_withdrawn",
        _l("Withdraw it from its processes"),
        _l("End all running processes about this record and close their open work?"),
        danger=True,
    ),
)


def tellable(connection: Connection, business_key: str, permission: str) -> list[Message]:
    """The messages that the reader may send about a record that he may change: those that a process awaits."""
    if not person().may(permission):
        return []
    if not access.may_change(connection, reader(connection), business_key):
        return []
    awaited = operations.awaited(connection, business_key, [message.name for message in MESSAGES])
    return [message for message in MESSAGES if message.name in awaited]
