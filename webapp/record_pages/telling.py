"""Telling the processes about a record what happened: the customer moved the call, the record is withdrawn."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import any_record
from engine import errors, messages
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
