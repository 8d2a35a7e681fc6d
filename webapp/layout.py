"""What every page shows around its content: navigation, badge, theme, and how dates and numbers look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, format_percent, gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from crm import titles, users
from crm.defaults_data import BASE_CURRENCY
from crm.kinds import KINDS
from engine import inbox, notices
from webapp.current import now, person, reading
from webapp.languages import listed, named, paired, record

# Codes such as `high`, `in_plan` or `EASY_WIN` are shown by their name in the catalogue, where they have one.
CODE = re.compile(r"(?:[a-z][a-z_]*|[A-Z][A-Z_]+)\Z")
LONGEST_ABBREVIATION = 4
THEMES = ("light", "dark", "system")


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation: where it leads, and whoever holds one of the permissions sees it."""

    endpoint: str
    title: object
    permissions: tuple[str, ...]


LISTS: Mapping[str, str] = {"opportunity": "records.index", "account": "records.account_list"}
"""Kinds of record whose lists have pages of their own."""

NAVIGATION = (
    Entry("inbox.index", _l("Inbox"), ("task.work",)),
    Entry("records.index", _l("Opportunities"), ("opportunity.read",)),
    Entry("records.pipeline", _l("Pipeline"), ("opportunity.read",)),
    Entry("record_pages.index", _l("Records"), ("record.read",)),
    Entry("catalogue.index", _l("Processes"), ("definition.read",)),
    Entry("imports.index", _l("Import"), ("import.own", "import.any")),
    Entry("incidents.index", _l("Incidents"), ("incident.repair",)),
    Entry("timers.index", _l("Times"), ("settings.change",)),
    Entry("schedules.index", _l("Calendar"), ("settings.change",)),
    Entry("modeler.index", _l("Editor"), ("definition.draft", "definition.deploy")),
)


def install(app: Flask) -> None:
    """Gives templates the navigation, the unread count and the formats."""
    app.jinja_env.globals.update(
        navigation=navigation,
        unread=unread,
        theme=theme,
        record_address=record_address,
        list_address=list_address,
        instance_address=instance_address,
        base_currency=BASE_CURRENCY,
    )
    app.jinja_env.filters.update(moment=moment, day=day, ago=ago, number=number, cell=cell, percent=percent, role=role)
    app.jinja_env.filters.update(about=about, record=record)


def entries() -> list[Entry]:
    """The entries the reader may use and that exist."""
    return [
        entry
        for entry in NAVIGATION
        if entry.endpoint in current_app.view_functions and any(map(current_user.may, entry.permissions))
    ]


def navigation() -> list[tuple[str, str, bool]]:
    """The navigation as the page shows it: address, title, whether it is the present place."""
    return [(url_for(entry.endpoint), str(entry.title), request.endpoint == entry.endpoint) for entry in entries()]


def record_address(business_key: str) -> str:
    """Where a record such as `opportunity:OPP-1042` is shown; empty when there is no page for it."""
    kind, _colon, name = business_key.partition(":")
    endpoint = f"records.{kind}"
    if endpoint in current_app.view_functions:
        return url_for(endpoint, number=name)
    return url_for("record_pages.show", key=kind, number=name) if kind in KINDS and name else ""


def list_address(kind: str) -> str:
    """Where the records of a kind are listed."""
    return url_for(LISTS[kind]) if kind in LISTS else url_for("record_pages.listing", key=kind)


def instance_address(instance_id: str) -> str:
    """Where an instance is shown; empty when there is no page for it."""
    known = "instances.show" in current_app.view_functions
    return url_for("instances.show", instance_id=instance_id) if known else ""


def unread() -> int:
    """How many notices the reader has not read."""
    if "unread" not in g:
        with reading() as connection:
            g.unread = notices.unread(connection, person().login)
    return int(g.unread)


def theme() -> str:
    """`light` or `dark` as the reader chose on this device; empty to follow the system."""
    chosen = request.cookies.get("theme", "")
    return str(chosen) if chosen in ("light", "dark") else ""


def moment(value: datetime | None, form: str = "short") -> str:
    """A moment in the reader's manner; empty for none."""
    return str(format_datetime(value, form)) if value else ""


def day(value: date | datetime | None) -> str:
    """A date in the reader's manner; empty for none."""
    return str(format_date(value, "medium")) if value else ""


def about(task: inbox.InboxRow) -> str:
    """What a task is about: the names its process knew when it opened, else the number of the record."""
    return task.subject if task.subject != task.business_key else record(task.business_key)


def role(name: str) -> str:
    """A group by its name in the reader's language."""
    return named(titles.named(users.ROLE_TITLES, name))


def percent(value: Decimal | int | None) -> str:
    """A share (0.25) as percent (25%); empty for none."""
    return str(format_percent(value)) if value is not None else ""


def number(value: Decimal | int | None) -> str:
    """A number with the reader's separators, cents with both digits; empty for none."""
    if value is None:
        return ""
    has_cents = isinstance(value, Decimal) and value.as_tuple().exponent == -2 and value != value.to_integral_value()
    return str(format_decimal(value, "#,##0.00" if has_cents else None))


def ago(value: datetime | None) -> str:
    """How far a moment is from now, in one unit: `in 3 hours`, `2 days ago`."""
    if value is None:
        return ""
    distance = int((value - now()).total_seconds())
    size = abs(distance)
    if size < 60:
        return str(gettext("just now"))
    if size < 3600:
        text = ngettext("%(num)d minute", "%(num)d minutes", max(1, size // 60))
    elif size < 86400:
        text = ngettext("%(num)d hour", "%(num)d hours", size // 3600)
    else:
        text = ngettext("%(num)d day", "%(num)d days", size // 86400)
    return str(gettext("in %(time)s", time=text) if distance >= 0 else gettext("%(time)s ago", time=text))


def cell(value: Any) -> str:
    """Any plain value as text for a table cell."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, datetime):
        return moment(value.astimezone(UTC))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, list | tuple) and not value:
        return "–"
    if isinstance(value, list | tuple):
        return listed(cell(item) for item in value)
    if isinstance(value, Mapping):
        return _cell_of_mapping(value)
    text = str(value)
    return _word(text) if CODE.match(text) else text


def _cell_of_mapping(value: Mapping[str, Any]) -> str:
    """A name by language, a file by its name, anything else with the names of its parts."""
    if {"file", "name"} <= set(value):
        return str(value["name"])
    if "en" in value:
        return named(value) or "–"
    parts = ((gettext(str(name).replace("_", " ")), item) for name, item in value.items() if name[-3:] != "_zh")
    return paired((name, cell(item)) for name, item in parts)


def _word(code: str) -> str:
    """A code by its name in the catalogue; else as words: `no_budget`, `EASY_WIN`, but not `CNY` or `BPMN`."""
    known = str(gettext(code))
    if known != code:
        return known
    words = code.replace("_", " ")
    return words.capitalize() if code.isupper() and len(code) > LONGEST_ABBREVIATION else words
