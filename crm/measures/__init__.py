"""The measures of catalogue 11.2 by key, worked out for a period and some people. Nothing is found by scanning."""

from __future__ import annotations

from crm.measures import accounts, calls, opportunities
from crm.measures.frame import Asked, Figure, Measure, Measures, attainment

__all__ = ["ALL", "Asked", "Figure", "Measure", "Measures", "attainment"]

ALL: Measures = {**accounts.MEASURES, **calls.MEASURES, **opportunities.MEASURES}
