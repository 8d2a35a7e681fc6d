"""Which records the reader may see, and which of their fields: asked in one place by every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm import access, any_record
from crm.people import Directory
from crm.secrecy import CREDIT_FIELDS, told_only
from engine import errors
from webapp.current import person, reader
from webapp.languages import language
from webapp.tables import Connection

CREDIT = "credit"


@dataclass(frozen=True)
class Seen:
    """A record that the reader may see; `name` and `owner` are empty when the record itself is missing.

    `hidden` are names of fields and variables that are closed, `told` the only open ones, where not all others are.
    """

    business_key: str
    kind: str
    number: str
    name: str = ""
    owner: str = ""
    hidden: frozenset[str] = frozenset()
    told: frozenset[str] | None = None

    def hides(self, name: str) -> bool:
        """Whether a field or variable of this name is closed to the reader; credit data by any name."""
        if self.told is not None and name not in self.told:
            return True
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
    if kind == access.PERSON and access.may_read(connection, who, business_key):
        return Seen(business_key, kind, number, Directory(connection, language()).display_name(number), number)
    if access.may_read(connection, who, business_key):
        record = any_record.of_key(connection, who, business_key)
        name, hidden = record.titles["en"], access.hidden_fields(who, record.owner, kind)
        told = told_only(who, record.owner, kind)
        return Seen(business_key, kind, number, name, record.owner, hidden, told)
    if (
        person().may("incident.repair")
        and person().may("instance.read")
        and not access.exists(connection, business_key)
    ):
        return Seen(business_key, kind, number)
    raise errors.NotFound("There is no record %(key)s, or it is not visible to you.", key=number or business_key)
