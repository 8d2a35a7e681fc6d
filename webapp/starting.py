"""Starting a process by hand: on to the reader's own task in it, if there is one, else to the process."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import inbox, instances
from webapp.current import engine, now, person, reading


def begin(process_key: str, business_key: str) -> ResponseReturnValue:
    """Starts a process about a record, once; the way to go on. Raises what the engine refuses."""
    instance_id = instances.start(engine(), process_key, business_key, {}, person().login, alone=True)
    flash(_("The process was started."), "done")
    with reading() as connection:
        tasks = inbox.of_instance(connection, instance_id, now())
    mine = next((task for task in tasks if task.assignee == person().login and task.state != "completed"), None)
    if mine is not None and person().may("task.work"):
        return redirect(url_for("inbox.task", task_id=mine.id))
    return redirect(url_for("instances.show", instance_id=instance_id))
