"""Answers for whoever watches the server: public, short, and without anything about the business."""

from __future__ import annotations

import json
import logging

from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

import bootstrap
from engine import errors
from webapp.current import application, reading
from webapp.permissions import public

blueprint = Blueprint("health", __name__)
log = logging.getLogger("salesflow.csp")
REPORT_BYTES = 16 * 1024
FIELDS = ("document-uri", "blocked-uri", "violated-directive", "effective-directive", "source-file", "line-number")


@blueprint.record_once
def _accept_reports(state: BlueprintSetupState) -> None:
    """Browsers send reports without the token against forged requests; nothing is changed by one."""
    state.app.extensions["csrf"].exempt(report)


@blueprint.get("/live")
@public
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "live"}


@blueprint.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """The database answers, takes changes and has the tables of this version; 503 with the reason otherwise."""
    try:
        with reading() as connection:
            current = bootstrap.is_current(connection)
    except errors.Busy:
        return {"status": "not ready", "reason": "the database does not answer"}, 503
    try:
        application().database.refuse_after_failure()
    except errors.Busy as refused:
        return {"status": "not ready", "reason": str(refused)}, 503
    if not current:
        return {"status": "not ready", "reason": "the database has the tables of another version"}, 503
    return {"status": "ready"}


@blueprint.post("/csp")
@public
def report() -> ResponseReturnValue:
    """Logs what a browser refused to load or run; anything that is no report is dropped."""
    if (request.content_length or 0) > REPORT_BYTES:
        return "", 413
    try:
        body = json.loads(request.get_data()[:REPORT_BYTES])
    except (ValueError, RecursionError):
        return "", 400
    found = body.get("csp-report") if isinstance(body, dict) else None
    if isinstance(found, dict):
        log.warning("content policy: %s", {name: str(found[name])[:300] for name in FIELDS if name in found})
    return "", 204
