"""The team that works an opportunity: its own members and those of its account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, or_, select

from crm import opportunities, users
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
