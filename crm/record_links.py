"""What the references of records point to, by name: one query for each field of a page, however many rows it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from crm import access
from crm.kinds import KINDS, Field, Kind
from crm.scopes import Reader
from crm.secrecy import hidden_fields
from crm.tables import reason_code


@dataclass(frozen=True)
class Link:
    """The record that a reference points to: its names, and its business key if the reader may open it."""

    names: Mapping[str, str]
    business_key: str = ""


def links_of(connection: Connection, who: Reader, kind: Kind, rows: Sequence[RowMapping]) -> list[Mapping[str, Link]]:
    """For each row, the links of its reference fields by field name."""
    found: list[dict[str, Link]] = [{} for _ in rows]
    for field in (one for one in kind.fields if one.type in ("reference", "unit")):
        values = {row[field.name] for row in rows if row[field.name] is not None}
        known = resolved(connection, who, field, values) if values else {}
        for links, row in zip(found, rows, strict=True):
            if row[field.name] in known:
                links[field.name] = known[row[field.name]]
    return list(found)


def resolved(connection: Connection, who: Reader, field: Field, values: set[Any]) -> Mapping[Any, Link]:
    """The links of the values of one reference field, by value; none for a field that holds values themselves."""
    if field.type == "unit":
        return _records(connection, who, KINDS["org_unit"], values)
    if field.type != "reference":
        return {}
    name, _, rest = field.reference.partition(":")
    if name == "reason_code":
        return _reasons(connection, rest, values)
    return _records(connection, who, KINDS[name], values)


def _records(connection: Connection, who: Reader, kind: Kind, values: set[Any]) -> Mapping[Any, Link]:
    at, open_to_reader = kind.table.c, access.visible(who, kind)
    wanted = [at[name] for name in dict.fromkeys((kind.number, kind.title, kind.title_zh)) if name]
    query = select(kind.identity.label("held"), open_to_reader.label("open_to_reader"), *wanted)
    rows = connection.execute(query.where(kind.identity.in_(values))).mappings()
    readable = any(role in kind.read for role in who.roles)
    hidden = hidden_fields(who, "", kind.key)
    return {
        row["held"]: Link(
            titles(kind, row, hidden),
            kind.business_key(row[kind.number]) if readable and row["open_to_reader"] else "",
        )
        for row in rows
    }


def titles(kind: Kind, row: Mapping[Any, Any], hidden: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """What people call a record, by language: its title, or its number where there is none or it is hidden."""
    if not kind.title or kind.title in hidden or row[kind.title] is None:
        return {"en": f"{kind.en} {row[kind.number]}", "zh-Hans": f"{kind.zh} {row[kind.number]}"}
    if kind.has(kind.title) and kind.field(kind.title).choices:
        return kind.field(kind.title).choice_labels(row[kind.title])
    title = str(row[kind.title])
    return {"en": title, "zh-Hans": str(row[kind.title_zh] or title) if kind.title_zh else title}


def _reasons(connection: Connection, kind: str, values: set[Any]) -> Mapping[Any, Link]:
    at = reason_code.c
    rows = connection.execute(select(at.code, at.name, at.name_zh).where(at.kind == kind, at.code.in_(values)))
    return {row.code: Link({"en": row.name, "zh-Hans": row.name_zh}) for row in rows}
