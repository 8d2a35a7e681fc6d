"""Whose an opportunity is: the account's owner, else a rep of the territory, by turns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from crm import org_units, users
from crm.accounts import Account
from crm.tables import opportunity, territory
from crm.users import User

REP = "rep"


def owner_for(connection: Connection, customer: Account) -> str | None:
    """The rep who gets an opportunity of a customer; None where only a manager can say.

    The account's owner, if still a rep at work; else the rep of the customer's territory whose turn it is.
    """
    current = users.find(connection, customer.owner)
    if current is not None and current.active and REP in current.roles:
        return current.login
    return next_of(connection, _reps_of_territory(connection, customer.region))


def next_rep(connection: Connection) -> str | None:
    """The rep of the whole company whose turn it is; None when there are no reps."""
    return next_of(connection, _reps(connection))


def next_of(connection: Connection, reps: Sequence[User]) -> str | None:
    """Whose turn it is: the one who got no opportunity yet, else the one whose latest is the oldest."""
    logins = [one.login for one in reps]
    at = opportunity.c
    query = select(at.owner, func.max(at.id)).where(at.owner.in_(logins)).group_by(at.owner)
    latest = {owner: newest for owner, newest in connection.execute(query)}
    return min(logins, key=lambda login: (latest.get(login, 0), login), default=None)


def _reps(connection: Connection) -> list[User]:
    return [one for one in users.listing(connection, only_active=True) if REP in one.roles]


def _reps_of_territory(connection: Connection, region: str | None) -> list[User]:
    if not region:
        return []
    at = territory.c
    rows = connection.execute(select(at.regions, at.org_unit_id).where(at.org_unit_id.is_not(None)).order_by(at.id))
    units = [unit for regions, unit in rows if _named(region, regions)]
    if not units:
        return []
    within = set(connection.execute(select(org_units.subtree(units[0]).c.id)).scalars())
    return [one for one in _reps(connection) if one.org_unit_id in within]


def _named(region: str, regions: str | None) -> bool:
    separated = (regions or "").replace("、", ",").replace("，", ",").replace("\n", ",").replace(";", ",")
    return region.strip().casefold() in {one.strip().casefold() for one in separated.split(",")}
