"""Telling the processes about a record what happened: it was changed, or somebody says so (the call is moved)."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import any_record, hearers
from crm.kinds import Kind
from engine import errors, messages, transaction
from webapp.current import engine, person, reading
from webapp.layout import record_address
from webapp.permissions import requires
from webapp.record_pages import page
from webapp.record_pages.views import blueprint
from webapp.tellable import tellable


@blueprint.post("/<key>/<number>/tell")
@requires("record.change")
def tell(key: str, number: str) -> ResponseReturnValue:
    """Sends a message to the processes about a record, if one of them awaits it."""
    name = request.form.get("message", "")
    with reading() as connection:
        who, kind = page.kind_of(connection, key)
        record = any_record.get(connection, who, kind, number)
        if name not in {one.name for one in tellable(connection, record.business_key, "record.change")}:
            raise errors.Conflict(
                "Nothing waits for this about %(number)s now. Look at the record again.", number=number
            )
    reached = messages.correlate(engine(), name, record.business_key, {}, actor=person().login)
    if reached.instances:
        flash(_("The process was told."), "done")
    return redirect(record_address(record.business_key))


def tell_of_change(running: transaction.Transaction, kind: Kind, number: str) -> None:
    """Sends what a change of a record by hand means to processes, in the transaction of the change.

    A message that nobody awaits at this moment is kept for a while: its process may be busy with a task.
    """
    for name, keys in hearers.told(running.connection, kind, number).items():
        for business_key in keys:
            messages.correlate_in(engine(), running, name, business_key, {}, None, person().login)
