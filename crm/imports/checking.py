"""Checking a file row by row, in batches: every row becomes a waiting row or findings; nothing is changed yet."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from crm import access, stages
from crm.imports import evidence
from crm.imports.accounts_kind import AccountsKind
from crm.imports.contacts_kind import ContactsKind
from crm.imports.drafts import Columns
from crm.imports.kinds import Kind, Values, Wrong
from crm.imports.lookups import Accounts, Users
from crm.imports.opportunities_kind import OpportunitiesKind
from crm.imports.options import Options
from crm.imports.reading import Row, Sheet, rows_and_footer
from crm.imports.refusals import Finding
from crm.imports.stage_names import StageNames
from crm.imports.staged import Batch, Draft, Setting

ROWS_AT_ONCE = 500
SAME = "Expected every record once, but line %(line)s is the same one."


@dataclass(frozen=True)
class _Read:
    """A row that can become a record: its draft, what it gives, and its id in the other system."""

    draft: Draft
    given: Values
    external_id: str | None


def kind_of(key: str, connection: Connection, setting: Setting) -> Kind:
    """The rules for accounts, contacts or opportunities."""
    if key == "accounts":
        return AccountsKind()
    if key == "contacts":
        return ContactsKind()
    names = StageNames(stages.listing(connection), setting.options.mode, setting.options.stages)
    return OpportunitiesKind(connection, names, setting)


def setting_for(connection: Connection, kind: str, sheet: Sheet, options: Options, by: str, now: datetime) -> Setting:
    """Loads what rows are checked against; reads the file once. Raises `ImportRefused`."""
    who = access.reader(connection, by, now.date())
    return Setting(
        who=who,
        options=options,
        evidence=evidence.gather(kind, sheet, options),
        accounts=Accounts(connection, options.source, access.visible_accounts(who)),
        users=Users(connection, options.source),
        own_only="import.any" not in who.permissions,
        now=now,
    )


class Check:
    """One pass over a file. `rows_total` is known from the start; `next` gives batch after batch, then None."""

    def __init__(self, connection: Connection, kind: str, sheet: Sheet, setting: Setting) -> None:
        self._setting = setting
        self._kind = kind_of(kind, connection, setting)
        columns = Columns(kind, sheet, setting.options.columns, setting.evidence, self._kind.target)
        self._footer: list[Row] = []
        self._drafts = map(columns.draft, self._table(rows_and_footer(sheet)))
        self._lines: dict[Hashable, int] = {}
        self._position = 0
        self.rows_total = setting.evidence.rows_total

    def next(self, connection: Connection) -> Batch | None:
        """Checks some hundred rows against the records as they are now; None at the end of the file.

        Raises `ImportRefused` where the file cannot be read on.
        """
        drafts = list(islice(self._drafts, ROWS_AT_ONCE))
        if not drafts and not self._footer:
            return None
        batch = Batch(rows_read=len(drafts), findings=self._left_out())
        good = [read for draft in drafts if (read := self._read(draft, batch)) is not None]
        by_id, alike = self._known(connection, good)
        for read in good:
            self._stage(read, by_id, alike, batch)
        return batch

    def _table(self, found: Iterator[Row]) -> Iterator[Row]:
        for row in found:
            if row.below:
                self._footer.append(row)
            else:
                yield row

    def _left_out(self) -> list[Finding]:
        """What stood below the table, told once."""
        footer, self._footer = self._footer, []
        if not footer:
            return []
        template = "Lines %(first)s to %(last)s stand below the table and are left out."
        values = {"first": footer[0].line, "last": footer[-1].line}
        return [Finding(footer[0].line, "", footer[0].cells[0][:200], template, values, "note")]

    def _read(self, draft: Draft, batch: Batch) -> _Read | None:
        if not draft.columns:
            self._refuse(batch, draft.findings)
            return None
        try:
            given = self._kind.given(draft, self._setting)
        except Wrong as wrong:
            self._refuse(batch, wrong.findings)
            return None
        external_id = draft.values.get("external_id")
        identity = ("id", external_id) if external_id else ("natural", self._kind.natural(given))
        if identity in self._lines:
            key = "external_id" if external_id else "name"
            self._refuse(batch, [_finding(draft, key, SAME, line=self._lines[identity])])
            return None
        self._lines[identity] = draft.line
        return _Read(draft, given, external_id)

    def _refuse(self, batch: Batch, findings: Sequence[Finding]) -> None:
        batch.count("error")
        batch.findings += findings

    def _known(
        self, connection: Connection, good: Sequence[_Read]
    ) -> tuple[Mapping[str, Any], Mapping[Hashable, list[Any]]]:
        source = self._setting.options.source
        ids = [read.external_id for read in good if read.external_id]
        by_id = self._kind.by_external_ids(connection, source, ids) if ids else {}
        searched = [
            read.given for read in good if read.external_id not in by_id and (self._kind.adopts or not read.external_id)
        ]
        alike: dict[Hashable, list[Any]] = {}
        for row in connection.execute(self._kind.alike(searched)).mappings() if searched else ():
            alike.setdefault(self._kind.natural(dict(row)), []).append(row)
        return by_id, alike

    def _match(self, read: _Read, by_id: Mapping[str, Any], alike: Mapping[Hashable, list[Any]]) -> list[Any]:
        if read.external_id and read.external_id in by_id:
            return [by_id[read.external_id]]
        if read.external_id and not self._kind.adopts:
            return []
        found = alike.get(self._kind.natural(read.given), [])
        return [row for row in found if row["external_id"] is None] if read.external_id else found

    def _stage(self, read: _Read, by_id: Mapping[str, Any], alike: Mapping[Hashable, list[Any]], batch: Batch) -> None:
        found = self._match(read, by_id, alike)
        if len(found) > 1:
            template = "Expected one record of this name, but there are %(count)s. Add a column with ids."
            return self._refuse(batch, [_finding(read.draft, "name", template, count=len(found))])
        row = found[0] if found else None
        if (refusal := self._refusal(read, row)) is not None:
            return self._refuse(batch, [refusal])
        waiting = self._new(read) if row is None else self._changed(read, row)
        batch.waiting.append(waiting)
        batch.count(str(waiting["action"]))
        batch.findings += self._kind.notes(row, read.draft, read.given)
        return None

    def _refusal(self, read: _Read, row: Any) -> Finding | None:
        line = self._lines.setdefault(("record", row["id"]), read.draft.line) if row is not None else read.draft.line
        if line != read.draft.line:
            return _finding(read.draft, "name", SAME, line=line)
        if row is not None and not self._kind.may_change(row, self._setting):
            template = "Expected a record of your own, but this one belongs to %(owner)s."
            return _finding(read.draft, "name", template, owner=row["owner"])
        lacking = self._kind.lacks(read.given) if row is None else None
        return _finding(read.draft, *lacking) if lacking else None

    def _new(self, read: _Read) -> Values:
        self._position += 1
        values = self._kind.created(read.given, self._setting)
        return self._waiting(read, "create", values) | {"position": self._position}

    def _changed(self, read: _Read, row: Mapping[str, Any]) -> Values:
        values = self._kind.updated(row, read.given, self._setting)
        same = all(values[name] == row[name] for name in self._kind.fields)
        adopted = read.external_id is not None and row["external_id"] is None
        action = "unchanged" if same and not adopted else "update"
        source = {} if read.external_id else {"external_id": row["external_id"], "source_system": row["source_system"]}
        target = {"target_id": row["id"], "target_version": row["row_version"]}
        return self._waiting(read, action, values) | target | source

    def _waiting(self, read: _Read, action: str, values: Values) -> Values:
        own = {column.name for column in self._kind.waiting.c}
        source = self._setting.options.source if read.external_id else None
        return {
            **{name: None for name in own if name != "run_id"},
            **{name: value for name, value in values.items() if name in own},
            "line": read.draft.line,
            "action": action,
            "source_system": source,
            "external_id": read.external_id,
        }


def _finding(draft: Draft, key: str, template: str, **values: object) -> Finding:
    text = str(draft.values.get(key, ""))[:200]
    return Finding(draft.line, draft.columns.get(key, ""), text, template, values)
