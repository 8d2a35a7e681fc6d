"""What a form is, once read: fields in both languages, with their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Names = Mapping[str, str]

TEXTS = ("text", "textarea")
SINGLE_CHOICES = ("radio", "select")
MANY_CHOICES = ("checklist", "taglist")
CHOICES = SINGLE_CHOICES + MANY_CHOICES
MOMENTS = ("date", "time", "datetime")
STATIC = ("static", "view", "separator", "spacer")
CONTAINERS = ("group", "rows")


@dataclass(frozen=True)
class Choice:
    """One option of a field: the value it stands for (text, number or boolean) and its label by language."""

    value: Any
    labels: Names

    @property
    def text(self) -> str:
        """The value as it travels in an HTML form."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value)


@dataclass(frozen=True)
class Field:
    """One part of a form.

    `type` is one of text, textarea, number, checkbox, radio, select, checklist, taglist, date, time,
    datetime, files (a list of stored files), rows (a repeating group of `fields`), group, expression
    (computed), static, view, separator, spacer. `unit` of a number is money, percent, integer or empty. `hide_if`,
    `required_if`, `prefill`, `minimum_if` and `maximum_if` are FEEL without the leading `=`;
    `minimum`, `maximum` are literal bounds. `reference` names choices that the records give,
    `view` a read-only view that the page fills.
    """

    key: str
    type: str
    labels: Names = field(default_factory=dict)
    descriptions: Names = field(default_factory=dict)
    texts: Names = field(default_factory=dict)
    required: bool = False
    required_if: str = ""
    hide_if: str = ""
    prefill: str = ""
    read_only: bool = False
    default: Any = None
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    reference: str = ""
    view: str = ""
    unit: str = ""
    decimals: int | None = None
    minimum: str = ""
    maximum: str = ""
    minimum_if: str = ""
    maximum_if: str = ""
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    format: str = ""
    fixed_rows: bool = False
    fields: tuple[Field, ...] = ()
    line: int = 0

    @property
    def holds_value(self) -> bool:
        """Whether a person answers this field."""
        return bool(self.key) and self.type not in STATIC + CONTAINERS + ("expression",)

    @property
    def label(self) -> str:
        """The English label; the key when there is none."""
        return self.labels.get("en") or self.key


@dataclass(frozen=True)
class Form:
    """A form: the file it came from and its fields, in order."""

    file: str
    fields: tuple[Field, ...]

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the read-only views the form shows."""
        return tuple(each.view for each in walk(self.fields) if each.type == "view")

    @property
    def keys(self) -> tuple[str, ...]:
        """The variables that the form sets."""
        return tuple(each.key for each in scope(self.fields) if each.holds_value or each.type in ("rows", "expression"))

    def field(self, key: str) -> Field | None:
        """The field that sets a variable, if there is one."""
        return next((each for each in scope(self.fields) if each.key == key), None)


def walk(fields: tuple[Field, ...]) -> Iterator[Field]:
    """All fields, those inside groups and rows too."""
    for each in fields:
        yield each
        yield from walk(each.fields)


def scope(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields of one scope: a group is only a frame, a row is a scope of its own."""
    for each in fields:
        yield each
        if each.type == "group":
            yield from scope(each.fields)


def leaves(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of one scope without the groups that frame them."""
    return tuple(each for each in scope(fields) if each.type != "group")
