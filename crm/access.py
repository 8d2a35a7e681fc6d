"""Who may see and change which record: the scopes of catalogue 9, as conditions for queries.

own = owner (and, reading only, for 30 days after giving it up); member = in the team of the
opportunity or of its account; team = in the reader's org unit or below, or owned by somebody below
in the management line; all. Several roles add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select, true
from sqlalchemy.sql.selectable import FromClause

from crm import org_units, people, permissions, users
from crm.tables import account, account_team_member, opportunity, opportunity_team_member

OLD_OWNER_READS = timedelta(days=30)
CREDIT_FIELDS = frozenset({"credit_standing", "credit_limit"})
PERSONAL_FIELDS = frozenset({"address", "phone", "email", "need", "notes", "next_step", "primary_contact"})

Scopes = Mapping[str, tuple[str, ...]]

READ_OPPORTUNITY: Scopes = {
    "rep": ("own", "member"),
    "mgr": ("own", "member", "team"),
    "team": ("member",),
    "ops": ("all",),
    "mkt": ("created",),
    "anl": ("all",),
}
CHANGE_OPPORTUNITY: Scopes = {
    "rep": ("own",),
    "mgr": ("own", "team"),
    "team": ("trusted_member",),
    "ops": ("all",),
}
READ_ACCOUNT: Scopes = {
    "rep": ("own", "member", "team"),
    "mgr": ("own", "member", "team"),
    "team": ("member",),
    "ops": ("all",),
    "mkt": ("all",),
    "anl": ("all",),
}
CHANGE_ACCOUNT: Scopes = {"rep": ("own",), "mgr": ("own", "team"), "ops": ("all",)}

# Who may start a process on which records: the first row whose beginning the key has decides.
START: tuple[tuple[str, Scopes], ...] = (
    ("area-", {"rep": ("own",), "mgr": ("own", "team"), "ops": ("all",)}),
    ("stage-", {"rep": ("own",), "mgr": ("own", "team"), "ops": ("all",)}),
    ("manage-pended-opportunity", {"rep": ("own",), "mgr": ("own", "team"), "ops": ("all",)}),
    ("maintain-account-and-contact", {"rep": ("own",), "mgr": ("own", "team"), "ops": ("all",)}),
    ("", {"rep": ("own",), "mgr": ("own", "team")}),
)


@dataclass(frozen=True)
class Reader:
    """Somebody who wants to see or change records, on a day."""

    login: str
    roles: frozenset[str]
    org_unit_id: int | None
    on: date

    @property
    def permissions(self) -> frozenset[str]:
        """What the reader may do at all."""
        return permissions.of_roles(self.roles)


def reader(connection: Connection, login: str, on: date) -> Reader:
    """The reader for a login; somebody unknown or no longer active has no roles and sees nothing."""
    user = users.find(connection, login)
    if user is None or not user.active:
        return Reader(login, frozenset(), None, on)
    return Reader(login, frozenset(user.roles), user.org_unit_id, on)


def visible_opportunities(who: Reader) -> ColumnElement[bool]:
    """The condition on `opportunity` for what the reader may see."""
    return _any_of(_opportunity_scopes(who), READ_OPPORTUNITY, who.roles)


def changeable_opportunities(who: Reader) -> ColumnElement[bool]:
    """The condition on `opportunity` for what the reader may change."""
    return _any_of(_opportunity_scopes(who, reading=False), CHANGE_OPPORTUNITY, who.roles)


def visible_accounts(who: Reader) -> ColumnElement[bool]:
    """The condition on `account` for what the reader may see."""
    return _any_of(_account_scopes(who), READ_ACCOUNT, who.roles)


def changeable_accounts(who: Reader) -> ColumnElement[bool]:
    """The condition on `account` for what the reader may change."""
    return _any_of(_account_scopes(who), CHANGE_ACCOUNT, who.roles)


def may_read(connection: Connection, who: Reader, business_key: str) -> bool:
    """Whether the reader may see the record that a key such as `opportunity:OPP-1042` names."""
    table, number, is_opportunity = _record(business_key)
    condition = visible_opportunities(who) if is_opportunity else visible_accounts(who)
    return table is not None and _holds(connection, table, number, condition)


def may_change(connection: Connection, who: Reader, business_key: str) -> bool:
    """Whether the reader may change the record that a key names."""
    table, number, is_opportunity = _record(business_key)
    condition = changeable_opportunities(who) if is_opportunity else changeable_accounts(who)
    return table is not None and _holds(connection, table, number, condition)


def may_start(connection: Connection, who: Reader, process_key: str, business_key: str) -> bool:
    """Whether the reader may start a process on the record that a key names."""
    scopes = next(scopes for beginning, scopes in START if process_key.startswith(beginning))
    table, number, is_opportunity = _record(business_key)
    known = _opportunity_scopes(who, reading=False) if is_opportunity else _account_scopes(who)
    return table is not None and _holds(connection, table, number, _any_of(known, scopes, who.roles))


def readable(connection: Connection, who: Reader, business_keys: Iterable[str]) -> frozenset[str]:
    """Those of many keys whose records the reader may see; two queries however many there are."""
    keys = set(business_keys)
    found: set[str] = set()
    for kind, table, condition in (
        ("opportunity", opportunity, visible_opportunities(who)),
        ("account", account, visible_accounts(who)),
    ):
        numbers = [key.partition(":")[2] for key in keys if key.startswith(f"{kind}:")]
        query = select(table.c.number).where(table.c.number.in_(numbers), condition)
        found |= {f"{kind}:{number}" for number in connection.execute(query).scalars()}
    return frozenset(found)


def hidden_fields(who: Reader, owner: str) -> frozenset[str]:
    """The fields of a visible record that this reader must not see: credit data, personal data."""
    if who.login == owner or who.roles & {"ops", "mgr"}:
        return frozenset()
    masked = PERSONAL_FIELDS if who.roles == {"anl"} else frozenset()
    return CREDIT_FIELDS | masked


def _any_of(known: Mapping[str, ColumnElement[bool]], scopes: Scopes, roles: frozenset[str]) -> ColumnElement[bool]:
    names = dict.fromkeys(name for role in sorted(roles) for name in scopes.get(role, ()))
    if "all" in names:
        return true()
    return or_(false(), *(known[name] for name in names))


def _opportunity_scopes(who: Reader, *, reading: bool = True) -> dict[str, ColumnElement[bool]]:
    at, member = opportunity.c, opportunity_team_member.c
    mine = select(member.opportunity_id).where(member.login == who.login, member.valid_from <= who.on)
    now = mine.where(or_(member.valid_to.is_(None), member.valid_to >= who.on))
    lately = mine.where(member.role == "owner", member.valid_to >= who.on - OLD_OWNER_READS)
    own = at.owner == who.login
    return {
        "own": or_(own, at.id.in_(lately)) if reading else own,
        "member": or_(at.id.in_(now), at.account_id.in_(_accounts_of_member(who))),
        "trusted_member": at.id.in_(now.where(member.access == "change")),
        "team": _team(who, opportunity),
        "created": at.created_by == who.login,
    }


def _account_scopes(who: Reader) -> dict[str, ColumnElement[bool]]:
    return {
        "own": account.c.owner == who.login,
        "member": account.c.id.in_(_accounts_of_member(who)),
        "team": _team(who, account),
    }


def _accounts_of_member(who: Reader) -> Select[tuple[int]]:
    member = account_team_member.c
    still = or_(member.valid_to.is_(None), member.valid_to >= who.on)
    return select(member.account_id).where(member.login == who.login, member.valid_from <= who.on, still)


def _team(who: Reader, table: FromClause) -> ColumnElement[bool]:
    below = table.c.owner.in_(select(people.reports_of(who.login).c.login))
    if who.org_unit_id is None:
        return below
    return or_(below, table.c.org_unit_id.in_(select(org_units.subtree(who.org_unit_id).c.id)))


def _record(business_key: str) -> tuple[FromClause | None, str, bool]:
    kind, _, number = business_key.partition(":")
    return {"opportunity": opportunity, "account": account}.get(kind), number, kind == "opportunity"


def _holds(connection: Connection, table: FromClause, number: str, condition: ColumnElement[bool]) -> bool:
    query = select(table.c.id).where(and_(table.c.number == number, condition))
    return connection.execute(query).first() is not None
