"""Making, changing, moving and deleting a record by hand, and starting a process on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import any_record, choices, record_changes, record_values
from crm.any_record import Record
from crm.errors import CrmError, VersionConflict
from crm.kinds import Field, Kind
from crm.scopes import Reader
from engine import errors, forms
from webapp.answers import sent_answers
from webapp.current import now, person, reader, reading, writing
from webapp.failures import sentence_of
from webapp.languages import named
from webapp.layout import record_address
from webapp.names import Names
from webapp.permissions import requires
from webapp.picking import is_search
from webapp.record_pages import page
from webapp.record_pages.forms import form_of
from webapp.record_pages.telling import tell_of_change
from webapp.record_pages.views import blueprint
from webapp.startable import startable
from webapp.starting import begin
from webapp.tables import Connection

LONGEST_REASON = 500


@dataclass(frozen=True)
class Sheet:
    """A form about a record or a new one: what it asks, and what is held now, as answers of the form."""

    kind: Kind
    form: forms.Form
    held: Mapping[str, Any]
    record: Record | None = None
    parent: Record | None = None

    def shown(self, raw: Mapping[str, Any] | None, wrong: Mapping[str, errors.Sentence]) -> tuple[forms.Shown, ...]:
        """The fields with what is held, or with answers to show again."""
        return forms.show(self.form, raw, self.held, _nothing, now(), wrong)

    def read(self) -> Mapping[str, Any]:
        """The answers that were sent, typed; raises InvalidForm."""
        return forms.validate(self.form, self.sent(), self.held, _nothing, now())

    def sent(self) -> dict[str, Any]:
        """The answers that were sent, as they came."""
        return sent_answers(self.form)


def _nothing(_reference: str, _known: Mapping[str, Any]) -> list[Any]:
    """Forms of records carry their choices themselves."""
    return []


@blueprint.get("/<key>/new")
@requires("record.change")
def new(key: str) -> ResponseReturnValue:
    """The form of a new record; one that belongs to another record asks for that first."""
    with reading() as connection:
        who, kind = page.kind_of(connection, key)
        if _lacks_parent(kind):
            return render_template("record_pages/parent.html", kind=kind, above=page.parent_kind(kind))
        return _sheet_page(_new_sheet(connection, who, kind, _parent_key(kind)))


@blueprint.post("/<key>/new")
@requires("record.change")
def create(key: str) -> ResponseReturnValue:
    """Makes a record."""
    with reading() as connection:
        who, kind = page.kind_of(connection, key)
        sheet = _new_sheet(connection, who, kind, _parent_key(kind))
    if is_search():
        return _sheet_page(sheet, sheet.sent())
    try:
        given = sheet.read()
        with writing() as running:
            values = record_values.typed(running.connection, who, kind, given)
            values |= _of_parent(running.connection, kind, sheet.parent)
            number = record_changes.create(running.connection, who, kind, values, now())
    except errors.InvalidForm as refused:
        return _sheet_page(sheet, sheet.sent(), refused.errors), 422
    except CrmError as refused:
        return _sheet_page(sheet, sheet.sent(), trouble=sentence_of(refused)), 422
    flash(_("The record was made."), "done")
    return redirect(record_address(kind.business_key(number)))


@blueprint.get("/<key>/<number>/edit")
@requires("record.change")
def edit(key: str, number: str) -> ResponseReturnValue:
    """The form of what the reader may change in a record."""
    with reading() as connection:
        return _sheet_page(_sheet(connection, key, number))


@blueprint.post("/<key>/<number>/edit")
@requires("record.change")
def change(key: str, number: str) -> ResponseReturnValue:
    """Changes a record as the reader saw it; if somebody was faster, the form comes back with the newer values."""
    with reading() as connection:
        sheet = _sheet(connection, key, number)
        who = reader(connection)
    if is_search():
        return _sheet_page(sheet, sheet.sent())
    version = request.form.get("_version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        given = sheet.read()
        with writing() as running:
            values = record_values.typed(running.connection, who, sheet.kind, given)
            record_changes.change(running.connection, who, sheet.kind, number, values, seen, now())
            tell_of_change(running, sheet.kind, number)
    except errors.InvalidForm as refused:
        return _sheet_page(sheet, sheet.sent(), refused.errors), 422
    except VersionConflict as newer:
        return _sheet_page(sheet, sheet.sent(), trouble=sentence_of(newer), newer=True), 409
    except CrmError as refused:
        return _sheet_page(sheet, sheet.sent(), trouble=sentence_of(refused)), 422
    flash(_("The record was changed."), "done")
    return redirect(url_for("record_pages.show", key=key, number=number))


@blueprint.post("/<key>/<number>/move")
@requires("record.change")
def move(key: str, number: str) -> ResponseReturnValue:
    """Moves a record to another state by hand, with a reason."""
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    with writing() as running:
        who, kind = page.kind_of(running.connection, key)
        if not reason:
            raise errors.Conflict("Expected a reason for moving %(number)s, but there is none.", number=number)
        record_changes.move(running.connection, who, kind, number, request.form.get("state", ""), reason, now())
        tell_of_change(running, kind, number)
    flash(_("The record was moved."), "done")
    return redirect(url_for("record_pages.show", key=key, number=number))


@blueprint.post("/<key>/<number>/remove")
@requires("record.change")
def remove(key: str, number: str) -> ResponseReturnValue:
    """Deletes a record that nothing needs."""
    with writing() as running:
        who, kind = page.kind_of(running.connection, key)
        record_changes.remove(running.connection, who, kind, number, now())
    flash(_("The record was deleted."), "done")
    return redirect(url_for("record_pages.listing", key=key))


@blueprint.post("/<key>/<number>/start")
@requires("process.start")
def start(key: str, number: str) -> ResponseReturnValue:
    """Starts a process on a record, and goes on to the reader's task in it, if there is one."""
    process = request.form.get("process", "")
    with reading() as connection:
        who, kind = page.kind_of(connection, key)
        record = any_record.get(connection, who, kind, number)
        if process not in startable(connection, record):
            raise errors.Conflict(
                "Expected a process that may start on %(number)s now, but this one may not.", number=number
            )
    return begin(process, record.business_key)


