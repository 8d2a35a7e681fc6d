"""The panels beside the forms of measuring: results, patterns, improvements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from crm import measure_runs, report_runs
from crm.measure_reports import measure_names, scope_names
from crm.measure_runs import Result, Run
from crm.panels import Asked, Panel, Panels, RecordOf
from crm.tables import improvement_action

COLUMNS = ("Whose", "Measure", "Value", "Target", "Attainment", "Rating")
PATTERN_COLUMNS = ("View", "Value", "Held", "Advanced", "Others", "Stands out")
IMPROVEMENT_COLUMNS = ("Action", "Owner", "Due", "Measure")
PACK_COLUMNS = ("Number", "Report", "Title", "Period")
NOTHING = "Nothing is worked out yet."


def _run(asked: Asked) -> Run:
    return measure_runs.get(asked.connection, str(asked.variables.get("run_number") or asked.number))


def _panel(asked: Asked, title: str, found: Iterable[Result]) -> Panel:
    names, whose = measure_names(asked.connection), scope_names(asked.connection)
    rows = tuple(
        (
            whose.get(each.scope, each.scope),
            names.get(each.measure, each.measure),
            each.value,
            each.target,
            None if each.attainment_pct is None else each.attainment_pct / 100,
            each.rating,
        )
        for each in found
    )
    return Panel(title, (), COLUMNS, rows, NOTHING)


def _results(asked: Asked) -> Panel:
    found = measure_runs.results(asked.connection, _run(asked).id)
    return _panel(asked, "Measured", [each for each in found if each.scope_kind != measure_runs.REP])


def _scope(asked: Asked, kind: str, scope: object) -> list[Result]:
    return [each for each in measure_runs.results(asked.connection, _run(asked).id, kind) if each.scope == scope]


def _team(asked: Asked) -> Panel:
    team = asked.variables.get("team")
    code = team.get("code") if isinstance(team, Mapping) else None
    return _panel(asked, "Results of the team", _scope(asked, measure_runs.TEAM, code))


def _rep(asked: Asked) -> Panel:
    rep = asked.variables.get("rep")
    login = rep.get("login") if isinstance(rep, Mapping) else None
    return _panel(asked, "Results of the rep", _scope(asked, measure_runs.REP, login))


def _patterns(asked: Asked) -> Panel:
    rows = tuple(
        (each["view"], each["value"], each["held"], each["advance_pct"], each["others_pct"], each["flagged"])
        for each in _run(asked).patterns
    )
    return Panel("Patterns", (), PATTERN_COLUMNS, rows, "No call was held in the period.")


def _improvements(asked: Asked) -> Panel:
    at = improvement_action.c
    query = select(at.text, at.owner, at.due, at.measure).where(at.measure_run_id == _run(asked).id).order_by(at.due)
    names = measure_names(asked.connection)
    found = asked.connection.execute(query)
    rows = tuple((row.text, row.owner, row.due, names.get(row.measure, row.measure)) for row in found)
    return Panel("Improvements", (), IMPROVEMENT_COLUMNS, rows, "No improvement is planned yet.")


def _pack(asked: Asked) -> Panel:
    numbers = asked.variables.get("report_numbers") or []
    found = [report_runs.get(asked.connection, str(number)) for number in numbers]
    rows = tuple(
        (RecordOf(f"report_run:{each.number}"), each.report, {"en": each.title, "zh-Hans": each.title_zh}, each.period)
        for each in found
    )
    return Panel("The pack", (), PACK_COLUMNS, rows, "No report is filed yet.")


PANELS: Panels = {
    "report_pack": _pack,
    "improvements": _improvements,
    "measure_results": _results,
    "patterns": _patterns,
    "rep_results": _rep,
    "team_results": _team,
}
