"""Who may see, make, change, move and start processes on which record: catalogue 9, for every kind of record.

Records are named by business keys such as `opportunity:OPP-1042`; what each kind allows stands in `crm.kinds`, what
the scopes mean in `crm.scopes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, select, true

from crm.kinds import KINDS, Kind, Scopes, scopes
from crm.lines import reports_of
from crm.scopes import Reader, condition, reader
from crm.secrecy import hidden_fields

__all__ = [
    "Reader",
    "changeable",
    "exists",
    "hidden_fields",
    "holds",
    "may_change",
    "may_create",
    "may_move",
    "may_read",
    "may_start",
    "readable",
    "reader",
    "split",
    "starters",
    "visible",
    "visible_accounts",
    "visible_opportunities",
]

OWNERS = scopes(rep="own", mgr="own team")
OWNERS_AND_OPERATIONS = scopes(rep="own", mgr="own team", ops="all")
MANAGERS_AND_OPERATIONS = scopes(mgr="own team", ops="all")

# Who may start a process on which records: the first row whose beginning the key has decides.
START: tuple[tuple[str, Scopes], ...] = (
    ("lead-management", scopes(mkt="all")),
    ("area-reporting-analysis", MANAGERS_AND_OPERATIONS),
    ("measure-", MANAGERS_AND_OPERATIONS),
    ("area-", OWNERS_AND_OPERATIONS),
    ("stage-", OWNERS_AND_OPERATIONS),
    ("develop-account-profile", OWNERS_AND_OPERATIONS),
    ("identify-target-accounts", OWNERS_AND_OPERATIONS),
    ("develop-account-plan", OWNERS_AND_OPERATIONS),
    ("review-account-plan", OWNERS_AND_OPERATIONS),
    ("execute-account-plan", OWNERS_AND_OPERATIONS),
    ("monitor-account-performance", OWNERS_AND_OPERATIONS),
    ("develop-update-sales-forecast", OWNERS_AND_OPERATIONS),
    ("manage-pended-opportunity", OWNERS_AND_OPERATIONS),
    ("maintain-account-and-contact", OWNERS_AND_OPERATIONS),
    ("quote-approval", OWNERS_AND_OPERATIONS),
    ("order-execution-tracking", OWNERS_AND_OPERATIONS),
    ("opportunity-lifecycle-u8", scopes(rep="own", mgr="own team", mkt="created")),
    ("", OWNERS),
)

# Processes that also begin without a record, and whom the matrix lets start them so. Until the process makes or finds
# a record it is about `user:<login>`: whoever began it.
BEGIN: Mapping[str, frozenset[str]] = {
    "lead-management": frozenset({"mkt"}),
    "pre-qualify-opportunity": frozenset({"rep", "mgr"}),
    "opportunity-lifecycle-u8": frozenset({"rep", "mkt"}),
    "maintain-account-and-contact": frozenset({"rep", "mgr", "ops"}),
    "schedule-sales-call": frozenset({"rep", "mgr"}),
    "identify-target-accounts": frozenset({"ops"}),
    "stage-define-account-plan": frozenset({"ops"}),
    "area-key-account-planning": frozenset({"ops"}),
    "area-reporting-analysis": frozenset({"ops"}),
    "stage-measure-sales-execution": frozenset({"ops"}),
    "measure-account-planning-performance": frozenset({"ops"}),
    "measure-sales-call-performance": frozenset({"ops"}),
}
PERSON = "user"


def visible(who: Reader, kind: Kind) -> ColumnElement[bool]:
    """The condition on a kind's table for what the reader may see."""
    return condition(who, kind, kind.read)


def changeable(who: Reader, kind: Kind) -> ColumnElement[bool]:
    """The condition on a kind's table for what the reader may change, as far as the record's state allows it."""
    return condition(who, kind, kind.change, reading=False)


def visible_opportunities(who: Reader) -> ColumnElement[bool]:
    """The condition on `opportunity` for what the reader may see."""
    return visible(who, KINDS["opportunity"])


