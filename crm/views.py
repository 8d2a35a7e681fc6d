"""The read-only panels beside a form's questions, as plain facts and tables; titles are translatable English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from crm import access, accounts, form_views, opportunities
from crm.access import Reader
from crm.clock import now_of
from crm.opportunities import Opportunity
from crm.opportunity_search import OpportunityRow
from crm.tables import account

Cells = tuple[object, ...]


@dataclass(frozen=True)
class Panel:
    """One panel: labelled facts, then a table. Values are typed; `empty` says why there is nothing."""

    title: str
    facts: tuple[tuple[str, object], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Cells, ...] = ()
    empty: str = ""


DEAL_COLUMNS = ("Number", "Opportunity", "Customer", "Stage", "Amount", "Probability", "Close date", "Priority")
