"""Measuring a period: a run, its results per measure and team or rep, their ratings and comments (RA-1.1, RA-1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import measures, org_units, periods, records, rows, states
from crm.errors import RecordNotFound
from crm.tables import measure_result, measure_run, org_unit, performance_measure, user_role, users
from crm.titles import both

TEAM, REP, ACCOUNT, EVERYTHING = "team", "rep", "account", "all"


@dataclass(frozen=True)
class Measure:
    """One measure as operations set it up; `target` None: shown and not rated."""

    key: str
    group: str
    name: str
    name_zh: str
    unit: str
    direction: str
    target: Decimal | None
    cycle: str


@dataclass(frozen=True)
class Run:
    """One measuring; `teams` are codes of org units, empty for all of them."""

    id: int
    number: str
    group: str
    period: str
    teams: list[str]
    measures: list[str]
    call_types: list[str]
    patterns: list[dict[str, Any]]
    status: str
    owner: str
    row_version: int

    @property
    def business_key(self) -> str:
        """How processes name this record: `measure_run:MEA-0001`."""
        return f"measure_run:{self.number}"


@dataclass(frozen=True)
class Result:
    """One measure of one scope; without a value where the denominator was zero."""

    id: int
    measure_run_id: int | None
    measure: str
    scope_kind: str
    scope: str
    period: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    target: Decimal | None
    attainment_pct: Decimal | None
    rating: str | None
    comment: str | None
    row_version: int


def known(connection: Connection, group: str | None = None) -> tuple[Measure, ...]:
    """The active measures, of one group where it is given, by key."""
    at = performance_measure.c
    query = select(*records.columns(performance_measure, Measure)).where(at.active).order_by(at.key)
    return records.every(connection, Measure, query.where(at.group == group) if group else query)


def create(connection: Connection, group: str, period: str, owner: str, *, by: str, at: datetime, **values: Any) -> Run:
    """Adds a run of a period (2026-Q3, 2026-09); raises `InvalidValue` for what is no period."""
    periods.days(period)
    number = records.number(connection, "measure_run")
    row = {"number": number, "group": group, "period": period, "owner": owner, **values}
    records.insert(connection, measure_run, row, by=by, at=at)
    return get(connection, number)


def get(connection: Connection, number: str) -> Run:
    """One run by number (MEA-0001); raises `RecordNotFound`."""
    query = select(*records.columns(measure_run, Run)).where(measure_run.c.number == number)
    return records.one(connection, Run, query, number)


def change(connection: Connection, run: Run, changes: Mapping[str, Any], *, by: str, at: datetime) -> Run:
    """Changes a run; raises `InvalidValue` for what is no period, `VersionConflict`."""
    if "period" in changes:
        periods.days(changes["period"])
    written = {name: rows.stored(value) if isinstance(value, list) else value for name, value in changes.items()}
    version = records.update(connection, measure_run, run.id, run.row_version, written, by=by, at=at, record=run.number)
    return replace(run, **{name: value for name, value in changes.items() if name != "issues"}, row_version=version)


def move(connection: Connection, run: Run, status: str, *, by: str, at: datetime, **changes: Any) -> Run:
    """Gives a run another status; raises `IllegalMove`."""
    states.move(states.MEASURE_RUN, run.number, run.status, status)
    written = {"status": status, **changes}
    version = records.update(connection, measure_run, run.id, run.row_version, written, by=by, at=at, record=run.number)
    return replace(run, status=status, row_version=version)


def teams_of(connection: Connection, run: Run) -> dict[str, tuple[str, ...]]:
    """The teams of a run by code, each with the logins of its reps; teams without reps are left out."""
    units = {unit.code: unit.id for unit in org_units.listing(connection)}
    wanted = run.teams or sorted(units)
    found = {code: reps_of(connection, units[code]) for code in wanted if code in units}
    return {code: people for code, people in found.items() if people}


def reps_of(connection: Connection, unit_id: int) -> tuple[str, ...]:
    """The active reps of an org unit itself."""
    query = (
        select(users.c.login)
        .join(user_role, user_role.c.login == users.c.login)
        .where(users.c.active, user_role.c.role == "rep", users.c.org_unit_id == unit_id)
    )
    return tuple(connection.execute(query.order_by(users.c.login)).scalars())


def manager_of(connection: Connection, team: str) -> str | None:
    """The manager whom most reps of a team report to; None for a team without reps or managers."""
    unit_id = connection.execute(select(org_unit.c.id).where(org_unit.c.code == team)).scalar_one_or_none()
    if unit_id is None:
        raise RecordNotFound(record=both(f"org unit {team}", f"组织单元 {team}"))
    people = reps_of(connection, unit_id)
    query = select(users.c.manager).where(users.c.login.in_(people), users.c.manager.is_not(None))
    found = connection.execute(query).scalars().all()
    return max(sorted(set(found)), key=found.count, default=None)


def compute(
    connection: Connection, run: Run, scopes: Mapping[tuple[str, str], Sequence[str]], *, by: str, at: datetime
) -> int:
    """Works out the measures of a run for scopes ((team, EAST) -> logins) anew; gives how many results there are."""
    connection.execute(measure_result.delete().where(measure_result.c.measure_run_id == run.id))
    first, last = periods.days(run.period)
    chosen = [one for one in known(connection, run.group) if not run.measures or one.key in run.measures]
    for (kind, scope), people in scopes.items():
        asked = measures.Asked(connection, tuple(people), first, last, at)
        for one in chosen:
            if one.key in measures.ALL:
                note(connection, run, one.key, (kind, scope), measures.ALL[one.key](asked), by=by, at=at)
    return len(chosen) * len(scopes)


def note(
    connection: Connection,
    run: Run,
    measure: str,
    scope: tuple[str, str],
    figure: measures.Figure,
    *,
    by: str,
    at: datetime,
) -> None:
    """Keeps the figure of a measure for a scope ((team, EAST)), with its target where the measure has one."""
    known_one = next((one for one in known(connection) if one.key == measure), None)
    target = known_one.target if known_one else None
    row = {
        "measure_run_id": run.id,
        "measure": measure,
        "scope_kind": scope[0],
        "scope": scope[1],
        "period": run.period,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "target": target,
        "attainment_pct": measures.attainment(figure.value, target, known_one.direction) if known_one else None,
    }
    records.insert(connection, measure_result, row, by=by, at=at)


def results(connection: Connection, run_id: int, kind: str | None = None) -> tuple[Result, ...]:
    """The results of a run, of one kind of scope where it is given, by scope and measure."""
    at = measure_result.c
    query = select(*records.columns(measure_result, Result)).where(at.measure_run_id == run_id)
    if kind is not None:
        query = query.where(at.scope_kind == kind)
    return records.every(connection, Result, query.order_by(at.scope_kind, at.scope, at.measure))


def set_result(connection: Connection, result: Result, changes: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Rates or comments a result; raises `VersionConflict`."""
    written = {name: rows.stored(value) if isinstance(value, list) else value for name, value in changes.items()}
    record = f"{result.measure} {result.scope}"
    records.update(connection, measure_result, result.id, result.row_version, written, by=by, at=at, record=record)


def note_account(
    connection: Connection,
    measure: str,
    account_number: str,
    on: date,
    *,
    value: Decimal | None,
    target: Decimal | None = None,
    rating: str | None = None,
    comment: str | None = None,
    by: str,
    at: datetime,
) -> int:
    """Keeps one figure of an account outside any run, such as its variance from the plan, and gives its id."""
    row = {
        "measure": measure,
        "scope_kind": ACCOUNT,
        "scope": account_number,
        "period": periods.quarter(on),
        "value": value,
        "target": target,
        "rating": rating,
        "comment": comment,
    }
    return records.insert(connection, measure_result, row, by=by, at=at)


def rated(found: Iterable[Result], *ratings: str) -> tuple[Result, ...]:
    """The results with one of these ratings."""
    return tuple(each for each in found if each.rating in ratings)
