"""The panels beside the forms of an assessment: what the rep found, what the experts think, what comes of it."""

from __future__ import annotations

from decimal import Decimal

from crm.panels import Asked, Panel, Panels

CRITERIA = (
    ("Compelling event", "compelling_event"),
    ("Budget", "budget_status"),
    ("Access to whoever decides", "access_to_decision_maker"),
    ("Decision process known", "decision_process_known"),
    ("Need and fit", "need_fit"),
    ("Unique value", "unique_value"),
    ("Competitive position", "competitive_position"),
    ("Relationship", "relationship"),
    ("Profitability", "profitability"),
    ("Strategic value", "strategic_value"),
)


def _facts(asked: Asked) -> Panel:
    known = asked.variables
    rows = tuple((label, known.get(name), known.get(f"{name}_evidence")) for label, name in CRITERIA)
    return Panel("What the assessment found", (), ("Criterion", "Rating (1-5)", "Evidence"), rows)


def _result(asked: Asked) -> Panel:
    known = asked.variables
    chance = known.get("win_probability")
    facts = (
        ("Score", known.get("assessment_score")),
        ("Knock-out", known.get("knockout")),
        ("Probability", None if chance is None else Decimal(chance) / 100),
        ("Recommendation", known.get("recommendation")),
        ("Chosen", known.get("final_recommendation")),
        ("Reason", known.get("override_reason")),
    )
    views = known.get("expert_views") or []
    rows = tuple(
        (view["by"], view["solution_fit"], view["delivery_risk"], _blockers(view["blockers"])) for view in views
    )
    columns = ("Expert", "Fit (1-5)", "Delivery risk (1-5)", "Blockers")
    return Panel("Score and recommendation", facts, columns, rows, "No expert was asked.")


def _blockers(found: list[dict[str, str]]) -> str:
    return "; ".join(f"{one['text']} ({one['severity']})" for one in found)


PANELS: Panels = {"assessment_facts": _facts, "assessment_result": _result}
