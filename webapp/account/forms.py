"""What the forms of the account page hold, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine import errors as sentences
from webapp import passwords


@dataclass
class PasswordForm:
    """A new password, typed twice, and the present one. None of them is ever shown again."""

    present: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    errors: dict[str, sentences.Sentence] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Mapping[str, str]) -> PasswordForm:
        """Reads the request's form; spaces belong to a password."""
        return cls(form.get("present", ""), form.get("new", ""), form.get("again", ""))

    def check(self, login: str) -> bool:
        """Whether the new password may be taken; else `errors` says what is wrong."""
        if not passwords.SHORTEST <= len(self.new) <= passwords.LONGEST:
            self.errors["new"] = sentences.Sentence(
                "Expected a password of %(least)s to %(most)s characters, but it has %(length)s.",
                least=passwords.SHORTEST,
                most=passwords.LONGEST,
                length=len(self.new),
            )
        elif login.lower() in self.new.lower() or len(set(self.new)) < passwords.DIFFERENT:
            self.errors["new"] = sentences.Sentence("This password is easily guessed. Choose another one.")
        elif self.new == self.present:
            self.errors["new"] = sentences.Sentence("Choose a password other than the present one.")
        if self.new != self.again:
            self.errors["again"] = sentences.Sentence("The two new passwords differ. Type the same one twice.")
        return not self.errors


@dataclass
class SubstituteForm:
    """A wish that somebody stand in: for whom, who, from when to when, in which process (empty: all)."""

    from_user: str = ""
    to_user: str = ""
    start_on: str = ""
    end_on: str = ""
    process: str = ""
    errors: dict[str, sentences.Sentence] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Mapping[str, str]) -> SubstituteForm:
        """Reads the request's form."""
        names = ("from_user", "to_user", "start_on", "end_on", "process")
        from_user, to_user, start_on, end_on, process = (form.get(name, "").strip() for name in names)
        return cls(from_user, to_user, start_on, end_on, process)

    def check(
        self, absent: Collection[str], people: Collection[str], processes: Collection[str], today: date
    ) -> tuple[date, date] | None:
        """The first and the last day, or None when something is wrong (then `errors` says what).

        `absent` are those for whom the asking person may name a substitute.
        """
        if self.from_user not in absent:
            self.errors["from_user"] = sentences.Sentence("Choose yourself or somebody of your team.")
        if self.to_user not in people or self.to_user == self.from_user:
            self.errors["to_user"] = sentences.Sentence("Choose a colleague who is to stand in.")
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
