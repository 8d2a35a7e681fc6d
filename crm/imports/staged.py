"""What a checked row becomes, and which person and rules it was checked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crm.access import Reader
from crm.imports.evidence import Evidence
from crm.imports.lookups import Accounts, Users
from crm.imports.options import Options
from crm.imports.refusals import Finding


@dataclass(frozen=True)
class Setting:
    """What every row of a run is checked against; `own_only` when all records must belong to the reader."""

    who: Reader
    options: Options
    evidence: Evidence
    accounts: Accounts
    users: Users
    own_only: bool
    now: datetime


@dataclass(frozen=True)
class Draft:
    """A row read cell by cell: typed values by field, the texts as they were, and what is wrong."""

    line: int
    values: Mapping[str, Any]
    columns: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass
class Batch:
    """Some hundred rows: the waiting rows to write and the findings; `last_line` for the progress."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows_read: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, action: str) -> None:
        """Counts one row: create, update, unchanged or error."""
        self.counts[action] = self.counts.get(action, 0) + 1
