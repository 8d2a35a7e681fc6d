"""What can be begun or told from a record's page: which processes may start on it, which messages await it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from crm import access, any_record
from crm.opportunities import Opportunity
from engine import operations
from webapp.current import person, reader
from webapp.names import Names
from webapp.startable import startable
from webapp.tables import Connection


@dataclass(frozen=True)
class Start:
    """A process that may start on the record now."""

    key: str
    title: str


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


def offered(connection: Connection, deal: Opportunity) -> list[Start]:
    """The processes that the reader may start on an opportunity at present, deployed and not running on it yet."""
    names = Names(connection)
    record = any_record.of_key(connection, reader(connection), deal.business_key)
    return [Start(key, names.process(key)) for key in startable(connection, record)]


def messages(connection: Connection, deal: Opportunity) -> list[Message]:
    """The messages that the reader may send to the processes about an opportunity, awaited by one of them."""
    if not person().may("opportunity.change"):
        return []
    if not access.may_change(connection, reader(connection), deal.business_key):
        return []
    awaited = operations.awaited(connection, deal.business_key)
    return [message for message in MESSAGES if message.name in awaited]
