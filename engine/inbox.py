"""The read side of tasks: frozen rows for lists, filters and counts. Two queries a page, however many tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from engine import advance, approvals, bundles, completion, history, plain, rights
from engine.company import Directory
from engine.core import Engine
from engine.errors import NotAllowed, NotFound, Sentence
from engine.forms import Form, parse_form
from engine.states import TaskState
from engine.tables import Row, process_definition, process_instance, task_candidate, user_task

Scope = Literal["mine", "groups", "team", "all"]
_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


@dataclass(frozen=True)
class InboxRow:
    """A task in a list. `names` and `process_names` are by language; `warning` is the title of a warning task."""

    id: str
    instance_id: str
    business_key: str
    subject: str
    process_key: str
    process_names: Mapping[str, str]
    element: str
    names: Mapping[str, str]
    kind: str
    state: TaskState
    assignee: str | None
    groups: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None
    priority: int
    overdue: bool
    version: int
    warning: Sentence | None = None


@dataclass(frozen=True)
class TaskPage:
    """Everything a task's page shows.

    `values` are the process variables that prefill the form, `draft` what was typed before,
    `right` whether and for whom the reader may work it (None: read only), `approval` the
    request's row, `steps` the instance's history so far, `text` the warning's text, `record_seen` the mark of
    the record as the page shows it, where finishing the task changes that record; `record` its key.
    """

    task: InboxRow
    definition_id: str
    process: str
    form: Form | None
    values: Mapping[str, Any]
    draft: Mapping[str, Any] | None
    right: rights.Right | None
    refusal: Sentence | None
    approval: Row | None
    steps: tuple[history.Event, ...]
    users: tuple[str, ...]
    text: Sentence | None
    record_seen: str | None
    record: str


def tasks(
    connection: Connection,
    directory: Directory,
    user: str,
    now: datetime,
    *,
    scope: Scope = "mine",
    text: str = "",
    overdue_only: bool = False,
    within: ColumnElement[bool] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[InboxRow]:
    """Open tasks: `mine` (assigned or offered to me, or to whom I stand in for), my `groups`', my `team`'s, or `all`.

    Overdue ones come first, then by due date, priority and age. `text` is looked for in the
    business key and subject; `within` narrows `all` to what the reader may see.
    """
    query = _query().where(_scope(directory, user, now, scope))
    if text:
        searched = (user_task.c.business_key, user_task.c.subject)
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in searched)))
    if overdue_only:
        query = query.where(user_task.c.due_at < now)
    if within is not None:
        query = query.where(within)
    rows = connection.execute(query.order_by(*_order(now)).limit(limit).offset(offset)).mappings().all()
    return _inbox_rows(connection, rows, now)


def counts(connection: Connection, directory: Directory, user: str, now: datetime) -> Mapping[str, int]:
    """How many open tasks are `mine`, in my `groups`, how many of these are `overdue`, and how many my `team` has."""
    mine, groups = _scope(directory, user, now, "mine"), _scope(directory, user, now, "groups")
    team = _scope(directory, user, now, "team")
    late = and_(or_(mine, groups), user_task.c.due_at < now)
    query = select(
        func.coalesce(func.sum(case((mine, 1), else_=0)), 0).label("mine"),
        func.coalesce(func.sum(case((groups, 1), else_=0)), 0).label("groups"),
        func.coalesce(func.sum(case((late, 1), else_=0)), 0).label("overdue"),
        func.coalesce(func.sum(case((team, 1), else_=0)), 0).label("team"),
    ).where(user_task.c.state.in_(_OPEN))
    row = connection.execute(query).mappings().one()
    return {name: int(row[name]) for name in row}


def _scope(directory: Directory, user: str, now: datetime, scope: Scope) -> ColumnElement[bool]:
    is_open = user_task.c.state.in_(_OPEN)
    if scope == "all":
        return is_open
    team = scope == "team"
    people = directory.reports_of(user) if team else [user, *directory.stands_in_for(user, now.date(), "")]
    free = user_task.c.assignee.is_(None)
    if scope in ("mine", "team"):
        return and_(is_open, or_(user_task.c.assignee.in_(people), and_(free, _offered("user", people))))
    groups = sorted({group for one in people for group in directory.groups_of(one)})
    return and_(is_open, free, _offered("group", groups))


def _offered(kind: str, names: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        task_candidate.c.task_id == user_task.c.id, task_candidate.c.kind == kind, task_candidate.c.name.in_(names)
    )


def _order(now: datetime) -> tuple[ColumnElement[Any], ...]:
    late = case((user_task.c.due_at < now, 0), else_=1)
    undated = case((user_task.c.due_at.is_(None), 1), else_=0)
    return late, undated, user_task.c.due_at, user_task.c.priority.desc(), user_task.c.created_at, user_task.c.id


def _query() -> Select[Any]:
    names = process_definition.c.names.label("process_names")
    return (
        select(user_task, names)
        .join(process_instance, process_instance.c.id == user_task.c.instance_id)
        .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
    )


def _inbox_rows(connection: Connection, rows: Sequence[Any], now: datetime) -> list[InboxRow]:
    ids = [row["id"] for row in rows]
    query = select(task_candidate.c.task_id, task_candidate.c.name).where(
        task_candidate.c.task_id.in_(ids), task_candidate.c.kind == "group"
    )
    groups: dict[str, list[str]] = {}
    for task_id, name in connection.execute(query):
        groups.setdefault(task_id, []).append(name)
    return [_inbox_row(row, tuple(groups.get(row["id"], ())), now) for row in rows]


def _inbox_row(row: Row, groups: tuple[str, ...], now: datetime) -> InboxRow:
    detail = plain.read(row["detail"])
    warning = Sentence(detail["title"], **detail["title_values"]) if row["kind"] == "warning" else None
    same = ("id", "instance_id", "business_key", "subject", "process_key", "element", "kind", "assignee", "due_at")
    more = ("follow_up_at", "created_at", "completed_at", "completed_by", "priority")
    return InboxRow(
        **{name: row[name] for name in same + more},
        process_names=json.loads(row["process_names"]),
        names=json.loads(row["names"]),
        state=TaskState(row["state"]),
        groups=groups,
        overdue=row["due_at"] is not None and row["due_at"] < now and row["state"] in _OPEN,
        version=row["row_version"],
        warning=warning,
    )


def task(connection: Connection, task_id: str, now: datetime) -> InboxRow:
    """One task's row; raises `NotFound`."""
    rows = connection.execute(_query().where(user_task.c.id == task_id)).mappings().all()
    if not rows:
        raise NotFound("Expected a task %(id)s, but there is none.", id=task_id)
    return _inbox_rows(connection, rows, now)[0]


