"""Which processes may start on an opportunity now, for the reader: one rule for every page that offers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crm import access
from crm.opportunities import Opportunity
from engine import bundles, instances, operations
from webapp.current import person, reader
from webapp.tables import Connection

# By the life cycle of opportunities (catalogue 8.2). A process that is not here is started by others, not by hand.
FITS: Mapping[str, Callable[[Opportunity], bool]] = {
    "prioritize-opportunity": lambda deal: deal.can_be_prioritized,
    "manage-pended-opportunity": lambda deal: deal.status == "pended",
}

# A process that also runs inside others: as long as this message is awaited, it runs already.
AWAITED_WHILE_RUNNING: Mapping[str, str] = {"manage-pended-opportunity": "customer.reengaged"}


def startable(connection: Connection, deal: Opportunity) -> list[str]:
    """The keys of the deployed processes that fit the opportunity, do not run on it yet, and the reader may start."""
    if not person().may("process.start"):
        return []
    who = reader(connection)
    running = {one.key for one in instances.for_record(connection, deal.business_key) if one.state == "running"}
    awaited = operations.awaited(connection, deal.business_key)
    return [
        key
        for key, fits in FITS.items()
        if key not in running
        and AWAITED_WHILE_RUNNING.get(key) not in awaited
        and fits(deal)
        and bundles.latest(connection, key) is not None
        and access.may_start(connection, who, key, deal.business_key)
    ]
