"""What the addresses of the record lists hold; anything not understood falls back to the plain list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm import opportunity_search

PAGE = 50
STATUSES = (
    "draft",
    "prequalified",
    "assessed",
    "active",
    "pended",
    "won",
    "closed",
    "lost",
    "no_decision",
    "cancelled",
    "disqualified",
)


def page_number(values: Mapping[str, str]) -> int:
    """The page asked for, from 1."""
    text = values.get("page", "1")
    return min(int(text), 10_000) if text.isdecimal() and len(text) < 6 and int(text) > 0 else 1


def last_page(total: int) -> int:
    """The number of the last page of a list."""
    return max(1, -(-total // PAGE))


@dataclass(frozen=True)
class DealFilter:
    """What the reader wants to see of the opportunities."""

    text: str = ""
    status: str = ""
    stage: str = ""
    owner: str = ""
    order: str = "changed"
    page: int = 1

    @classmethod
    def of(cls, values: Mapping[str, str]) -> DealFilter:
        """Reads the address."""
        status, order = values.get("status", ""), values.get("order", "changed")
        return cls(
            text=values.get("text", "").strip()[:100],
            status=status if status in STATUSES else "",
            stage=values.get("stage", "")[:60],
            owner=values.get("owner", "")[:80],
            order=order if order in opportunity_search.ORDERS else "changed",
            page=page_number(values),
        )

    def wanted(self) -> opportunity_search.Filters:
        """The filter as the records take it."""
        return opportunity_search.Filters(
            text=self.text,
            statuses=(self.status,) if self.status else (),
            stage=self.stage or None,
            owner=self.owner or None,
            order=self.order,
        )

    def address(self, **changed: Any) -> dict[str, Any]:
        """The arguments of this list's address without the page, some of them changed; defaults are left out."""
        values = {name: getattr(self, name) for name in ("text", "status", "stage", "owner", "order")} | changed
        return {name: value for name, value in values.items() if value and (name, value) != ("order", "changed")}


@dataclass(frozen=True)
class PipelineFilter:
    """Whose pipeline: one owner's, a unit's, or everything visible."""

    owner: str = ""
    unit: int | None = None

    @classmethod
    def of(cls, values: Mapping[str, str]) -> PipelineFilter:
        """Reads the address."""
        unit = values.get("unit", "")
        return cls(values.get("owner", "")[:80], int(unit) if unit.isdecimal() and len(unit) < 9 else None)
