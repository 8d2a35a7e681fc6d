"""What can be begun or told from a record's page: which processes may start on it, which messages await it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm import any_record
from crm.opportunities import Opportunity
from webapp.current import reader
from webapp.names import Names
from webapp.startable import startable
from webapp.tables import Connection
from webapp.tellable import Message, tellable

# status -> the process that takes an opportunity further (catalogue 8.3); the others may be of use meanwhile
LEADING: Mapping[str, str] = {
    "draft": "pre-qualify-opportunity",
    "prequalified": "assess-opportunity",
    "assessed": "prioritize-opportunity",
    "active": "develop-update-opportunity-plan",
    "pended": "manage-pended-opportunity",
    "won": "order-execution-tracking",
}


@dataclass(frozen=True)
class Start:
    """A process that may start on the record now; `leads` where it takes the record to its next status."""

    key: str
    title: str
    leads: bool


def offered(connection: Connection, deal: Opportunity) -> list[Start]:
    """The processes that the reader may start on an opportunity at present; the one that takes it further comes first.

    They are deployed and do not run on it yet.
    """
    names = Names(connection)
    record = any_record.of_key(connection, reader(connection), deal.business_key)
    found = [Start(key, names.process(key), key == LEADING.get(deal.status)) for key in startable(connection, record)]
    return sorted(found, key=lambda one: not one.leads)


def messages(connection: Connection, deal: Opportunity) -> list[Message]:
    """The messages that the reader may send to the processes about an opportunity, awaited by one of them."""
    return tellable(connection, deal.business_key, "opportunity.change")
