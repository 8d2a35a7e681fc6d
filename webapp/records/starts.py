"""What can be begun or told from a record's page: which processes may start on it, which messages await it."""

from __future__ import annotations

from dataclasses import dataclass

from crm import any_record
from crm.opportunities import Opportunity
from webapp.current import reader
from webapp.names import Names
from webapp.startable import startable
from webapp.tables import Connection
from webapp.tellable import Message, tellable


@dataclass(frozen=True)
class Start:
    """A process that may start on the record now."""

    key: str
    title: str


def offered(connection: Connection, deal: Opportunity) -> list[Start]:
    """The processes that the reader may start on an opportunity at present, deployed and not running on it yet."""
    names = Names(connection)
    record = any_record.of_key(connection, reader(connection), deal.business_key)
    return [Start(key, names.process(key)) for key in startable(connection, record)]


def messages(connection: Connection, deal: Opportunity) -> list[Message]:
    """The messages that the reader may send to the processes about an opportunity, awaited by one of them."""
    return tellable(connection, deal.business_key, "opportunity.change")
