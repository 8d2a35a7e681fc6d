"""Starting a process by hand: on to the reader's own task in it, if there is one, else to the process."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import bpmn, bundles, errors, inbox, instances
from webapp.current import engine, now, person, reading
from webapp.languages import named
from webapp.names import Names
from webapp.tables import Connection

Choices = Sequence[tuple[str, str]]


def choices(connection: Connection, process_key: str) -> Choices:
    """Where people may begin a process: each plain start event with its name; none where only others begin it."""
    starts = bundles.plain_starts(engine(), connection, process_key)
    return [(one.id, _name(one, starts)) for one in starts]


def _name(start: bpmn.Element, starts: Sequence[bpmn.Element]) -> str:
    return named(start.names) or _("Start %(number)s", number=starts.index(start) + 1)


def begin(process_key: str, business_key: str) -> ResponseReturnValue:
    """Starts a process about a record, once; the way to go on.

    Where it has several plain starts and the request names none (`at`), a page asks for one and sends the rest of
    the request again. Raises what the engine refuses, and `Conflict` for a process that no person begins.
    """
    with reading() as connection:
        title, offered = Names(connection).process(process_key), choices(connection, process_key)
    if not offered:
        raise errors.Conflict(
            "Expected a process that people begin, but %(title)s begins by itself: when something happens, or at its "
            "time.",
            title=title,
        )
    at = request.form.get("at") if len(offered) > 1 else None
    if len(offered) > 1 and at not in dict(offered):
        sent = [(name, value) for name, value in request.form.items() if name not in ("at", "csrf_token")]
        return render_template("starting.html", title=title, choices=offered, sent=sent)
    instance_id = instances.start(engine(), process_key, business_key, {}, person().login, alone=True, at=at)
    flash(_("The process was started."), "done")
    return _on(instance_id)


def _on(instance_id: str) -> ResponseReturnValue:
    with reading() as connection:
        tasks = inbox.of_instance(connection, instance_id, now())
    mine = next((task for task in tasks if task.assignee == person().login and task.state != "completed"), None)
    if mine is not None and person().may("task.work"):
        return redirect(url_for("inbox.task", task_id=mine.id))
    return redirect(url_for("instances.show", instance_id=instance_id))
