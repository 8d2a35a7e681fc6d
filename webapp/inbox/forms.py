"""What the addresses of the inbox hold: filters of the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

PAGE = 50
Scope = Literal["mine", "groups", "team", "all"]


@dataclass(frozen=True)
class Filter:
    """What the reader wants to see of the inbox."""

    scope: Scope
    text: str
    late: bool
    page: int

    @classmethod
    def of(cls, values: Mapping[str, str], scopes: Collection[str]) -> Filter:
        """Reads the address; a scope that is not one of these, and what is not understood, is the plain list."""
        scope = values.get("scope", "mine")
        page = values.get("page", "1")
        return cls(
            scope=cast(Scope, scope) if scope in scopes else "mine",
            text=values.get("text", "").strip()[:100],
            late=values.get("late") == "1",
            page=min(int(page), 1000) if page.isdecimal() and len(page) < 9 and int(page) > 0 else 1,
        )

    def address(self, **changed: object) -> dict[str, Any]:
        """The arguments of the address of this list, some of them changed; defaults are left out."""
        values = {
            "scope": self.scope,
            "text": self.text,
            "late": "1" if self.late else "",
            "page": self.page,
            **changed,
        }
        return {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
