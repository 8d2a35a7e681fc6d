"""Documents of an opportunity: adding a file, and handing one out as an attachment."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import access, any_record, documents, files
from crm.any_record import Record
from crm.errors import CrmError, NotAllowed, RecordNotFound
from crm.kinds import KINDS
from webapp.current import now, person, reader, reading, writing
from webapp.failures import sentence_of
from webapp.permissions import requires
from webapp.record_pages import page
from webapp.record_pages.views import blueprint
from webapp.tables import Connection

DOCUMENT = KINDS["opportunity_document"]


@blueprint.get("/opportunity_document/new")
@requires("record.change")
def new_document() -> ResponseReturnValue:
    """The form of a new document."""
    with reading() as connection:
        return _form(_deal(connection))


@blueprint.post("/opportunity_document/new")
@requires("record.change")
def add_document() -> ResponseReturnValue:
    """Keeps a file as the next version of its name."""
    with reading() as connection:
        deal = _deal(connection)
    try:
        with writing() as running:
            number = _add(running.connection, deal)
    except CrmError as refused:
        return _form(deal, request.form, sentence_of(refused)), 422
    flash(_("The document was added."), "done")
    return redirect(url_for("record_pages.show", key=DOCUMENT.key, number=number))


@blueprint.get("/opportunity_document/<number>/content")
@requires("record.read")
def content(number: str) -> ResponseReturnValue:
    """The file as an attachment; a browser never shows it in place."""
    with reading() as connection:
        who, kind = page.kind_of(connection, DOCUMENT.key)
        record = any_record.get(connection, who, kind, number)
        stored = documents.content_of(connection, record.id)
    name, media_type = record.values["file_name"], record.values["media_type"]
    answer = send_file(BytesIO(stored), media_type, as_attachment=True, download_name=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _deal(connection: Connection) -> Record:
    """The opportunity of the address, which the reader may see."""
    kind, _number = access.split(request.args.get("parent", ""))
    if kind is None or kind.key != "opportunity":
        raise RecordNotFound(record=request.args.get("parent", "") or "opportunity")
    return any_record.of_key(connection, reader(connection), request.args["parent"])


def _add(connection: Connection, deal: Record) -> int:
    upload = request.files.get("file")
    name, media_type = files.safe_name(upload.filename or "") if upload else "", upload.mimetype if upload else ""
    stored = upload.stream.read(files.LARGEST + 1) if upload else b""
    files.check_size(name, stored)
    kind, visibility = request.form.get("kind", ""), request.form.get("visibility", "")
    if kind not in _values("kind") or visibility not in _values("visibility"):
        raise CrmError("Choose a kind and for whom the document is.")
    number = documents.add(
        connection, deal.id, kind, name, files.safe_type(media_type or ""), stored, visibility=visibility,
        by=person().login, at=now(),
    )  # fmt: skip
    if not access.may_create(connection, reader(connection), DOCUMENT.business_key(number)):
        raise NotAllowed(record=DOCUMENT.names)
    return number


def _values(field: str) -> set[str]:
    return {value for value, _en, _zh in DOCUMENT.field(field).choices}


def _form(deal: Record, sent: Mapping[str, Any] | None = None, trouble: str = "") -> str:
    return render_template(
        "record_pages/document.html", deal=deal, kind=DOCUMENT, sent=sent or {"visibility": "team"}, trouble=trouble
    )
