"""Timers are jobs with a due time: armed when a token waits for one, deleted when it no longer does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from engine import expressions, plain
from engine.bpmn import Element, Model
from engine.bpmn.times import Cycle, NoTime, Span, next_of, when
from engine.core import Engine
from engine.errors import InvalidForm, Sentence
from engine.feel import FeelSyntaxError, compile_expression, wrap
from engine.identity import new_id
from engine.live import Live
from engine.port import Place, TimerArmed
from engine.prepared import Prepared, given
from engine.states import JobState
from engine.tables import job, setting, setting_change

_ARM = Prepared(
    job.insert(),
    *("id", "instance_id", "token", "kind", "name", "element", "payload", "state", "due", "lock_key", "created_at"),
)
_DISARM = Prepared(job.delete().where(job.c.instance_id == given("instance"), job.c.token == given("waited")))
_SETTINGS = Prepared(select(setting.c.name, setting.c.value))


@dataclass(frozen=True)
class SettingChange:
    """One change of a timer's setting; `before` and `after` are None where the drawing counted."""

    element: str
    before: str | None
    after: str | None
    changed_at: datetime
    changed_by: str | None


def arm(live: Live, effect: TimerArmed) -> None:
    """Adds the job that will fire this timer."""
    _ARM.run(
        live.transaction.connection,
        {
            "id": new_id(),
            "instance_id": live.instance_id,
            "token": effect.place.token,
            "kind": "timer",
            "name": effect.attached_to or "",
            "element": effect.place.element,
            "payload": plain.write({"process": effect.place.process}),
            "state": JobState.READY,
            "due": effect.due,
            "lock_key": live.instance_id,
            "created_at": live.now,
        },
    )
    live.journal.record(
        "timer.armed", effect.place.process, effect.place.element, due=effect.due, guards=effect.attached_to
    )
    live.transaction.after_commit(live.engine.wake)


def disarm(live: Live, place: Place) -> None:
    """Deletes the waiting job of a timer or call whose token is gone."""
    _DISARM.run(live.transaction.connection, {"instance": live.instance_id, "waited": place.token})


def configured(connection: Connection, process: str, element: str) -> str | None:
    """The expression that operations set in place of the drawn one (`timer.<process id>.<element id>`), if any."""
    name = f"timer.{process}.{element}"
    return connection.execute(select(setting.c.value).where(setting.c.name == name)).scalar_one_or_none()


def configure(
    engine: Engine, actor: str, process: str, element: str, expression: str | None, once: bool = False
) -> None:
    """Sets or (with None) removes the replacement of a drawn timer; running timers keep their due time.

    The due date of a task comes `once`: no repetition can be set for it.

    Who changed what stays in `changes`. A setting that says what it said before changes nothing.

    Raises `InvalidForm` for a text that is no such time.
    """
    name = f"timer.{process}.{element}"
    now = engine.clock.now()
    if expression is not None and not _is_time(expression.strip(), now, once):
        raise InvalidForm({"expression": _no_time(expression, once)})
    with engine.database.write() as transaction:
        before = configured(transaction.connection, process, element)
        if before == expression:
            return
        transaction.execute(setting.delete().where(setting.c.name == name))
        if expression is not None:
            values = {"name": name, "value": expression, "updated_at": now, "updated_by": actor}
            transaction.execute(setting.insert(), values)
        change = {"id": new_id(), "name": name, "before": before, "after": expression}
        transaction.execute(setting_change.insert(), {**change, "changed_at": now, "changed_by": actor})


def settings(connection: Connection, process: str) -> Mapping[str, str]:
    """The settings in force in a process (by its BPMN id), by element."""
    prefix = f"timer.{process}."
    query = select(setting.c.name, setting.c.value).where(setting.c.name.startswith(prefix, autoescape=True))
    return {name.removeprefix(prefix): value for name, value in connection.execute(query)}


def changes(connection: Connection, process: str) -> list[SettingChange]:
    """Who set what in a process, the newest first."""
    prefix = f"timer.{process}."
    query = select(setting_change).where(setting_change.c.name.startswith(prefix, autoescape=True))
    rows = connection.execute(query.order_by(setting_change.c.changed_at.desc(), setting_change.c.id.desc()))
    return [
        SettingChange(row.name.removeprefix(prefix), row.before, row.after, row.changed_at, row.changed_by)
        for row in rows
    ]


def timed(model: Model) -> list[Element]:
    """The elements of a drawing, patterns included, whose time can be set: timers, and tasks with a due date."""
    return [one for one in model.elements.values() if one.timer or "dueDate" in one.attributes]


def _no_time(text: str, once: bool) -> Sentence:
    if once:
        return Sentence(
            "Expected a due date, which comes once, such as P1D or 2030-01-31T09:00:00Z, or FEEL in ${...} that gives "
            "one, but got %(text)s.",
            text=text,
        )
    return Sentence(
        "Expected a span such as P1D, a moment such as 2030-01-31T09:00:00Z, a repetition such as R3/PT10M, or FEEL in "
        "${...} that gives a time, but got %(text)s.",
        text=text,
    )


def _is_time(text: str, now: datetime, once: bool) -> bool:
    if expressions.is_expression(text):
        return _gives_time(text, now)
    try:
        found = when(text)
        if isinstance(found, Cycle):
            return not once and _rests(found, now)
        return found is not None and (not isinstance(found, Span) or found.after(now) >= now)
    except (NoTime, OverflowError, ValueError):
        return False


def _gives_time(text: str, now: datetime) -> bool:
    try:
        names = compile_expression(wrap(text)).names
    except FeelSyntaxError:
        return False
    return bool(names) or expressions.moment(text, {}, now) is not None


def _rests(cycle: Cycle, now: datetime) -> bool:
    """Whether a repetition leaves some time between."""
    if cycle.every is not None:
        return cycle.every.after(now) >= now + SHORTEST_REPETITION
    first = next_of(cycle.cron or "", now, "UTC")
    second = None if first is None else next_of(cycle.cron or "", first, "UTC")
    return first is None or second is None or second - first >= SHORTEST_REPETITION


SHORTEST_REPETITION = timedelta(minutes=1)


def setting_of(live: Live, process: str, element: str) -> str | None:
    """`configured`, asked of the database once per command, and only when there are settings at all."""
    if not live.configured:
        return None
    name = f"timer.{process}.{element}"
    if not live.settings:
        rows = _SETTINGS.rows(live.transaction.connection, {})
        live.settings.update({row["name"]: row["value"] for row in rows})
        live.settings.setdefault("", None)
    return live.settings.get(name)
