"""Writing all waiting rows of an import in one transaction, set by set; the same statements on every database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, String, Table, case, cast, exists, func, literal, select

from crm.errors import RecordNotFound
from crm.imports.runs import WAITING, Run
from crm.tables import account, contact, number_sequence, opportunity, record_change
from crm.tables.imports import ACCOUNT_FIELDS, CONTACT_FIELDS, OPPORTUNITY_FIELDS
from crm.tables.types import Moment
from crm.titles import both

TARGETS: Mapping[str, tuple[Table, str, tuple[str, ...]]] = {
    "accounts": (account, "account", ACCOUNT_FIELDS),
    "contacts": (contact, "contact", (*CONTACT_FIELDS, "account_id")),
    "opportunities": (opportunity, "opportunity", (*OPPORTUNITY_FIELDS, "account_id")),
}


@dataclass(frozen=True)
class Writing:
    """One application: which run, by whom, when, and the SQL of a new record's number."""

    connection: Connection
    run: Run
    waiting: Table
    target: Table
    number: ColumnElement[str]
    at: datetime

    @property
    def by(self) -> ColumnElement[str]:
        """Whoever started the import, as a constant in SQL."""
        return literal(self.run.started_by)

    @property
    def moment(self) -> ColumnElement[datetime]:
        """The time of the import, as a constant in SQL."""
        return literal(self.at, Moment())

    def rows(self, action: str) -> ColumnElement[bool]:
        """The condition for the run's waiting rows of one action."""
        return (self.waiting.c.run_id == self.run.id) & (self.waiting.c.action == action)

    def insert(self, table: Table, query: Any) -> None:
        """Adds rows from a query whose columns are labelled as those of the table."""
        self.connection.execute(table.insert().from_select([column.name for column in query.selected_columns], query))


def is_stale(connection: Connection, run: Run) -> bool:
    """Whether records changed or came up after they were checked, so that the check must be made again."""
    waiting, (target, _sequence, _fields) = WAITING[run.kind], TARGETS[run.kind]
    at, to = waiting.c, target.c
    unchanged = exists().where(to.id == at.target_id, to.row_version == at.target_version)
    changed = select(at.line).where(at.run_id == run.id, at.action == "update", ~unchanged).limit(1)
    same = exists().where(to.source_system == at.source_system, to.external_id == at.external_id)
    came_up = select(at.line).where(at.run_id == run.id, at.action == "create", same).limit(1)
    return any(connection.execute(query).first() is not None for query in (changed, came_up))


def apply(connection: Connection, run: Run, at: datetime) -> Writing:
    """Adds and changes the records of a run; the caller commits. Children of opportunities follow."""
    waiting, (target, sequence, fields) = WAITING[run.kind], TARGETS[run.kind]
    number = _number(connection, sequence, run.created_count, waiting)
    writing = Writing(connection, run, waiting, target, number, at)
    if run.created_count:
        _create(writing, fields)
    if run.updated_count:
        _change(writing, fields)
    _note_changes(writing)
    return writing


def _note_changes(writing: Writing) -> None:
    """One line of history for each record, in two statements; the values are in the file, the line names the run."""
    to, at, told = writing.target.c, writing.waiting.c, {"import": writing.run.id}
    made = to.number.in_(select(writing.number).where(writing.rows("create")))
    changed = to.id.in_(select(at.target_id).where(writing.rows("update")))
    for which, before in ((made, {}), (changed, told)):
        lines = select(
            literal(writing.target.name).label("kind"),
            cast(to.id, String).label("record_id"),
            writing.moment.label("changed_at"),
            writing.by.label("changed_by"),
            literal(before, JSON()).label("before"),
            literal(told, JSON()).label("after"),
            literal(f"Import {writing.run.id}: {writing.run.file_name}").label("reason"),
        )
        writing.insert(record_change, lines.where(which))


def _number(connection: Connection, sequence: str, count: int, waiting: Table) -> ColumnElement[str]:
    """Reserves `count` numbers and gives the SQL of each waiting row's number."""
    at = number_sequence.c
    reserved = number_sequence.update().where(at.name == sequence).values(last=at.last + count)
    row = connection.execute(reserved.returning(at.prefix, at.width, at.last)).one_or_none()
    if row is None:
        raise RecordNotFound(record=both(f"number sequence {sequence}", f"编号序列 {sequence}"))
    position = waiting.c.position + (row.last - count)
    long, padded = cast(position, String), func.substr(cast(position + 10**row.width, String), 2)
    return literal(row.prefix) + case((position < 10**row.width, padded), else_=long)


def _create(writing: Writing, fields: Sequence[str]) -> None:
    at, by, moment = writing.waiting.c, writing.by, writing.moment
    columns = [at[name] for name in (*fields, "source_system", "external_id")]
    authorship = (
        by.label("created_by"),
        by.label("updated_by"),
        moment.label("created_at"),
        moment.label("updated_at"),
    )
    query = select(writing.number.label("number"), *columns, *authorship)
    if writing.target is opportunity:
        entered = case((at.stage.is_not(None), moment), else_=None)
        query = query.add_columns(entered.label("stage_entered_at"), at.pipeline_entry_at)
    if writing.target is account:
        status = case((at.prior_customer, literal("active")), else_=literal("prospect"))
        query = query.add_columns(status.label("status"))
    writing.insert(writing.target, query.where(writing.rows("create")).order_by(at.position))


def _change(writing: Writing, fields: Sequence[str]) -> None:
    at, to = writing.waiting.c, writing.target.c
    values: dict[str, Any] = {name: at[name] for name in (*fields, "source_system", "external_id")}
    values |= {
        "row_version": to.row_version + 1,
        "updated_by": writing.by,
        "updated_at": writing.moment,
        "last_change": "import",
    }
    mine = (to.id == at.target_id) & writing.rows("update")
    writing.connection.execute(writing.target.update().where(mine).values(values))
