"""What the measuring flows share: the run they are about, its teams, ratings, the choices of their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from crm import improvements, measure_runs, org_units
from crm.measure_runs import Run
from engine.contract import Done, Outcome, TaskContext
from handlers.shared import subject
from handlers.shared.decisions import ask, output

MEASURE_RUN, RATING = "measure_run", "kpi_rating"
EVERYBODY = "all"


def run_of(context: TaskContext[Any]) -> Run:
    """The measuring of the process; raises `RecordNotFound`."""
    number = context.variables.get("run_number") or subject.kind_and_number(context)[1]
    return measure_runs.get(context.session, str(number))


def begun(context: TaskContext[Any], group: str, period: str) -> Run:
    """The measuring that the process is about; a new one when it is about a person, or called by a stage."""
    kind, number = subject.kind_and_number(context)
    if kind == MEASURE_RUN:
        there = measure_runs.get(context.session, number)
        if there.group == group and there.status != "published":
            return there
        owner = there.owner
    else:
        owner = subject.starter(context) or ""
    chosen = [one.key for one in measure_runs.known(context.session, group)]
    return measure_runs.create(
        context.session, group, period, owner, by=context.actor or owner, at=context.now, measures=chosen
    )


def month_before(day: date) -> str:
    """The month before a day, such as 2026-08."""
    last = day.replace(day=1) - timedelta(days=1)
    return f"{last.year}-{last.month:02d}"


def choices(context: TaskContext[Any], group: str) -> dict[str, Any]:
    """What the forms offer: teams and measures."""
    units = [
        {"value": unit.code, "label": unit.name, "label:zh-Hans": unit.name_zh}
        for unit in org_units.listing(context.session)
    ]
    known = [
        {"value": one.key, "label": one.name, "label:zh-Hans": one.name_zh}
        for one in measure_runs.known(context.session, group)
    ]
    return {"team_choices": units, "measure_choices": known}


def named(run: Run) -> dict[str, Any]:
    """The variables by which people recognise a measuring."""
    return {"run_number": run.number, "record_name": f"{run.number} {run.period}", "period": run.period}


def rate(context: TaskContext[Any], run: Run) -> Mapping[str, int]:
    """Rates every result that attains a target (D24), and counts the ratings."""
    counts = {"green": 0, "amber": 0, "red": 0}
    by = context.actor or run.owner
    for result in measure_runs.results(context.session, run.id):
        if result.attainment_pct is not None:
            answer = ask(context, RATING, {"attainment_pct": result.attainment_pct})
            rating = str(output(answer, "rating"))
            counts[rating] += 1
            measure_runs.set_result(context.session, result, {"rating": rating}, by=by, at=context.now)
    return counts


def propose(context: TaskContext[Any]) -> Outcome:
    """Keeps a proposal to change a process, which waits for whoever deploys processes."""
    run, form = run_of(context), context.form
    by, effect = context.actor or run.owner, form.get("expected_effect")
    key, change = form["process_key"], form["change"]
    improvements.propose(context.session, run.id, key, change, effect, by, by=by, at=context.now)
    return Done({})


def scopes(teams: Mapping[str, Sequence[str]], *, each_rep: bool) -> dict[tuple[str, str], Sequence[str]]:
    """What is measured: each team, everybody together, and where wanted each rep."""
    found: dict[tuple[str, str], Sequence[str]] = {(measure_runs.TEAM, code): reps for code, reps in teams.items()}
    everybody = sorted({rep for reps in teams.values() for rep in reps})
    found[measure_runs.EVERYTHING, EVERYBODY] = everybody
    if each_rep:
        found |= {(measure_runs.REP, rep): (rep,) for rep in everybody}
    return found
