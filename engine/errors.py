"""What can go wrong, as sentences a person can act on.

Every sentence is a gettext template plus its values, so that a page can show it in
the reader's language; `str()` gives the English text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable


@runtime_checkable
class Templated(Protocol):
    """A text that remembers its template and what fills it."""

    template: str
    params: Mapping[str, object]


class Sentence:
    """A translatable sentence: an English template with `%(name)s` places, and the values for them.

    A value may be a sentence itself, or names by language (`{"en": "Stakeholders", "zh-Hans": "干系人"}`).
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values: Mapping[str, object] = values

    @classmethod
    def of(cls, reason: Templated) -> Sentence:
        """The sentence of what a part says that knows none, such as the expressions; so are the values in it."""
        values = {
            name: cls.of(value) if isinstance(value, Templated) else value for name, value in reason.params.items()
        }
        return cls(reason.template, **values)

    def __str__(self) -> str:
        return (
            self.template % {name: _english(value) for name, value in self.values.items()}
            if self.values
            else self.template
        )

    def __repr__(self) -> str:
        return f"Sentence({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def _english(value: object) -> object:
    return value.get("en", value) if isinstance(value, Mapping) else value


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a file that somebody wants to deploy.

    `element` is the id in the file (empty when the whole file is meant), `line` the line
    in the file (0 when unknown), `rule` the lint rule, `severity` is `error` (deployment is
    refused), `warning`, `note` (something that only a person can judge), or `info` (how
    something was understood; nothing needs to be done).
    """

    file: str
    element: str
    line: int
    rule: str
    message: Sentence
    remedy: Sentence
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        element = f" [{self.element}]" if self.element else ""
        return f"{place}{element} {self.rule}: {self.message} {self.remedy}"


class EngineError(Exception):
    """Something was asked of the engine that it cannot do; the sentence says what and why."""

    def __init__(self, template: str | Sentence, **values: object) -> None:
        self.sentence = template if isinstance(template, Sentence) else Sentence(template, **values)
        super().__init__(str(self.sentence))


class Rejected(EngineError):
    """A deployment was refused; nothing was changed. `findings` names everything that is wrong."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        count = sum(one.severity == "error" for one in self.findings)
        super().__init__("Expected files that can run, but found %(count)s problems.", count=count)

    def __str__(self) -> str:
        return "\n".join([str(self.sentence), *map(str, self.findings)])


class NotFound(EngineError):
    """What was named does not exist, or the reader may not see it."""


class NotAllowed(EngineError):
    """The person may not do this."""


class Conflict(EngineError):
    """Somebody else was faster: the sentence names who, when, and what changed."""


class RunsAlready(Conflict):
    """A process that may run only once about a record runs about it."""


class RecordChanged(Conflict):
    """Somebody (`by`) changed the record behind a form after it was seen; `values` are the newer ones by field."""

    def __init__(self, record: str, by: str, who: str, when: datetime, values: Mapping[str, object]) -> None:
        self.by, self.values = by, values
        super().__init__(
            "Expected %(record)s as you saw it, but %(who)s changed it at %(when)s (%(what)s). "
            "Look at the newer values and send your answers again; they are kept.",
            record=record,
            who=who,
            when=when,
            what=", ".join(values),
        )


class Busy(EngineError):
    """The database cannot take the write at this moment (locked, full or restarting); nothing was changed."""


class Unconfirmed(EngineError):
    """A change was made, but the disk failed before it held it: a loss of power may undo it."""


class InvalidForm(EngineError):
    """The form's values cannot be accepted; `errors` maps a field's path to the sentence for it."""

    def __init__(self, errors: Mapping[str, Sentence]) -> None:
        self.errors = dict(errors)
        super().__init__("Some answers need another look: %(fields)s.", fields=", ".join(self.errors))


@dataclass(frozen=True)
class Trouble:
    """Why an instance cannot go on by itself: the material of an incident."""

    code: str
    element: str
    message: Sentence
    detail: Mapping[str, object] = field(default_factory=dict)


class Stuck(EngineError):
    """An instance cannot go on; the command rolls back and `trouble` becomes an incident."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.message)


def expected(what: str, but: str, **values: object) -> Sentence:
    """Builds the one grammar of our refusals: "Expected to …, but …."."""
    return Sentence(f"Expected {what}, but {but}.", **values)