def of_instance(connection: Connection, instance_id: str, now: datetime) -> list[InboxRow]:
    """All tasks of one instance, oldest first, finished ones too."""
    query = _query().where(user_task.c.instance_id == instance_id).order_by(user_task.c.id)
    return _inbox_rows(connection, connection.execute(query).mappings().all(), now)


def of_record(connection: Connection, business_key: str, now: datetime) -> list[InboxRow]:
    """The open tasks about one record."""
    query = _query().where(user_task.c.business_key == business_key, user_task.c.state.in_(_OPEN))
    return _inbox_rows(connection, connection.execute(query.order_by(user_task.c.id)).mappings().all(), now)


def version_of(connection: Connection, directory: Directory, user: str, now: datetime) -> str:
    """A short text that changes whenever the user's lists do: what a polling page compares."""
    seen = or_(_scope(directory, user, now, "mine"), _scope(directory, user, now, "groups"))
    query = select(func.count(), func.max(user_task.c.id), func.sum(user_task.c.row_version)).where(seen)
    return "-".join(str(part) for part in connection.execute(query).one())


def page(engine: Engine, connection: Connection, task_id: str, reader: str) -> TaskPage:
    """A task with its form, values and history; whether the reader may work it is told, not checked."""
    now = engine.clock.now()
    row = (
        connection.execute(
            select(user_task, process_instance.c.definition_id)
            .join(process_instance, process_instance.c.id == user_task.c.instance_id)
            .where(user_task.c.id == task_id)
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound("Expected a task %(id)s, but there is none.", id=task_id)
    found = bundles.bundle(engine, connection, row["definition_id"])
    content = found.forms.get(row["form"]) if row["form"] else None
    right, refusal = _right(engine, connection, row, reader, now)
    users, _groups = rights.candidates(connection, task_id)
    detail = plain.read(row["detail"])
    values, record, seen = _values(engine, connection, row)
    return TaskPage(
        task=task(connection, task_id, now),
        definition_id=found.id,
        process=row["process"],
        form=parse_form(content, row["form"]) if content is not None else None,
        values=values,
        draft=plain.read(row["draft"]) if row["draft"] else None,
        right=right,
        refusal=refusal,
        approval=approvals.current(connection, task_id),
        steps=tuple(history.of_instance(connection, row["instance_id"])),
        users=tuple(sorted(users)),
        text=Sentence(detail["text"], **detail["text_values"]) if row["kind"] == "warning" else None,
        record_seen=seen,
        record=record,
    )


def _right(
    engine: Engine, connection: Connection, row: Row, reader: str, now: datetime
) -> tuple[rights.Right | None, Sentence | None]:
    try:
        return rights.right_to_work(connection, engine.directory(connection), row, reader, now), None
    except NotAllowed as refused:
        return None, refused.sentence


def _values(engine: Engine, connection: Connection, row: Row) -> tuple[Mapping[str, Any], str, str | None]:
    """What prefills the form, the record that it is about, and its mark where finishing the task changes it."""
    live = advance.peek(engine, connection, row["instance_id"])
    waits = row["state"] in _OPEN and row["token"] is not None
    values = live.execution.variables(row["token"] if waits else None)
    record = live.about(values)
    if not waits or not completion.changes_records(live.bundle.element(row["process"], row["element"])):
        return values, record, None
    return values, record, engine.records.mark(connection, record)
