"""The choices of reference fields in forms: `reason_code:disqualify`, `user:mgr`, `opportunity`, `account`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from crm import reason_codes, users
from crm.errors import RecordNotFound
from crm.tables import account, opportunity

Choice = tuple[str, Mapping[str, str]]
MOST = 500


def of(connection: Connection, reference: str, variables: Mapping[str, Any]) -> list[Choice]:
    """The values of a reference with their labels by language; raises `RecordNotFound` for an unknown reference."""
    kind, _, rest = reference.partition(":")
    find = KINDS.get(kind)
    if find is None:
        raise RecordNotFound(record=f"the list {reference}")
    return find(connection, rest)


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


def _opportunities(connection: Connection, _rest: str) -> list[Choice]:
    query = select(opportunity.c.number, opportunity.c.name).order_by(opportunity.c.updated_at.desc()).limit(MOST)
    return [(f"opportunity:{row.number}", _both(f"{row.number} {row.name}")) for row in connection.execute(query)]


def _accounts(connection: Connection, _rest: str) -> list[Choice]:
    query = select(account.c.number, account.c.name).order_by(account.c.name).limit(MOST)
    return [(f"account:{row.number}", _both(f"{row.number} {row.name}")) for row in connection.execute(query)]


def _both(text: str) -> Mapping[str, str]:
    return {"en": text, "zh-Hans": text}


KINDS: Mapping[str, Callable[[Connection, str], list[Choice]]] = {
    "reason_code": _reasons,
    "user": _users,
    "opportunity": _opportunities,
    "account": _accounts,
}
