"""Handing out attached files: to who may read all of their record, and to whoever attached them."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from crm import files
from crm.kinds import KINDS
from webapp.current import person, reading
from webapp.permissions import requires
from webapp.scopes import Seen, seen

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<int:file_id>")
@requires("record.read")
def download(file_id: int) -> ResponseReturnValue:
    """The file as an attachment; a browser never shows it in place."""
    with reading() as connection:
        found = files.get(connection, file_id)
        if found.created_by != person().login and _has_closed_fields(seen(connection, found.business_key)):
            abort(404)
        content = files.content_of(connection, file_id)
    answer = send_file(BytesIO(content), found.media_type, as_attachment=True, download_name=found.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _has_closed_fields(record: Seen) -> bool:
    """Whether some of the record is closed to the reader: a file may tell what any of its fields does."""
    kind = KINDS.get(record.kind)
    return kind is not None and any(one.name in record.hidden for one in kind.fields)
