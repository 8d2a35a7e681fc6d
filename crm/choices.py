"""The choices of reference fields in forms: `reason_code:disqualify`, `user:mgr`, and any kind of record by its key.

Records are given by business key (`contact:CON-0007`), those that people named with a key of their own by that key
(`complex` for a sales mode). Only what the person may see is offered, nothing retired, and, where the process is about
a record, what belongs to it: contacts of its account, stages of its sales mode.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Select, String, or_, select

from crm import reason_codes, users
from crm.access import split, visible
from crm.errors import RecordNotFound
from crm.kinds import KINDS, Kind
from crm.scopes import Reader
from crm.titles import both

Choice = tuple[str, Mapping[str, str]]
MOST = 100


def of(
    connection: Connection,
    reference: str,
    about: str = "",
    who: Reader | None = None,
    *,
    text: str = "",
    held: Collection[str] = (),
) -> list[Choice]:
    """The values of a reference with their labels by language; raises `RecordNotFound` for an unknown reference.

    `about` is the business key of the record that the form is about; without `who`, nothing is held back. Of a long
    list come the first `MOST` with `text` in number or name, and those of the values `held`, wherever they stand.
    """
    name, _, rest = reference.partition(":")
    if name == "reason_code":
        return _narrowed(_reasons(connection, rest), text, held)
    if name == "user":
        return _narrowed(_users(connection, rest), text, held)
    kind = KINDS.get(name)
    if kind is None:
        raise RecordNotFound(record=both(f"the list {reference}", f"列表 {reference}"))
    return _records(connection, kind, _query(connection, kind, about, who), text, held)


def _narrowed(known: list[Choice], text: str, held: Collection[str]) -> list[Choice]:
    sought = text.casefold()
    found = [one for one in known if any(sought in label.casefold() for label in one[1].values())]
    return [*found[:MOST], *(one for one in known if one[0] in held and one not in found[:MOST])]


def _records(connection: Connection, kind: Kind, query: Select[Any], text: str, held: Collection[str]) -> list[Choice]:
    shown = [kind.table.c[name] for name in (kind.title, kind.title_zh, kind.number) if name]
    sought = [column.icontains(text, autoescape=True) for column in shown if isinstance(column.type, String)]
    narrowed = query.where(or_(*sought)) if text and sought else query
    found = _choices(connection, kind, narrowed.limit(MOST))
    values = {value for value, _ in found}
    numbers = [_number(kind, value) for value in held if value not in values]
    wanted = [number for number in numbers if number is not None]
    return [*found, *(_choices(connection, kind, query.where(kind.number_column.in_(wanted))) if wanted else ())]


def _choices(connection: Connection, kind: Kind, query: Select[Any]) -> list[Choice]:
    return [(_value(kind, row), _labels(kind, row)) for row in connection.execute(query).mappings()]


def _number(kind: Kind, value: str) -> Any:
    """What the number column holds for a value of this kind; None for a value of another."""
    if kind.number == "key":
        return value if ":" not in value else None
    name, _, number = value.partition(":")
    return kind.number_value(number) if name == kind.key else None


def _reasons(connection: Connection, kind: str) -> list[Choice]:
    return [
        (reason.code, {"en": reason.name, "zh-Hans": reason.name_zh})
        for reason in reason_codes.listing(connection, kind)
    ]


def _users(connection: Connection, role: str) -> list[Choice]:
    return [
        (user.login, {"en": user.name, "zh-Hans": user.name_zh})
        for user in users.listing(connection, only_active=True)
        if not role or role in user.roles
    ]


def _query(connection: Connection, kind: Kind, about: str, who: Reader | None) -> Select[Any]:
    at = kind.table.c
    query = select(kind.table)
    if who is not None:
        query = query.where(visible(who, kind))
    if "active" in at:
        query = query.where(at.active)
    if "retired" in at:
        query = query.where(at.retired.is_(False))
    belongs_to = related(connection, about)
    for parent in kind.parents:
        if parent.kind in belongs_to:
            query = query.where(at[parent.column] == belongs_to[parent.kind])
    return query.order_by(*_order(kind))


def related(connection: Connection, business_key: str) -> dict[str, Any]:
    """What a record is and refers to: by kind, the id (or key) of itself and of what its reference fields name."""
    kind, number = split(business_key)
    value = kind.number_value(number) if kind is not None else None
    if kind is None or value is None:
        return {}
    pointing = [one for one in kind.fields if one.type == "reference" and one.reference in KINDS]
    columns = (kind.identity, *(kind.table.c[one.name] for one in pointing))  # not all: some hold whole files
    row = connection.execute(select(*columns).where(kind.number_column == value)).mappings().one_or_none()
    if row is None:
        return {}
    named = {one.reference: row[one.name] for one in pointing}
    found = {name: held for name, held in named.items() if held is not None} | {kind.key: row[kind.identity.name]}
    if "account" not in found and "opportunity" in found:
        deals = KINDS["opportunity"].table.c
        found["account"] = connection.execute(
            select(deals.account_id).where(deals.id == found["opportunity"])
        ).scalar_one()
    return found


def _order(kind: Kind) -> list[Column[Any]]:
    at = kind.table.c
    if kind.key == "sales_stage":
        return [at.mode, at.position]
    return [at[kind.title or kind.number], kind.identity]


def _value(kind: Kind, row: Mapping[Any, Any]) -> str:
    number = row[kind.number]
    return str(number) if kind.number == "key" else kind.business_key(number)


def _labels(kind: Kind, row: Mapping[Any, Any]) -> Mapping[str, str]:
    title = row[kind.title] if kind.title else ""
    title_zh = row[kind.title_zh] if kind.title_zh else title
    number = f"{row[kind.number]} " if kind.number == "number" else ""
    return {"en": f"{number}{title}".strip(), "zh-Hans": f"{number}{title_zh}".strip()}