def visible_accounts(who: Reader) -> ColumnElement[bool]:
    """The condition on `account` for what the reader may see."""
    return visible(who, KINDS["account"])


def may_begin(who: Reader, process_key: str) -> bool:
    """Whether the reader may start a process that has no record yet."""
    return bool(who.roles & BEGIN.get(process_key, frozenset()))


def may_read(connection: Connection, who: Reader, business_key: str) -> bool:
    """Whether the reader may see the record that a key such as `opportunity:OPP-1042` names.

    What a person began (`user:<login>`) is seen by that person, by the managers above, and by operations.
    """
    if business_key in _begun(connection, who, [business_key]):
        return True
    kind, number = split(business_key)
    return kind is not None and holds(connection, kind, number, visible(who, kind))


def may_change(connection: Connection, who: Reader, business_key: str) -> bool:
    """Whether the reader may change the record that a key names."""
    kind, number = split(business_key)
    return kind is not None and holds(connection, kind, number, changeable(who, kind))


def may_create(connection: Connection, who: Reader, business_key: str) -> bool:
    """Whether a record that was just made, in this transaction, is one that the reader may make."""
    kind, number = split(business_key)
    return kind is not None and holds(connection, kind, number, condition(who, kind, kind.create, reading=False))


def may_move(connection: Connection, who: Reader, business_key: str) -> bool:
    """Whether the reader may move the record to another state by hand."""
    kind, number = split(business_key)
    return kind is not None and holds(connection, kind, number, condition(who, kind, kind.move, reading=False))


def starters(process_key: str) -> Scopes:
    """Who starts a process, on which records."""
    return next(allowed for beginning, allowed in START if process_key.startswith(beginning))


def may_start(connection: Connection, who: Reader, process_key: str, business_key: str) -> bool:
    """Whether the reader may start a process on the record that a key names."""
    allowed = starters(process_key)
    kind, number = split(business_key)
    return kind is not None and holds(connection, kind, number, condition(who, kind, allowed, reading=False))


def readable(connection: Connection, who: Reader, business_keys: Iterable[str]) -> frozenset[str]:
    """Those of many keys whose records the reader may see; one query a kind, however many keys there are."""
    keys = set(business_keys)
    numbers: dict[str, list[object]] = defaultdict(list)
    for key in keys:
        kind, number = split(key)
        if kind is not None and (value := kind.number_value(number)) is not None:
            numbers[kind.key].append(value)
    found = _begun(connection, who, keys)
    for name, wanted in numbers.items():
        kind = KINDS[name]
        query = select(kind.number_column).where(kind.number_column.in_(wanted), visible(who, kind))
        found |= {kind.business_key(number) for number in connection.execute(query).scalars()}
    return frozenset(found)


def _begun(connection: Connection, who: Reader, business_keys: Iterable[str]) -> set[str]:
    """Those of the keys that name a person whose beginnings the reader may see."""
    people = {key for key in business_keys if key.startswith(f"{PERSON}:")}
    if not people or "ops" in who.roles:
        return people
    below = reports_of(who.login)
    logins = {who.login, *connection.execute(select(below.c.login)).scalars()} if "mgr" in who.roles else {who.login}
    return {key for key in people if key.partition(":")[2] in logins}


def split(business_key: str) -> tuple[Kind | None, str]:
    """The kind that a key names, None for one that nobody described, and the number."""
    name, _, number = business_key.partition(":")
    return KINDS.get(name), number


def exists(connection: Connection, business_key: str) -> bool:
    """Whether there is a record of this key, for anybody."""
    kind, number = split(business_key)
    return kind is not None and holds(connection, kind, number, true())


def holds(connection: Connection, kind: Kind, number: str, wanted: ColumnElement[bool]) -> bool:
    """Whether the record of this number fulfils a condition on its table."""
    value = kind.number_value(number)
    if value is None:
        return False
    return connection.execute(select(kind.identity).where(kind.number_column == value, wanted)).first() is not None
