"""What follows when a task is done: where its process stands, and which task its reader goes on with."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from engine import inbox, user_tasks
from webapp.current import engine, now, person, reading
from webapp.inbox.forms import PAGE
from webapp.languages import named
from webapp.layout import about


@dataclass(frozen=True)
class Afterwards:
    """The task to go on with, if there is one, and the sentence that says so."""

    task_id: str | None
    sentence: str


def after(done: user_tasks.Completed, task: inbox.InboxRow) -> Afterwards:
    """The task that this one opened, if it is for the same person; else the first of the own list."""
    login = person().login
    with reading() as connection:
        directory = engine().directory(connection)
        own = inbox.tasks(connection, directory, login, now(), scope="mine", limit=PAGE)
        steps = inbox.of_instance(connection, done.instance_id, now())
    opened = next((row for row in own if row.id in done.next_tasks), None)
    following = opened or next(iter(own), None)
    if opened is not None or (following is not None and following.business_key == task.business_key):
        return Afterwards(following.id if following else None, _("Done. Here is your next task."))
    mine = {row.id for row in own}
    waiting = next((row for row in steps if row.id in done.next_tasks and row.id not in mine), None)
    step = named(waiting.names) if waiting is not None and waiting.warning is None else ""
    return Afterwards(following.id if following else None, _sentence(about(task), step, following is not None))


def _sentence(subject: str, step: str, more: bool) -> str:
    if step and more:
        told = _(
            "Done. %(about)s goes on with “%(step)s”, which waits for others. Here is your next task, about something "
            "else.",
            about=subject,
            step=step,
        )
    elif step:
        told = _(
            "Done. %(about)s goes on with “%(step)s”, which waits for others. Nothing else is waiting for you.",
            about=subject,
            step=step,
        )
    elif more:
        told = _("Done. Here is your next task, about something else.")
    else:
        told = _("Done. Nothing else is waiting for you.")
    return str(told)
