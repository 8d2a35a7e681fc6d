"""The index of all kinds of record, the list of one kind, and one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from crm import any_record, record_changes, users
from crm.kinds import GROUPS, Field, Kind
from crm.scopes import Reader
from webapp.current import person, reader, reading
from webapp.names import Names
from webapp.permissions import requires
from webapp.record_pages import page

blueprint = Blueprint("record_pages", __name__, url_prefix="/records", template_folder="templates")
PAGE = 50
FARTHEST_PAGE = 10_000
UNSORTED = ("rows", "sheets", "moments", "parties", "data", "words", "choices")


@dataclass(frozen=True)
class Filter:
    """What the reader wants to see of a kind; what is not understood falls back to the plain list."""

    text: str
    order: str
    parent: str
    chosen: Mapping[str, str]
    page: int

    @classmethod
    def of(cls, values: Mapping[str, str], narrowing: tuple[Field, ...]) -> Filter:
        """Reads the address."""
        number = values.get("page", "1")
        return cls(
            text=values.get("text", "").strip()[:100],
            order=values.get("order", "")[:60],
            parent=values.get("parent", "")[:120],
            chosen={one.name: values[one.name][:80] for one in narrowing if values.get(one.name)},
            page=min(int(number), FARTHEST_PAGE) if number.isdecimal() and 0 < len(number) < 6 and int(number) else 1,
        )

    def wanted(self) -> any_record.Wanted:
        """The filter as the records take it."""
        return any_record.Wanted(
            self.text, self.chosen, self.order, self.parent, limit=PAGE, offset=(self.page - 1) * PAGE
        )

    def address(self, **changed: Any) -> dict[str, Any]:
        """The arguments of this list's address without the page, some of them changed."""
        values = {"text": self.text, "order": self.order, "parent": self.parent, **self.chosen, **changed}
        return {name: value for name, value in values.items() if value}


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"text_of": page.text_of, "past_text": page.past_text}


@blueprint.get("/")
@requires("record.read")
def index() -> ResponseReturnValue:
    """All kinds of record that the reader may see, in groups."""
    with reading() as connection:
        kinds = any_record.kinds_of(reader(connection))
    groups = [({"en": en, "zh-Hans": zh}, [one for one in kinds if one.group == key]) for key, en, zh in GROUPS]
    return render_template("record_pages/index.html", groups=[group for group in groups if group[1]])


@blueprint.get("/<key>")
@requires("record.read")
def listing(key: str) -> ResponseReturnValue:
    """The records of one kind that the reader may see, filtered, in pages."""
    with reading() as connection:
        who, kind = page.kind_of(connection, key)
        narrowing = _narrowing(who, kind)
        wanted = Filter.of(request.args, narrowing)
        found = any_record.search(connection, who, kind, wanted.wanted())
        return render_template(
            "record_pages/listing.html",
            kind=kind,
            found=found,
            wanted=wanted,
            narrowing=narrowing,
            sortable=[one for one in kind.listed if one.type not in UNSORTED],
            people=users.listing(connection) if any(one.type == "user" for one in narrowing) else (),
            names=Names(connection),
            last=max(1, -(-found.total // PAGE)),
            can_add=person().may("record.change") and record_changes.may_create(who, kind),
        )


@blueprint.get("/<key>/<number>")
@requires("record.read")
def show(key: str, number: str) -> ResponseReturnValue:
    """One record: its fields, what belongs to it, its processes, its history."""
    with reading() as connection:
        return render_template("record_pages/show.html", view=page.load(connection, key, number))


def _narrowing(who: Reader, kind: Kind) -> tuple[Field, ...]:
    """The fields by which a list may be narrowed: choices, yes or no, and its owner."""
    secret = any_record.secret_fields(who, kind)
    useful = [one for one in kind.listed if one.type in ("choice", "boolean") or one.name == kind.owner]
    return tuple(one for one in useful if one.name not in secret)
