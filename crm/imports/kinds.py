"""What all kinds of records share when their rows are checked: owner, identity, comparing with what is there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from crm.imports.refusals import Finding, Unfit
from crm.imports.staged import Draft, Setting

Values = dict[str, Any]


class Kind(ABC):
    """One kind of record: its table, the table of its waiting rows, and how a row becomes one."""

    key: str
    target: Table
    waiting: Table
    fields: tuple[str, ...]
    # Whether a row with an id of the other system may take over a record of the same name that has none.
    adopts = True

    @abstractmethod
    def given(self, draft: Draft, setting: Setting) -> Values:
        """The columns that a row gives; raises `Wrong` with all that is wrong."""

    @abstractmethod
    def natural(self, values: Mapping[str, Any]) -> Hashable:
        """What tells records apart that have no id of another system."""

    @abstractmethod
    def alike(self, given: Sequence[Values]) -> Select[Any]:
        """The records that may have the same natural key as one of these."""

    @abstractmethod
    def created(self, given: Values, setting: Setting) -> Values:
        """A whole new record with neutral defaults for what the row does not give."""

    def updated(self, row: Mapping[str, Any], given: Values, setting: Setting) -> Values:
        """An existing record with what the row gives."""
        return {name: given.get(name, row[name]) for name in self.fields}

    def lacks(self, given: Values) -> tuple[str, str] | None:
        """What a new record lacks: the field, and the sentence that says so."""
        return None

    def notes(self, row: Mapping[str, Any] | None, draft: Draft, given: Values) -> list[Finding]:
        """What to know about a row that is taken all the same."""
        return []

    def may_change(self, row: Mapping[str, Any], setting: Setting) -> bool:
        """Whether the importing person may change an existing record."""
        return not setting.own_only or row["owner"] == setting.who.login

    def existing(self) -> Select[Any]:
        """The columns of existing records that checking needs."""
        names = {"id", "row_version", "owner", "source_system", "external_id", *self.fields}
        return select(*(column for column in self.target.c if column.name in names))

    def by_external_ids(self, connection: Connection, source: str, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Existing records by their id in the other system."""
        at = self.target.c
        query = self.existing().where(at.source_system == source, at.external_id.in_(ids))
        return {row["external_id"]: dict(row) for row in connection.execute(query).mappings()}


class Wrong(Exception):
    """A row cannot become a record; with everything that is wrong about it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(map(str, findings)))


class Reading:
    """Collects what is wrong with a row while its record is put together."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.findings = list(draft.findings)

    def text(self, key: str) -> str:
        """A text that the row gives, or an empty one."""
        return str(self._draft.values.get(key, ""))

    def wrong(self, key: str, template: str, **values: object) -> None:
        """Notes that a field is wrong, with its column and what the cell holds."""
        column = self._draft.columns.get(key, "")
        self.findings.append(Finding(self._draft.line, column, self.text(key)[:200], template, values))

    def note_unfit(self, key: str, error: Unfit) -> None:
        """Notes why the cell of a field does not fit."""
        self.wrong(key, error.template, **error.values)

    def raise_if_wrong(self) -> None:
        """Raises `Wrong` when something is."""
        if any(one.severity == "error" for one in self.findings):
            raise Wrong(self.findings)


def owner_of(reading: Reading, setting: Setting, otherwise: str = "") -> tuple[str, int | None] | None:
    """Login and unit of a row's owner: as the row says, else the run's owner, else `otherwise`.

    Who may import only own records is the only owner allowed. None when it is wrong or missing.
    """
    named = reading.text("owner") or setting.options.owner or otherwise
    if not named:
        named = setting.who.login if setting.own_only else ""
    if not named:
        reading.wrong("owner", "Expected an owner, but the row names none. Choose one for the whole import.")
        return None
    try:
        found = setting.users.find(named)
    except Unfit as error:
        reading.note_unfit("owner", error)
        return None
    if setting.own_only and found.login != setting.who.login:
        reading.wrong("owner", "Expected yourself as the owner, because you may import only your own records.")
        return None
    return found.login, found.org_unit_id
