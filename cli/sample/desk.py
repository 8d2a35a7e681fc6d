"""How people fill forms that no story tells about: what is there stays, what is asked for is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from cli.sample import words
from engine import Engine, Sought, forms, inbox, transaction

Answers = dict[str, Any]
LOOKS = 4
"""An answer may ask for more answers; nobody looks at a form more often."""
DAYS_AHEAD = (3, 18)
RATING = 4
UNWELCOME = (
    "reject",
    "no",
    "false",
    "cancel",
    "cancelled",
    "drop",
    "disqualify",
    "refused",
    "lost",
    "withdraw",
    "poor",
)
BOX = "checkbox"


@dataclass(frozen=True)
class Clerk:
    """Fills one form after the other in somebody's language."""

    random: Random
    chinese: bool

    def fill(self, engine: Engine, connection: transaction.Connection, page: inbox.TaskPage, who: str) -> Answers:
        """Answers for a task: first values as they are, every required field, one row where rows are required."""
        if page.form is None:
            return {}

        def offered(reference: str, _known: Mapping[str, Any]) -> Sequence[Any]:
            return engine.references(connection, reference, who, page.record, Sought.among(page.values))

        now, given = engine.clock.now(), None
        for _look in range(LOOKS):
            newer = self._section(forms.show(page.form, given, page.values, offered, now), now)
            if newer == given:
                break
            given = newer
        return given or {}

    def _section(self, shown: Sequence[forms.Shown], now: datetime) -> Answers:
        found: Answers = {}
        for one in shown:
            if one.hidden or one.field.read_only:
                continue
            if one.field.type == "group":
                found |= self._section(one.fields, now)
            elif one.field.type == "rows":
                rows = one.rows or ((one.blank,) if one.required and one.blank else ())
                found[one.field.key] = [self._section(row, now) for row in rows]
            elif one.field.holds_value:
                found[one.field.key] = self._answer(one, now)
        return found

    def _answer(self, one: forms.Shown, now: datetime) -> Any:
        many = one.field.type in ("checklist", "taglist", "files")
        if one.value not in ("", []) and one.field.type != BOX:
            return one.value
        if not one.required:
            return [] if many else one.value
        if one.choices:
            chosen = self._choice(one)
            return [chosen] if many else chosen
        return self._free(one, now)

    def _choice(self, one: forms.Shown) -> str:
        texts = [choice.text for choice in one.choices]
        return next((text for text in texts if text not in UNWELCOME), texts[0])

    def _free(self, one: forms.Shown, now: datetime) -> str:
        day = now + timedelta(days=self.random.randint(*DAYS_AHEAD))
        match one.field.type:
            case "date":
                return max(day.date().isoformat(), str(one.low or ""))
            case "datetime":
                return day.replace(hour=6, minute=0, second=0).isoformat()
            case "time":
                return "10:00"
            case "number":
                return self._number(one)
            case "checkbox":
                return "true"
            case _:
                return words.say(self.random, "note", self.chinese)

    def _number(self, one: forms.Shown) -> str:
        low, high = (Decimal(str(bound)) if bound not in ("", None) else None for bound in (one.low, one.high))
        wished = Decimal(RATING if high is not None and high <= RATING + 1 else 20)
        if low is not None:
            wished = max(low, wished)
        return str(wished if high is None else min(high, wished))
