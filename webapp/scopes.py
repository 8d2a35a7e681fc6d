"""Which records the reader may see, and which of their fields: asked in one place by every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm import access, accounts, opportunities
from crm.errors import RecordNotFound
from crm.secrecy import CREDIT_FIELDS
from engine import errors
from webapp.current import person, reader
from webapp.tables import Connection

CREDIT = "credit"


@dataclass(frozen=True)
class Seen:
    """A record that the reader may see; `name` and `owner` are empty when the record itself is missing."""

    business_key: str
    kind: str
    number: str
    name: str = ""
    owner: str = ""
    hidden: frozenset[str] = frozenset()

    def hides(self, name: str) -> bool:
        """Whether a field or variable of this name is closed to the reader; credit data by any name."""
        return name in self.hidden or (bool(self.hidden & CREDIT_FIELDS) and CREDIT in name.split("_"))

    def open_part(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values without those that are closed to the reader."""
        return {name: value for name, value in values.items() if not self.hides(name)}


def seen(connection: Connection, business_key: str) -> Seen:
    """The record that a key names. Raises `NotFound` when it is missing or the reader may not see it.

    Those who mend incidents also see the key of a record that is missing: somebody has to link the right one.
    """
    who = reader(connection)
    kind, _, number = business_key.partition(":")
    if access.may_read(connection, who, business_key):
        name, owner = _facts(connection, kind, number)
        return Seen(business_key, kind, number, name, owner, access.hidden_fields(who, owner))
    if person().may("incident.repair") and person().may("instance.read") and _is_missing(connection, kind, number):
        return Seen(business_key, kind, number)
    raise errors.NotFound("There is no record %(key)s, or it is not visible to you.", key=number or business_key)


def _facts(connection: Connection, kind: str, number: str) -> tuple[str, str]:
    if kind == "opportunity":
        deal = opportunities.get(connection, number)
        return deal.name, deal.owner
    account = accounts.get(connection, number)
    return account.name, account.owner


def _is_missing(connection: Connection, kind: str, number: str) -> bool:
    try:
        _facts(connection, kind, number)
    except RecordNotFound:
        return True
    return False
