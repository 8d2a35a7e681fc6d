"""The panels beside the forms of the nine-step opportunity lifecycle: what is recorded, and what the stage asks for."""

from __future__ import annotations

from decimal import Decimal

from crm import evaluations, opportunity_details, quotes, stage_criteria, stages, states
from crm.panels import Asked, Panel, Panels


def _stage(asked: Asked) -> Panel:
    deal, title = asked.deal, "The stage and what it takes to leave it"
    if deal.stage is None:
        return Panel(title, empty="It is in no stage yet.")
    stage = stages.get(asked.connection, deal.stage)
    missing = set(stage_criteria.unmet(asked.connection, deal, stage, asked.variables.get("criteria_met") or []))
    ask_people = set(stage_criteria.to_confirm(asked.connection, stage))
    rows = tuple(
        (_both(*stage_criteria.names(one)), one not in missing, one in ask_people)
        for one in stage_criteria.required(asked.connection, stage)
    )
    facts = (
        ("Stage", _both(stage.name, stage.name_zh)),
        ("In this stage since", deal.stage_entered_at),
        ("Longest stay in days", stage.max_days),
        ("Probability", stage.probability / 100),
    )
    return Panel(title, facts, ("Exit criterion", "Met", "You say so"), rows, "This stage has no exit criteria.")


def _quotes(asked: Asked) -> Panel:
    found = quotes.of_opportunity(asked.connection, asked.deal.id)
    rows = tuple(
        (one.number, one.version, one.amount, one.discount_pct / 100, one.valid_until, states.QUOTE.named(one.status))
        for one in found
    )
    columns = ("Quote", "Version", "Amount", "Discount", "Valid until", "Status")
    return Panel("Quotes", (), columns, rows, "No quote yet.")


def _activities(asked: Asked) -> Panel:
    found = opportunity_details.activities(asked.connection, asked.deal, done=True)
    rows = tuple((row["type"], row["subject"], row["owner"], row["done_at"], row["result"]) for row in found)
    columns = ("Kind", "Subject", "Owner", "Done", "Result")
    return Panel("Activities done", (), columns, rows, "Nothing has been done yet.")


def _expenses(asked: Asked) -> Panel:
    found = opportunity_details.expenses(asked.connection, asked.deal)
    total = sum((row["amount"] for row in found), Decimal(0))
    rows = tuple((row["type"], row["spent_on"], row["amount"], row["payer"], row["note"]) for row in found)
    columns = ("Kind", "Day", "Amount", "Paid by", "Note")
    return Panel("Expenses", (("Sum", total),), columns, rows, "Nothing has been spent yet.")


def _evaluations(asked: Asked) -> Panel:
    found = evaluations.listing(asked.connection, asked.deal.id)
    rows = tuple(
        (one.evaluated_at, one.evaluated_by, one.kind, one.score, one.recommendation, one.answers.get("note"))
        for one in found
    )
    columns = ("When", "Who", "Kind", "Score", "Recommendation", "Note")
    return Panel("Evaluations", (), columns, rows, "Nobody has evaluated it yet.")


def _documents(asked: Asked) -> Panel:
    found = opportunity_details.documents(asked.connection, asked.deal)
    rows = tuple((row["kind"], row["file_name"], row["version"], row["created_by"], row["created_at"]) for row in found)
    columns = ("Kind", "File", "Version", "Who", "When")
    return Panel("Documents", (), columns, rows, "No document yet.")


def _both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": zh}


PANELS: Panels = {
    "opportunity_activities": _activities,
    "opportunity_documents": _documents,
    "opportunity_evaluations": _evaluations,
    "opportunity_expenses": _expenses,
    "opportunity_quotes": _quotes,
    "stage_exit": _stage,
}
