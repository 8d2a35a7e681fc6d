"""What the forms of the account page hold, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine import errors as sentences


@dataclass
class SubstituteForm:
    """A wish to be stood in for: by whom, from when to when, in which process (empty: all)."""

    to_user: str = ""
    start_on: str = ""
    end_on: str = ""
    process: str = ""
    errors: dict[str, sentences.Sentence] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Mapping[str, str]) -> SubstituteForm:
        """Reads the request's form."""
        to_user, start_on, end_on, process = (
            form.get(name, "").strip() for name in ("to_user", "start_on", "end_on", "process")
        )
        return cls(to_user, start_on, end_on, process)

    def check(self, login: str, people: set[str], processes: set[str], today: date) -> tuple[date, date] | None:
        """The first and the last day, or None when something is wrong (then `errors` says what)."""
        if self.to_user not in people or self.to_user == login:
            self.errors["to_user"] = sentences.Sentence("Choose a colleague who is to stand in for you.")
        if self.process and self.process not in processes:
            self.errors["process"] = sentences.Sentence("Choose one of the processes, or all of them.")
        start, end = self._day("start_on"), self._day("end_on")
        if start and end and end < max(start, today):
            self.errors["end_on"] = sentences.Sentence(
                "The last day must be today or later, and not before the first day."
            )
        return None if self.errors or not start or not end else (start, end)

    def _day(self, name: str) -> date | None:
        text = getattr(self, name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.errors[name] = sentences.Sentence(
                "Expected a date such as 2026-03-31, but got '%(value)s'.", value=text
            )
            return None
