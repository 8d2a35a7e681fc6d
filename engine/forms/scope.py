"""What a form's expressions see, and what they say: bounds, conditions, first values, choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol

from engine.feel import BudgetExceeded, compile_expression
from engine.forms.model import Choice, Field, Names
from engine.forms.values import number_of


class Referred(Protocol):
    """One choice that the records give for a reference: its value and labels."""

    @property
    def value(self) -> str: ...

    @property
    def labels(self) -> Names: ...


Options = Callable[[str, Mapping[str, Any]], Sequence[Referred]]


@dataclass(frozen=True)
class Scope:
    """What is known while a form is looked at: variables and answers, how to ask for choices, the time."""

    known: Mapping[str, Any]
    options: Options
    now: datetime

    def with_answers(self, answers: Mapping[str, Any]) -> Scope:
        """The same scope, with answers that hide variables of the same name."""
        return Scope({**self.known, **answers}, self.options, self.now)

    def value(self, text: str) -> Any:
        """The value of an expression; None for an empty one, and where its work is too much."""
        if not text:
            return None
        try:
            return compile_expression(text)(self.known, self.now)
        except BudgetExceeded:
            return None

    def holds(self, text: str) -> bool:
        """Whether a condition is true; null is not."""
        return self.value(text) is True

    def first_value(self, field: Field) -> Any:
        """What a field shows before anybody answered: its prefill, the variable of its name, its default."""
        if field.prefill:
            return self.value(field.prefill)
        known = self.known.get(field.key)
        return field.default if known is None else known

    def is_required(self, field: Field) -> bool:
        """Whether the field must be answered, given the other answers."""
        return field.required or self.holds(field.required_if)

    def choices(self, field: Field) -> tuple[Choice, ...]:
        """The options of a field: its own, its reference's, or those of an expression."""
        if field.choices:
            return field.choices
        if field.reference:
            return tuple(Choice(each.value, each.labels) for each in self.options(field.reference, self.known))
        if field.choices_from:
            found = self.value(field.choices_from)
            return tuple(_choice(each) for each in found) if isinstance(found, list) else ()
        return ()

    def bounds(self, field: Field) -> tuple[Any, Any]:
        """The smallest and the largest value allowed; None for none."""
        low = number_of(field.minimum) if field.minimum else self._bound(field, field.minimum_if)
        high = number_of(field.maximum) if field.maximum else self._bound(field, field.maximum_if)
        if field.unit == "percent":
            low = Decimal(0) if low is None else low
            high = Decimal(100) if high is None else high
        return low, high

    def _bound(self, field: Field, text: str) -> Any:
        found = self.value(text)
        if field.type == "date" and isinstance(found, datetime):
            return found.date()
        if field.type == "datetime" and isinstance(found, date) and not isinstance(found, datetime):
            return datetime(found.year, found.month, found.day, tzinfo=self.now.tzinfo or UTC).astimezone(UTC)
        return found


def _choice(value: Any) -> Choice:
    if isinstance(value, Mapping):
        labels = {
            "en": str(value.get("label", value.get("value"))),
            "zh-Hans": str(value.get("label:zh-Hans", "")),
        }
        return Choice(value.get("value"), {language: text for language, text in labels.items() if text})
    return Choice(value, {"en": str(value)})
