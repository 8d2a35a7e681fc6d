"""The measures that come with Salesflow (catalogue 11.2), with their formulas and default targets."""

from __future__ import annotations

from crm.measures_data import accounts, calls, deals
from crm.measures_data.frame import Row

MEASURES: tuple[Row, ...] = (*accounts.MEASURES, *calls.MEASURES, *deals.MEASURES)
