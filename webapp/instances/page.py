"""Gathers everything the page of an instance shows, within what its reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from crm import access
from engine import bundles, errors, handovers, inbox, incidents, instances, kept_sentences, operations
from webapp.current import engine, now, reader
from webapp.decision_tables import TableView
from webapp.decision_tables import view as table_view
from webapp.instances.marks import Picture, pictures
from webapp.languages import listed, named, say
from webapp.layout import cell, role
from webapp.names import Names
from webapp.scopes import Seen, seen
from webapp.tables import Connection
from webapp.timeline import Line, Timeline

TASK = "TaskOpened"
TECHNICAL = frozenset({"business_key", "started_by", "source_key", "source_instance"})


@dataclass(frozen=True)
class Wait:
    """What an instance waits for: a person, a moment, a message, or its own work."""

    step: str
    text: str
    who: str
    due: datetime | None
    late: bool
    link: str


@dataclass(frozen=True)
class Variable:
    """A variable for the page: what forms call it, its name, its value as text; `told` when a form knows it."""

    label: str
    name: str
    value: str
    told: bool


@dataclass(frozen=True)
class Evaluation:
    """One asking of a decision: when, where, the result, and its tables with the rows that fired.

    `closed` when something it looked at is not open to the reader; then nothing else is told.
    """

    at: datetime
    step: str
    title: str
    result: str
    inputs: tuple[tuple[str, str], ...]
    tables: tuple[TableView, ...]
    problems: tuple[str, ...]
    closed: bool


@dataclass(frozen=True)
class Handed:
    """A hand-over: from here or to here, to or from which process, and whether it still waits."""

    outgoing: bool
    title: str
    key: str
    step: str
    waits: bool
    deployed: bool
    at: datetime
    link: str


@dataclass(frozen=True)
class Page:
    """An instance for one reader."""

    row: instances.InstanceRow
    record: Seen
    title: str
    stamp: str
    starter: str
    pictures: list[Picture]
    waits: list[Wait]
    meanwhile: list[Wait]
    variables: list[Variable]
    lines: list[Line]
    hidden_lines: int
    decisions: list[Evaluation]
    handed: list[Handed]
    source: str
    incidents: tuple[incidents.IncidentRow, ...]

    @property
    def told(self) -> list[Variable]:
        """The values that a form asked for or shows, and that are not empty."""
        return [one for one in self.variables if one.told]

    @property
    def untold(self) -> list[Variable]:
        """All other values."""
        return [one for one in self.variables if not one.told]

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self.row.state == "running"


def load(instance_id: str, *, everything: bool) -> Page:
    """The page of an instance; raises NotFound also when its record is not visible to the reader."""
    with engine().database.read() as connection:
        record = seen(connection, _key(connection, instance_id))
        stamp = operations.stamp(connection, instance_id)
    view = instances.view(engine(), instance_id)
    with engine().database.read() as connection:
        return _page(connection, view, record, stamp, everything)


def check(connection: Connection, instance_id: str) -> str:
    """The stamp of an instance that the reader may see; raises NotFound."""
    seen(connection, _key(connection, instance_id))
    return operations.stamp(connection, instance_id)


def _key(connection: Connection, instance_id: str) -> str:
    return instances.get(connection, instance_id).business_key


def _page(connection: Connection, view: instances.InstanceView, record: Seen, stamp: str, everything: bool) -> Page:
    names = Names(connection)
    bundle = names.bundle(view.definition_id)
    timeline = Timeline(names, record, {view.row.id: view.definition_id})
    lines = timeline.lines(reversed(view.events), minor=everything)
    return Page(
        row=view.row,
        record=record,
        title=named(view.row.names),
        stamp=stamp,
        starter=names.person(view.row.started_by) or "Salesflow",
        pictures=pictures(view, bundle),
        waits=_waits(connection, view, names),
        meanwhile=[_wait(one, view, names) for one in view.waiting if _is_meanwhile(one, bundle)],
        variables=_variables(view, record, names, timeline.closed(view.events)),
        lines=lines,
        hidden_lines=len(view.events) - len(lines),
        decisions=_decisions(view, record, names, bundle),
        handed=[_handed(connection, one, view, names) for one in view.handovers],
        source=_link(connection, view.row.source_instance),
        incidents=view.incidents,
    )


def _waits(connection: Connection, view: instances.InstanceView, names: Names) -> list[Wait]:
    bundle = names.bundle(view.definition_id)
    tasks = [one for one in inbox.of_instance(connection, view.row.id, now()) if one.state in ("open", "claimed")]
    others = [one for one in view.waiting if type(one).__name__ != TASK and not _is_meanwhile(one, bundle)]
    return [_task_wait(one, view, names) for one in tasks] + [_wait(one, view, names) for one in others]


def _is_meanwhile(one: Any, bundle: bundles.Bundle) -> bool:
    """Whether it only guards other steps: a boundary event, or the start of an event sub-process."""
    return bundle.element(one.place.process, one.place.element).kind in ("boundaryEvent", "startEvent")


def _task_wait(task: inbox.InboxRow, view: instances.InstanceView, names: Names) -> Wait:
    offered = listed([*map(names.person, _offered_to(task, view)), *map(role, task.groups)])
    who = names.person(task.assignee) or offered
    text = _("Waits for a decision") if task.kind == "approval" else _("Waits for a person")
    step = say(task.warning) if task.warning is not None else named(task.names)
    return Wait(step, text, who, task.due_at, task.overdue, url_for("inbox.task", task_id=task.id))


def _offered_to(task: inbox.InboxRow, view: instances.InstanceView) -> list[str]:
    """The people (not groups) who may take a task: those it was opened for, and those named for it later."""
    about = [event.detail for event in view.events if event.detail.get("task") == task.id]
    users = [user for detail in about for user in (*detail.get("users", ()), detail.get("user")) if user]
    return list(dict.fromkeys(users))


def _wait(one: Any, view: instances.InstanceView, names: Names) -> Wait:
    place = one.place
    step = names.step(view.definition_id, place.process, place.element)
    kind = type(one).__name__
    if kind == "TimerArmed":
        return Wait(step, _("Waits for its time"), "", one.due, False, "")
    if kind == "EventAwaited":
        return Wait(step, _("Waits for a message"), "", None, False, "")
    if kind == "ConditionAwaited":
        return Wait(step, _("Waits until its condition is true"), "", None, False, "")
    return Wait(step, _("Salesflow works on it"), "", None, False, "")


def _variables(view: instances.InstanceView, record: Seen, names: Names, closed: frozenset[str]) -> list[Variable]:
    definition = view.definition_id
    found = [
        _variable(names.field(definition, name), name, names.answer(definition, name, value), value)
        for name, value in record.open_part(view.variables).items()
        if name not in TECHNICAL | closed
    ]
    return sorted(found, key=lambda one: one.label.lower())


def _variable(label: str, name: str, text: str, value: Any) -> Variable:
    return Variable(label, name, text, told=label != name and value not in (None, "", []))


def _decisions(view: instances.InstanceView, record: Seen, names: Names, bundle: bundles.Bundle) -> list[Evaluation]:
    found = [event for event in view.events if event.kind == "decision.evaluated"]
    return [_evaluation(event, view, record, names, bundle) for event in reversed(found)]


def _evaluation(
    event: Any, view: instances.InstanceView, record: Seen, names: Names, bundle: bundles.Bundle
) -> Evaluation:
    detail = event.detail
    fired: dict[str, set[int]] = {detail["decision"]: set()}
    inputs: dict[str, Any] = {}
    for row in detail["rows"]:
        fired.setdefault(row["decision"], set()).add(int(row["row"]))
        inputs |= row["inputs"]
    closed = any(record.hides(name) for name in inputs)
    model = bundle.decisions.get(detail["decision"])
    known = [name for name in fired if model is not None and name in model.decisions]
    tables = [table_view(model.decisions[name], frozenset(fired[name])) for name in known] if model else []
    step = names.step(view.definition_id, event.process, event.element)
    definition, asked = view.definition_id, detail["decision"]
    return Evaluation(
        at=event.at,
        step=step,
        title=names.decision(definition, asked),
        result="" if closed else names.result(definition, asked, detail["result"]),
        inputs=()
        if closed
        else tuple((names.column(definition, asked, name), cell(value)) for name, value in inputs.items()),
        tables=() if closed else tuple(tables),
        problems=tuple(say(kept_sentences.told(one)) for one in detail.get("problems", ())),
        closed=closed,
    )


def _handed(connection: Connection, one: handovers.HandoverRow, view: instances.InstanceView, names: Names) -> Handed:
    outgoing = one.source_instance == view.row.id
    other = one.target_instance if outgoing else one.source_instance
    key = one.target_key if outgoing else instances.get(connection, one.source_instance).key
    return Handed(
        outgoing=outgoing,
        title=names.process(key),
        key=key,
        step=names.step(view.definition_id, view.process, one.source_element) if outgoing else "",
        waits=one.state == "waiting",
        deployed=bundles.latest(connection, key) is not None,
        at=one.created_at,
        link=_link(connection, other),
    )


def _link(connection: Connection, instance_id: str | None) -> str:
    """The address of a linked instance; empty when there is none or the reader may not see its record."""
    if instance_id is None:
        return ""
    try:
        key = _key(connection, instance_id)
    except errors.NotFound:
        return ""
    visible = access.may_read(connection, reader(connection), key)
    return url_for("instances.show", instance_id=instance_id) if visible else ""
