"""The scopes of catalogue 9 as conditions for queries, derived from what each kind of record is.

own = owner (and, reading an opportunity, for 30 days after giving it up); member = in the team of the opportunity or
of its account; team = in the reader's org unit or below, or owned by somebody below in the management line; all.
Several roles add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select, true

from crm import org_units, permissions, users
from crm.kinds import KINDS, Kind, Scopes
from crm.lines import reports_of
from crm.tables import account, account_team_member, opportunity, opportunity_team_member

OLD_OWNER_READS = timedelta(days=30)


@dataclass(frozen=True)
class Reader:
    """Somebody who wants to see or change records, on a day; `below` are the logins that a manager leads."""

    login: str
    roles: frozenset[str]
    org_unit_id: int | None
    on: date
    below: frozenset[str] = frozenset()

    @property
    def permissions(self) -> frozenset[str]:
        """What the reader may do at all."""
        return permissions.of_roles(self.roles)


def reader(connection: Connection, login: str, on: date) -> Reader:
    """The reader for a login; somebody unknown or no longer active has no roles and sees nothing."""
    user = users.find(connection, login)
    if user is None or not user.active:
        return Reader(login, frozenset(), None, on)
    below = select(reports_of(login).c.login)
    led = frozenset(connection.execute(below).scalars()) - {login} if "mgr" in user.roles else frozenset()
    return Reader(login, frozenset(user.roles), user.org_unit_id, on, led)


def condition(who: Reader, kind: Kind, allowed: Scopes, *, reading: bool = True) -> ColumnElement[bool]:
    """The condition on a kind's table for the records that fall in a scope allowed to one of the reader's roles."""
    names = dict.fromkeys(name for role in sorted(who.roles) for name in allowed.get(role, ()))
    if "all" in names:
        return true()
    return or_(false(), *(_scope(who, kind, name, reading) for name in names))


def _scope(who: Reader, kind: Kind, name: str, reading: bool) -> ColumnElement[bool]:
    if name in kind.more_scopes:
        return kind.more_scopes[name](who.login, who.on)
    if name == "created":
        return kind.table.c.created_by == who.login
    if name == "assigned":
        return kind.table.c[kind.assignee] == who.login
    if name in ("member", "trusted_member") and kind.key in ("account", "opportunity"):
        return _member(who, kind, trusted=name == "trusted_member")
    if name in ("member", "trusted_member") and kind.open_to_members is not None:
        return and_(kind.open_to_members, or_(false(), *_of_parents(who, kind, name, reading)))
    if kind.owner and name == "own":
        return _own(who, kind, reading)
    if kind.owner and name == "team":
        return _team(who, kind)
    return or_(false(), *_of_parents(who, kind, name, reading))


def _of_parents(who: Reader, kind: Kind, name: str, reading: bool) -> Iterable[ColumnElement[bool]]:
    for parent in kind.parents:
        above = KINDS[parent.kind]
        within = select(above.identity).where(_scope(who, above, name, reading))
        yield kind.table.c[parent.column].in_(within)


def _own(who: Reader, kind: Kind, reading: bool) -> ColumnElement[bool]:
    own = kind.table.c[kind.owner] == who.login
    if kind.key != "opportunity" or not reading:
        return own
    member = opportunity_team_member.c
    lately = select(member.opportunity_id).where(
        member.login == who.login, member.role == "owner", member.valid_to >= who.on - OLD_OWNER_READS
    )
    return or_(own, opportunity.c.id.in_(lately))


def _team(who: Reader, kind: Kind) -> ColumnElement[bool]:
    below = kind.table.c[kind.owner].in_(select(reports_of(who.login).c.login))
    if who.org_unit_id is None or "org_unit_id" not in kind.table.c:
        return below
    return or_(below, kind.table.c.org_unit_id.in_(select(org_units.subtree(who.org_unit_id).c.id)))


def _member(who: Reader, kind: Kind, *, trusted: bool) -> ColumnElement[bool]:
    if kind.key == "account":
        return account.c.id.in_(_accounts_of_member(who))
    member = opportunity_team_member.c
    still = or_(member.valid_to.is_(None), member.valid_to >= who.on)
    now = select(member.opportunity_id).where(member.login == who.login, member.valid_from <= who.on, still)
    if trusted:
        return opportunity.c.id.in_(now.where(member.access == "change"))
    return or_(opportunity.c.id.in_(now), opportunity.c.account_id.in_(_accounts_of_member(who)))


def _accounts_of_member(who: Reader) -> Select[tuple[int]]:
    member = account_team_member.c
    still = or_(member.valid_to.is_(None), member.valid_to >= who.on)
    return select(member.account_id).where(member.login == who.login, member.valid_from <= who.on, still)
