"""Handing out attached files: to the readers of their record, and to whoever attached them."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from crm import access, files
from webapp.current import person, reader, reading
from webapp.permissions import requires

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<int:file_id>")
@requires("record.read")
def download(file_id: int) -> ResponseReturnValue:
    """The file as an attachment; a browser never shows it in place."""
    with reading() as connection:
        found = files.get(connection, file_id)
        mine = found.created_by == person().login
        if not mine and not access.may_read(connection, reader(connection), found.business_key):
            abort(404)
        content = files.content_of(connection, file_id)
    answer = send_file(BytesIO(content), found.media_type, as_attachment=True, download_name=found.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