def _sheet(connection: Connection, key: str, number: str) -> Sheet:
    who, kind = page.kind_of(connection, key)
    record = any_record.get(connection, who, kind, number)
    if not page.can_change(connection, who, record):
        raise errors.NotAllowed("%(record)s is not yours to change as it stands.", record=number)
    fields = record_changes.changeable_fields(who, kind, record.owner)
    held = record_values.answered(connection, kind, record.values)
    return Sheet(kind, form_of(connection, who, kind, fields, record.business_key, held), held, record)


def _new_sheet(connection: Connection, who: Reader, kind: Kind, parent: str) -> Sheet:
    if not record_changes.may_create(who, kind):
        raise errors.NotAllowed("%(kind)s are not made by your role.", kind=named(kind.plurals))
    above = any_record.of_key(connection, who, parent) if parent else None
    given = _of_parent(connection, kind, above)
    fields = [one for one in record_changes.creatable_fields(who, kind) if one.name not in given]
    held = {one.name: _first(one, kind) for one in fields}
    return Sheet(kind, form_of(connection, who, kind, fields, parent, held), held, parent=above)


def _first(field: Field, kind: Kind) -> Any:
    """What a new record begins with: the person as its owner, and what the table says by itself."""
    if field.type == "user" and field.name == kind.owner:
        return person().login
    default = getattr(kind.table.c[field.name].default, "arg", None)
    return field.first if default is None or callable(default) else default


def _of_parent(connection: Connection, kind: Kind, parent: Record | None) -> dict[str, Any]:
    """The columns of a new record that follow from the one it is made under."""
    if parent is None:
        return {}
    known = choices.related(connection, parent.business_key)
    return {one.column: known[one.kind] for one in kind.parents if one.kind in known}


def _lacks_parent(kind: Kind) -> bool:
    return bool(kind.parents) and not _parent_key(kind) and kind.has(kind.parents[0].column)


def _parent_key(kind: Kind) -> str:
    """The business key of the parent in the address: whole, or only the number that somebody typed."""
    key, number = request.args.get("parent", ""), request.args.get("number", "").strip().upper()
    return key or (f"{kind.parents[0].kind}:{number}" if number and kind.parents else "")


def _sheet_page(
    sheet: Sheet,
    raw: Mapping[str, Any] | None = None,
    wrong: Mapping[str, errors.Sentence] | None = None,
    trouble: str = "",
    newer: bool = False,
) -> str:
    with reading() as connection:
        return render_template(
            "record_pages/sheet.html",
            sheet=sheet,
            record=sheet.record,
            fields=sheet.shown(raw, wrong or {}),
            wrong=wrong or {},
            trouble=trouble,
            newer=_differing(sheet, raw or {}) if newer else (),
            names=Names(connection),
            form_address=request.full_path.rstrip("?"),
        )


def _differing(sheet: Sheet, raw: Mapping[str, Any]) -> list[tuple[Field, Any]]:
    """The fields that now hold something else than what was typed."""
    known = forms.show(sheet.form, None, sheet.held, _nothing, now())
    values = sheet.record.values if sheet.record else {}
    return [
        (sheet.kind.field(one.path), values.get(one.path))
        for one in known
        if one.path in raw and str(raw[one.path]) != str(one.value)
    ]
