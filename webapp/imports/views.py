"""The pages of an import, from the choice of a file to the result."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from crm import stages, users
from crm.imports import reading, runs, uploads, work
from crm.imports.lists import BY_KIND
from crm.imports.options import Options
from crm.imports.refusals import ImportRefused
from crm.imports.runs import Run
from crm.imports.stage_names import StageNames
from engine import errors, jobs
from webapp.current import application, engine, person, writing
from webapp.current import reading as reading_connection
from webapp.imports import forms, results
from webapp.languages import language
from webapp.permissions import requires
from webapp.tables import Connection

blueprint = Blueprint("imports", __name__, template_folder="templates", url_prefix="/import")
ROWS_SHOWN = 100
RUNS_SHOWN = 30


@blueprint.get("")
@requires("import.own", "import.any")
def index() -> ResponseReturnValue:
    """Choosing a file, and the latest imports."""
    return _index()


def _index(refusal: ImportRefused | None = None, kind: str = "opportunities") -> ResponseReturnValue:
    by = None if person().may("import.any") else person().login
    with reading_connection() as connection:
        latest = runs.listing(connection, by, RUNS_SHOWN)
        names = _names(connection)
    page = render_template(
        "imports/index.html", latest=latest, names=names, kinds=forms.KINDS, kind=kind, refusal=_said(refusal)
    )
    return page, 422 if refusal else 200


@blueprint.post("")
@requires("import.own", "import.any")
def upload() -> ResponseReturnValue:
    """Keeps the file, if it can be read, and goes on to its columns."""
    kind, file = request.form.get("kind", ""), request.files.get("file")
    if kind not in BY_KIND or file is None or not file.filename:
        return _index(ImportRefused("Choose what to import, and a CSV file."))
    folder = application().settings.uploads
    try:
        stored = uploads.store(folder, file.stream, file.filename)
    except ImportRefused as refused:
        return _index(refused, kind)
    try:
        sheet = reading.open_sheet(uploads.path(folder, stored), file.filename)
    except ImportRefused as refused:
        uploads.remove(folder, stored)
        return _index(refused, kind)
    options, by, at = forms.suggested(kind, sheet), person().login, engine().clock.now()
    with writing() as transaction:
        run = runs.create(transaction.connection, kind, file.filename, stored, sheet, options, by=by, at=at)
    return redirect(url_for("imports.show", run_id=run.id))


@blueprint.get("/<int:run_id>")
@requires("import.own", "import.any")
def show(run_id: int) -> ResponseReturnValue:
    """One import: its columns, how far it is, or what came of it."""
    return _show(run_id)


def _show(run_id: int, refusal: ImportRefused | None = None) -> ResponseReturnValue:
    with reading_connection() as connection:
        run = _run(connection, run_id)
        parts = _parts(connection, run) | _choices(connection, run)
    page = render_template("imports/show.html", run=run, tag=_tag(run), refusal=_said(refusal), **parts)
    return page, 422 if refusal else 200


@blueprint.get("/<int:run_id>/progress")
@requires("import.own", "import.any")
def progress(run_id: int) -> ResponseReturnValue:
    """The part of the page that changes by itself; 304 as long as nothing has."""
    with reading_connection() as connection:
        run = _run(connection, run_id)
        if request.headers.get("If-None-Match") == _tag(run):
            return Response(status=304, headers={"ETag": _tag(run)})
        parts = _parts(connection, run)
    return render_template("imports/body.html", run=run, **parts), 200, {"ETag": _tag(run)}


@blueprint.post("/<int:run_id>/check")
@requires("import.own", "import.any")
def check(run_id: int) -> ResponseReturnValue:
    """Keeps the choice of columns and has every row checked: the trial run."""
    with reading_connection() as connection:
        run = _run(connection, run_id)
    try:
        options = forms.read_options(run, request.form, any_owner=person().may("import.any"))
    except ImportRefused as refused:
        return _show(run_id, refused)
    _start(run, options, apply_after=False)
    return redirect(url_for("imports.show", run_id=run_id))


@blueprint.post("/<int:run_id>/apply")
@requires("import.own", "import.any")
def apply(run_id: int) -> ResponseReturnValue:
    """Imports what the trial run found good: everything, or the good rows where somebody wants them."""
    good_rows = request.form.get("good_rows") == "1"
    with reading_connection() as connection:
        run = _run(connection, run_id)
    if run.state == "checked" and run.error_count and not good_rows:
        raise errors.Conflict("Expected a file without errors, or the wish to import only the good rows.")
    if run.state != "checked":
        raise errors.Conflict("Expected an import that was checked and waits, but this one does not. Look at it again.")
    _start(run, Options(**{**run.options, "good_rows": good_rows}), apply_after=True)
    return redirect(url_for("imports.show", run_id=run_id))


@blueprint.post("/<int:run_id>/cancel")
@requires("import.own", "import.any")
def cancel(run_id: int) -> ResponseReturnValue:
    """Ends an import before anything was written, and forgets its file."""
    at = engine().clock.now()
    with writing() as transaction:
        run = _run(transaction.connection, run_id, lock=True)
        runs.cancel(transaction.connection, run, by=person().login, at=at)
    uploads.remove(application().settings.uploads, run.stored)
    return redirect(url_for("imports.index"))


@blueprint.get("/<int:run_id>/findings.csv")
@requires("import.own", "import.any")
def findings(run_id: int) -> ResponseReturnValue:
    """Everything that was found, as a CSV file."""
    with reading_connection() as connection:
        run = _run(connection, run_id)
        found = runs.findings(connection, run.id, runs.MOST_FINDINGS)
    headers = {"Content-Disposition": f'attachment; filename="import-{run.id}-findings.csv"'}
    return Response(results.as_csv(found), mimetype="text/csv", headers=headers)


def _start(run: Run, options: Options, *, apply_after: bool) -> None:
    by, at = person().login, engine().clock.now()
    with writing() as transaction:
        connection = transaction.connection
        run = runs.choose(connection, run, options, by=by, at=at)
        work.start(connection, run, apply_after=apply_after, by=by, at=at)
        jobs.add(transaction, "import", {"run": run.id}, at, name=run.kind, lock_key=f"import:{run.id}")
        transaction.after_commit(engine().wake)


def _run(connection: Connection, run_id: int, *, lock: bool = False) -> Run:
    """A run that the reader may see: own ones, and for operations all; raises `NotFound`."""
    run = runs.get(connection, run_id, lock=lock)
    if run.started_by != person().login and not person().may("import.any"):
        raise errors.NotFound("There is no import %(id)s, or it is not visible to you.", id=run_id)
    return run


def _tag(run: Run) -> str:
    return f'"{run.id}-{run.row_version}-{language()}"'


def _parts(connection: Connection, run: Run) -> dict[str, Any]:
    """What the changing part of the page shows."""
    waiting = runs.preview(connection, run) if run.state == "checked" else []
    names = _names(connection)
    ladder = {stage.key: stage.display_name(language()) for stage in stages.listing(connection)}
    return {
        "found": runs.findings(connection, run.id, ROWS_SHOWN) if not run.is_at_work else (),
        "rows": results.preview(run, waiting, names, ladder),
        "labels": results.labels(run),
        "names": names,
        "kinds": forms.KINDS,
        "message": results.message(run),
        "reason": results.reason,
    }


def _choices(connection: Connection, run: Run) -> dict[str, Any]:
    """What the form of the columns offers."""
    folder, ladder = application().settings.uploads, stages.listing(connection)
    return {
        "columns": forms.columns(run, folder),
        "stages": forms.stage_choices(run, folder, StageNames(ladder, run.chosen.mode)),
        "places": forms.places(ladder),
        "fields": forms.fields(run.kind),
        "chosen": run.chosen,
        "delimiter": forms.DELIMITERS.get(run.delimiter or "", run.delimiter),
        "date_orders": forms.DATE_ORDERS,
        "decimal_marks": forms.DECIMAL_MARKS,
        "modes": stages.modes(connection),
        "owners": users.listing(connection, only_active=True) if person().may("import.any") else (),
        "language": language,
    }


def _names(connection: Connection) -> dict[str, str]:
    return {user.login: user.display_name(language()) for user in users.listing(connection)}


def _said(refusal: ImportRefused | None) -> str:
    return results.said(refusal.template, refusal.values) if refusal else ""
