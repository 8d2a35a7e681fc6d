"""What one kind of business record is: the description from which lists, pages, permissions and history follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Table

from crm.states import LifeCycle, Moves
from crm.titles import Choice as Choice

Scopes = Mapping[str, tuple[str, ...]]
"""By role, the scopes in which it may do something: own, member, team, all, created, assigned, or one of the kind's."""

TYPES = frozenset(
    "text code long_text words integer decimal money percent date moment boolean choice choices reference user unit "
    "rows sheets moments parties data".split()
)
SECRETS = frozenset({"credit", "margin", "price", "coaching", "conversation", "personal", "reps"})


def scopes(**by_role: str) -> Scopes:
    """Scopes written shortly: `scopes(rep="own member", ops="all")`."""
    return {role: tuple(names.split()) for role, names in by_role.items()}


@dataclass(frozen=True)
class Field:
    """One field of a record: the column of its name.

    `type` is one of `TYPES`: `code` is a text for machines, shown as such; `choice` takes `choices`; `choices` is a
    list of such values; `reference` names in `reference` the kind that the column points to; `user` is a login
    (`reference="mgr"` offers managers only); `words` is a list of words, typed one a line; `rows` a list of mappings
    with the columns `fields`. Shown and never typed are `sheets` (tables, each a title, heads and rows), `moments`
    (ISO texts), `parties` (roles and logins), and `data`, any other plain value.
    `fixed` fields are written by processes and rules, never by hand; `once` ones are given when the record is made.
    `secret` names the rule of catalogue 9 that hides the field from some readers; `changers` are the only roles
    that change it (none named: whoever may change the record). `low` and `high` bound numbers, both allowed.
    `first` is what a new record begins with.
    """

    name: str
    en: str
    zh: str
    type: str = "text"
    required: bool = False
    fixed: bool = False
    once: bool = False
    listed: bool = False
    choices: tuple[Choice, ...] = ()
    reference: str = ""
    fields: tuple[Field, ...] = ()
    secret: str = ""
    changers: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    first: Any = None

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"Expected a type of field for {self.name}, but got {self.type}.")
        if self.secret and self.secret not in SECRETS:
            raise ValueError(f"Expected a rule of secrecy for {self.name}, but got {self.secret}.")

    @property
    def labels(self) -> Mapping[str, str]:
        """The name of the field by language."""
        return {"en": self.en, "zh-Hans": self.zh}

    def choice_labels(self, value: Any) -> Mapping[str, str]:
        """The name of one of the choices by language; the value itself when it is none of them."""
        for code, en, zh in self.choices:
            if code == value:
                return {"en": en, "zh-Hans": zh}
        return {"en": str(value), "zh-Hans": str(value)}


@dataclass(frozen=True)
class Parent:
    """The record that another one belongs to: its kind, and the column that holds its id."""

    kind: str
    column: str


@dataclass(frozen=True)
class Start:
    """A process that starts from a record: its key, and the states in which it may (none named: in every state)."""

    process: str
    states: tuple[str, ...] = ()
    when: Callable[[Mapping[str, Any]], bool] | None = None

    def fits(self, state: str | None, values: Mapping[str, Any]) -> bool:
        """Whether the process may start on a record in this state with these values."""
        return (not self.states or state in self.states) and (self.when is None or self.when(values))


@dataclass(frozen=True)
class Kind:
    """One kind of record (catalogue 8.1), who may do what with it (catalogue 9) and how it lives (8.2).

    `key` begins its business keys (`account:ACC-0001`); `number` is the column after the colon, `id` where records
    have no number; `title` the column that people know it by. Lists stand under `group` in the navigation.

    The scopes are derived: *own* from the column `owner`; *team* from it and `org_unit_id`; *assigned* from
    `assignee`; *created* from `created_by`; *member* from the account or opportunity that the record belongs to.
    Without an owner of its own a record has the scopes of its `parents`. `more_scopes` adds conditions of the kind's
    own, from a login and a day;
    `open_to_members` is a condition that records must fulfil to be seen or changed by members.

    `only` limits a role's changes to some fields. `states` are the legal moves of the column `state`, made by
    processes, and by hand, with a reason, by those whom `move` names; `by_hand` limits what they may do. An
    `append_only` record never changes; `frozen_by` names a column that, once filled, ends all changes. `removable`
    ones may be deleted while nothing points to them. `tells` are messages that a change by hand sends to processes: by
    name, the kinds (its own, or one that it belongs to) about whose record it is.
    """

    key: str
    table: Table
    en: str
    plural: str
    zh: str
    group: str
    fields: tuple[Field, ...]
    read: Scopes
    create: Scopes = field(default_factory=dict)
    change: Scopes = field(default_factory=dict)
    number: str = "number"
    title: str = "name"
    title_zh: str = ""
    sequence: str = ""
    owner: str = ""
    assignee: str = ""
    parents: tuple[Parent, ...] = ()
    more_scopes: Mapping[str, Callable[[str, date], ColumnElement[bool]]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    states: LifeCycle = field(default_factory=LifeCycle)
    state: str = "status"
    move: Scopes = field(default_factory=dict)
    by_hand: Moves = field(default_factory=dict)
    open_to_members: ColumnElement[bool] | None = None
    append_only: bool = False
    frozen_by: str = ""
    removable: bool = False
    starts: tuple[Start, ...] = ()
    tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""

    @property
    def names(self) -> Mapping[str, str]:
        """The name of one record by language."""
        return {"en": self.en, "zh-Hans": self.zh}

    @property
    def plurals(self) -> Mapping[str, str]:
        """The name of several by language."""
        return {"en": self.plural, "zh-Hans": self.zh}

    def hand_moves(self, state: str) -> tuple[str, ...]:
        """The states into which a record in `state` may be moved by hand."""
        return tuple(sorted((self.by_hand or self.states.moves).get(state, ()))) if self.move else ()

    @property
    def identity(self) -> Column[Any]:
        """The primary key."""
        return next(iter(self.table.primary_key))

    @property
    def number_column(self) -> Column[Any]:
        """The column that names a record in business keys and addresses."""
        return self.table.c[self.number]

    def number_value(self, text: str) -> Any:
        """What the number column holds for a number as text; None for what can be no number of this kind."""
        if not isinstance(self.number_column.type, Integer):
            return text
        return int(text) if text.isdecimal() and len(text) < 19 else None

    def business_key(self, number: Any) -> str:
        """How processes name one of these records."""
        return f"{self.key}:{number}"

    def field(self, name: str) -> Field:
        """One field by name; raises KeyError."""
        return next(one for one in self.fields if one.name == name) if self.has(name) else _unknown(self.key, name)

    def has(self, name: str) -> bool:
        """Whether there is a field of this name."""
        return any(one.name == name for one in self.fields)

    @property
    def only_fields(self) -> frozenset[str]:
        """The fields to which some role is limited."""
        return frozenset(name for names in self.only.values() for name in names)

    @property
    def listed(self) -> tuple[Field, ...]:
        """The fields that are columns of lists."""
        return tuple(one for one in self.fields if one.listed)


def _unknown(key: str, name: str) -> Field:
    raise KeyError(f"{key} has no field {name}")
