"""What a read-only panel beside a form's questions is, and what its maker knows; titles are translatable English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from crm import access, opportunities
from crm.access import Reader
from crm.opportunities import Opportunity

Cells = tuple[object, ...]
SHARES = frozenset(
    {
        "Attainment",
        "Attainment of its objectives",
        "Completeness",
        "Discount",
        "Margin rate",
        "Probability",
        "Share of wallet",
    }
)
PEOPLE = frozenset(
    {"Assigned to", "Expert", "Led by", "Our person", "Owner", "Person", "Reviewer", "Who", "Who can remove it"}
)


@dataclass(frozen=True)
class RecordOf:
    """A cell that names a record, by business key, and leads to its page."""

    key: str

    def __str__(self) -> str:
        return self.key.partition(":")[2]


@dataclass(frozen=True)
class Panel:
    """One panel: labelled facts, then a table. Values are typed; `empty` says why there is nothing."""

    title: str
    facts: tuple[tuple[str, object], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Cells, ...] = ()
    empty: str = ""

    @property
    def values(self) -> tuple[tuple[str, object], ...]:
        """Every value with its label: the facts, then the cells of the table with their columns."""
        return (*self.facts, *(pair for row in self.rows for pair in zip(self.columns, row, strict=False)))

    def is_share(self, label: str) -> bool:
        """Whether values under this label are shares of a whole (0.25), which people read in percent."""
        return label in SHARES

    def is_person(self, label: str) -> bool:
        """Whether values under this label are logins, which people read as names."""
        return label in PEOPLE


@dataclass(frozen=True)
class Asked:
    """Which login looks at which record (by business key), when; `variables` are the process's."""

    connection: Connection
    user: str
    business_key: str
    variables: Mapping[str, Any]
    now: datetime

    @cached_property
    def who(self) -> Reader:
        """The reader, with the scopes that limit what a panel shows."""
        return access.reader(self.connection, self.user, self.now.date())

    @property
    def number(self) -> str:
        """The number of the record, without its kind."""
        return self.business_key.partition(":")[2]

    @cached_property
    def deal(self) -> Opportunity:
        """The opportunity that the process is about; raises `RecordNotFound`."""
        return opportunities.get(self.connection, self.number)


def share(percent: Decimal | int | None) -> Decimal | None:
    """A percentage as the share of a whole, which panels show in percent again; None stays None."""
    return None if percent is None else Decimal(percent) / 100


Panels = Mapping[str, Callable[[Asked], Panel]]
