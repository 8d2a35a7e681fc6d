"""The team that works an opportunity: its own members and those of its account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, or_, select

from crm import opportunities, records, users
from crm.opportunities import Opportunity
from crm.tables import account_team_member, opportunity_team_member


@dataclass(frozen=True)
class Member:
    """Somebody of the team: `of` says whether through the opportunity or its account."""

    login: str
    role: str
    of: str


def members(connection: Connection, deal: Opportunity, on: date) -> tuple[Member, ...]:
    """Who is in the team on a day, each person once, members of the opportunity first."""
    found: dict[str, Member] = {}
    for table, parent, value, of in (
        (opportunity_team_member, "opportunity_id", deal.id, "opportunity"),
        (account_team_member, "account_id", deal.account_id, "account"),
    ):
        at = table.c
        valid: ColumnElement[bool] = or_(at.valid_to.is_(None), at.valid_to >= on)
        query = select(at.login, at.role).where(at[parent] == value, at.valid_from <= on, valid).order_by(at.id)
        for login, role in connection.execute(query):
            found.setdefault(login, Member(login, role, of))
    return tuple(found.values())


def join(connection: Connection, deal: Opportunity, logins: Iterable[str], *, on: date, by: str, at: datetime) -> None:
    """Takes people into the opportunity's team, as members who may change it; raises `RecordNotFound` for unknown ones.

    Who is in the team already stays as he is.
    """
    there = {member.login for member in members(connection, deal, on) if member.of == "opportunity"}
    for login in dict.fromkeys(logins):
        if login not in there:
            users.get(connection, login)
            opportunities.add_member(connection, deal.id, login, valid_from=on, access="change", by=by, at=at)


@dataclass(frozen=True)
class Seat:
    """What somebody is in the team of an opportunity; `share_pct` in percent, `access` read or change."""

    login: str
    role: str
    share_pct: Decimal
    access: str


def seats(connection: Connection, deal: Opportunity) -> tuple[Seat, ...]:
    """The opportunity's own team at present, the owner first."""
    at = opportunity_team_member.c
    query = select(at.login, at.role, at.share_pct, at.access)
    query = query.where(at.opportunity_id == deal.id, at.valid_to.is_(None)).order_by(at.role != "owner", at.id)
    return tuple(
        Seat(row.login, row.role, row.share_pct or Decimal(0), row.access) for row in connection.execute(query)
    )


def seat(connection: Connection, deal: Opportunity, wanted: Iterable[Seat], *, by: str, at: datetime) -> Opportunity:
    """Makes this the team: changes those who stay, adds the new, ends the rest; another owner takes over.

    Exactly one of them is the owner. Raises `RecordNotFound` for unknown people, `VersionConflict`.
    """
    chosen = {one.login: one for one in wanted}
    (owner,) = (one.login for one in chosen.values() if one.role == "owner")
    if owner != deal.owner:
        deal = opportunities.reassign(connection, deal, owner, by=by, at=at)
    member = opportunity_team_member.c
    query = select(opportunity_team_member).where(member.opportunity_id == deal.id, member.valid_to.is_(None))
    there = {row["login"]: row for row in connection.execute(query).mappings().all()}
    for login, row in there.items():
        gone = {"valid_to": at.date() - timedelta(days=1)}
        changes = {**vars(chosen[login])} if login in chosen else gone
        changes.pop("login", None)
        moved = {name: value for name, value in changes.items() if row[name] != value}
        if moved:
            record, version = f"team of {deal.number}", row["row_version"]
            records.update(
                connection, opportunity_team_member, row["id"], version, moved, by=by, at=at, record=record, before=row
            )
    for login in chosen.keys() - there.keys():
        users.get(connection, login)
        values = {**vars(chosen[login]), "opportunity_id": deal.id, "valid_from": at.date()}
        records.insert(connection, opportunity_team_member, values, by=by, at=at)
    return deal


def sole_owner(login: str) -> Seat:
    """The seat of somebody who works an opportunity alone."""
    return Seat(login, "owner", Decimal(100), "change")


def hand_on(connection: Connection, deal: Opportunity, owner: str, *, by: str, at: datetime) -> Opportunity:
    """Gives the opportunity to another owner with the share of the old one, who stays in the team to read."""
    kept = [one for one in seats(connection, deal) if one.login not in (deal.owner, owner)]
    old = next((one for one in seats(connection, deal) if one.login == deal.owner), sole_owner(deal.owner))
    new = Seat(owner, "owner", old.share_pct or Decimal(100), "change")
    stays = Seat(deal.owner, "other", Decimal(0), "read")
    return seat(connection, deal, [new, stays, *kept], by=by, at=at)
