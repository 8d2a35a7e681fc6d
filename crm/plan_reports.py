"""The reports of 3.3.3.4.4 as files of the opportunity: its plan (RP-09), and its owner's opportunities (RP-10)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

from sqlalchemy import Connection

from crm import buying_centre, competition, documents, opportunity_status, plan_checklist, plan_contents, row_lists
from crm.kinds import KINDS, Field, Kind
from crm.kinds.opportunity_plan import SECTIONS
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from crm.tables import business_case, buying_milestone, decision_factor, plan_action, resource_request, solution_option

HTML, CSV = "text/html; charset=utf-8", "text/csv; charset=utf-8"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
{body}
</body></html>
"""
Row = Mapping[Any, Any]


def file_plan_report(connection: Connection, deal: Opportunity, plan: OpportunityPlan, *, by: str, at: datetime) -> int:
    """Files the Opportunity Plan report for the team, as the next version of its file; gives the document's id."""
    title = f"Opportunity plan / 商机计划 {plan.number} ({plan.version}): {deal.number} {deal.name}"
    parts = [_facts(connection, plan), *_tables(connection, plan), *_lists(plan)]
    content = PAGE.format(title=escape(title), body="\n".join(parts)).encode()
    name = f"{plan.number}.html"
    return documents.add(connection, deal.id, "plan_report", name, HTML, content, by=by, at=at)


def file_status_report(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> int:
    """Files the Opportunities Status report over the owner's open opportunities as CSV, for the owner."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow([f"{en} / {zh}" for en, zh in opportunity_status.HEADS])
    for row in opportunity_status.of_owner(connection, deal.owner, at):
        writer.writerow([_harmless(cell) for cell in row])
    content = sheet.getvalue().encode("utf-8-sig")
    name = f"opportunities-status-{deal.owner}.csv"
    return documents.add(
        connection, deal.id, "status_report", name, CSV, content, visibility="owner", by=by, at=at
    )  # fmt: skip


def _harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _facts(connection: Connection, plan: OpportunityPlan) -> str:
    found = plan_checklist.items(connection, plan)
    kind = KINDS["opportunity_plan"]
    names = ("depth", "status", "iteration_no", "competitive_strategy", "counter_moves", "decision_process")
    rows = [(_both(kind.field(name).labels), _text(kind.field(name), getattr(plan, name))) for name in names]
    rows += [(_section(item.section), "✓" if item.complete else "–") for item in found]
    lines = "".join(f"<tr><th>{escape(label)}</th><td>{escape(text)}</td></tr>" for label, text in rows)
    return f"<table border='1'><tbody>{lines}</tbody></table>"


def _tables(connection: Connection, plan: OpportunityPlan) -> Iterable[str]:
    parent, deal = plan_contents.parent(plan), plan.opportunity_id
    people = [{**row, "contact_id": row["contact_name"]} for row in buying_centre.stakeholders(connection, deal)]
    links = [
        {**row, "from_contact_id": row["from_name"], "to_contact_id": row["to_name"]}
        for row in buying_centre.links(connection, deal)
    ]
    rivals = [{**row, "competitor_id": row["name"]} for row in competition.of_deal(connection, deal)]
    yield _table(KINDS["opportunity_contact"], people)
    yield _table(KINDS["power_map_link"], links)
    yield _table(KINDS["opportunity_competitor"], rivals)
    for table in (decision_factor, buying_milestone, business_case, solution_option, resource_request, plan_action):
        yield _table(KINDS[table.name], row_lists.of(connection, table, **parent))


def _lists(plan: OpportunityPlan) -> Iterable[str]:
    view = plan.customer_view
    named = (
        ("Potential needs / 潜在需求", view.get("potential_needs")),
        ("Issues / 客户问题", plan.issues),
        ("Partners / 合作伙伴", plan.partners),
        ("Critical success factors / 关键成功因素", plan.csf),
    )
    for title, rows in named:
        lines = "".join(f"<li>{escape(_joined(row))}</li>" for row in rows or ())
        yield f"<h2>{escape(title)}</h2><ul>{lines}</ul>"


def _joined(row: Row) -> str:
    return " · ".join(str(value) for value in row.values() if value not in (None, ""))


def _table(kind: Kind, rows: Sequence[Row]) -> str:
    shown = [field for field in kind.listed if field.name not in ("opportunity_plan_id", "opportunity_id")]
    heads = "".join(f"<th>{escape(_both(field.labels))}</th>" for field in shown)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(_text(field, row[field.name]))}</td>" for field in shown) + "</tr>"
        for row in rows
    )
    title = escape(_both(kind.plurals))
    return f"<h2>{title}</h2><table border='1'><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.type == "choice":
        return _both(field.choice_labels(value))
    if field.type == "boolean":
        return "✓" if value else "–"
    return str(value)


def _section(code: str) -> str:
    return next(f"{en} / {zh}" for section, en, zh in SECTIONS if section == code)


def _both(names: Mapping[str, str]) -> str:
    return " / ".join(dict.fromkeys((names["en"], names["zh-Hans"])))
