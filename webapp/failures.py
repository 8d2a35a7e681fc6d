"""What went wrong, as a page with a sentence: one table from error to status, never a stack trace."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from crm import errors as records
from engine import errors
from webapp.configuration import MEGABYTE
from webapp.languages import say
from webapp.security import same_site_path

log = logging.getLogger("salesflow.web")

STATUS: Mapping[type[errors.EngineError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.InvalidForm: 422,
    errors.Rejected: 422,
    errors.Busy: 503,
    errors.Unconfirmed: 503,
    errors.Stuck: 409,
}
TITLES: Mapping[int, object] = {
    400: _l("The request could not be read"),
    403: _l("This is not open to you"),
    404: _l("Not found"),
    405: _l("This cannot be done here"),
    409: _l("Not possible as things stand"),
    413: _l("Too large"),
    422: _l("Some answers need another look"),
    429: _l("Too many requests"),
    500: _l("Something went wrong on our side"),
    503: _l("Busy at the moment"),
}
SENTENCES: Mapping[int, object] = {
    400: _l("The page that sent this is too old or incomplete. Go back, reload the page and try again."),
    403: _l("Your role does not include this page or action. If you need it, ask an administrator."),
    404: _l("There is nothing at this address, or it is not visible to you."),
    405: _l("This address does not take that kind of request."),
    413: _l("The file or form is larger than this server accepts (%(most)s MB). Make it smaller, or split it."),
    429: _l("You sent more requests than one person can. Wait a minute and go on."),
    500: _l("Nothing was changed. Try again; if it happens again, give operations the number below."),
    503: _l("The database is busy. Nothing was changed; try again in a moment."),
}
# What to do after a refusal that only says what was expected.
ADVICE: Mapping[int, object] = {
    403: _l("If you need it, ask an administrator."),
    404: _l("Check the address, or look for it from the start page."),
    409: _l("Go back and reload that page to see how things stand now."),
    422: _l("Go back and change what is named above."),
}
RETRY_AFTER = {429: "60", 503: "5"}


def install(app: Flask) -> None:
    """Registers the pages for everything that can go wrong."""
    app.register_error_handler(errors.EngineError, _engine_error)
    app.register_error_handler(records.CrmError, _crm_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _our_fault)


CRM_STATUS: Mapping[type[records.CrmError], int] = {
    records.RecordNotFound: 404,
    records.VersionConflict: 409,
    records.IllegalMove: 409,
    records.NotAllowed: 403,
    records.InUse: 409,
    records.Settled: 409,
    records.CrmError: 422,
}


def page(status: int, sentence: str, number: str = "", advice: object = "") -> ResponseReturnValue:
    """An error page with one sentence in the reader's language, and what to do where that does not tell it."""
    title = TITLES.get(status, TITLES[400])
    headers = {"Retry-After": RETRY_AFTER[status]} if status in RETRY_AFTER else {}
    if wants_json():
        return {"status": status, "message": sentence, "number": number}, status, headers
    name = "failure_part.html" if request.headers.get("HX-Request") else "failure.html"
    return (
        render_template(
            name, status=status, title=title, sentence=sentence, number=number, advice=advice, before=_page_before()
        ),
        status,
        headers,
    )


def _page_before() -> str | None:
    """The page of this site that the reader came from; None where it is not known, or this one."""
    came_from = urlsplit(request.referrer or "")
    path = same_site_path(came_from.path) if came_from.netloc == request.host else None
    return None if path in (None, request.path, "/") else path


def wants_json() -> bool:
    """Whether a script asks, not a person."""
    wishes = request.accept_mimetypes
    return wishes["application/json"] > wishes["text/html"]


def _engine_error(error: errors.EngineError) -> ResponseReturnValue:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)
    return page(status, say(error.sentence), advice=ADVICE.get(status, ""))


def _crm_error(error: records.CrmError) -> ResponseReturnValue:
    status = next(CRM_STATUS[kind] for kind in type(error).__mro__ if kind in CRM_STATUS)
    return page(status, sentence_of(error), advice=ADVICE.get(status, ""))


def sentence_of(error: records.CrmError) -> str:
    """What the records refused, in the reader's language."""
    return say(errors.Sentence(error.template, **error.values))


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return page(
        400,
        gettext("The page that sent this is too old or incomplete. Go back, reload the page and try again."),
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or isinstance(error, SecurityError):  # for a stranger's host name no page can be addressed
        return error.get_response()
    sentence = str(SENTENCES.get(status, SENTENCES[400]))
    return page(status, sentence % {"most": _largest()} if status == 413 else sentence)


def _largest() -> int:
    """What this server takes in one request, in megabytes."""
    return int(current_app.config["MAX_CONTENT_LENGTH"]) // MEGABYTE


def _our_fault(error: Exception) -> ResponseReturnValue:
    number = uuid.uuid4().hex[:8]
    cause = getattr(error, "original_exception", None) or error
    log.error("failure %s at %s %s", number, request.method, request.path, exc_info=cause)
    return page(500, str(SENTENCES[500]), number)
