"""The permission matrix of the catalogue (section 9), row by row, against the descriptions and who starts what."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from crm import access
from crm.kinds import KINDS, Scopes

CATALOGUE = Path(__file__).resolve().parents[2] / "docs" / "process-catalogue.md"
ROLES = ("rep", "mgr", "team", "ops", "mkt", "anl", "adm")
ORDER = " omta"  # nobody, own, member, own team, all: each reaches what stands before it
GRANT = re.compile(r"((?:[CRUXAM] )*[CRUXAM])\b(?: ([omta])\b)?")
# The row of the matrix that speaks of each kind of record.
ROWS: Mapping[str, tuple[str, ...]] = {
    "Account, Contact": ("account", "contact"),
    "AccountProfile": ("account_profile",),
    "AccountPlan, objectives, actions": ("account_plan",),
    "Lead": ("lead",),
    "Opportunity basics": ("opportunity",),
    "Opportunity children (products, team, contacts, competitors, activities, expenses, documents)": (
        "opportunity_product", "opportunity_team_member", "opportunity_contact", "opportunity_competitor",
        "opportunity_activity", "opportunity_expense", "opportunity_document",
    ),
    "Evaluation, PursueDecision, stage history": (
        "opportunity_evaluation", "pursue_decision", "opportunity_stage_history",
    ),
    "OpportunityPlan (account-team specific)": ("opportunity_plan", "decision_factor", "buying_milestone"),
    "Quote": ("quote", "quote_line"),
    "Order, OrderExecution": ("order", "order_line", "order_execution"),
    "SalesCall, follow-ups": ("sales_call",),
    "Forecast, snapshot": ("forecast", "forecast_line", "pipeline_snapshot"),
    "SalesTarget": ("sales_target",),
    "Win/loss analysis": ("win_loss_analysis",),
    "ApprovalThreshold, DMN tables": ("approval_threshold",),
    "SalesMode/Stage, ReasonCode": ("sales_mode", "sales_stage", "reason_code"),
    "Competitor": ("competitor",),
}  # fmt: skip
CHILDREN = ROWS["Opportunity children (products, team, contacts, competitors, activities, expenses, documents)"]
OF_PLANS = ROWS["OpportunityPlan (account-team specific)"]
SETTINGS = (*ROWS["SalesMode/Stage, ReasonCode"], "competitor")
# Cells that say in words what no letter can, or leave open what follows from elsewhere; what they come to here.
IN_WORDS: Mapping[tuple[str, str, str], str] = {
    ("account_profile", "rep", "R"): "m",  # the account team sees it (8.1, AccountTeamMember)
    ("account_profile", "ops", "R"): "a",  # whoever publishes a profile reads it
    ("account_profile", "ops", "U"): "a",
    ("account_profile", "mkt", "R"): "a",  # whoever adds intelligence reads it
    ("account_plan", "rep", "R"): "m",  # the account team sees it
    ("account_plan", "mkt", "R"): "",  # marketing reads target lists, which are targeting rounds
    ("opportunity", "mkt", "R"): "o",  # its own source: what marketing made itself
    **{(kind, "anl", "R"): "" for kind in OF_PLANS},  # counts only, in reports
    **{(kind, "mgr", letter): "o" for kind in OF_PLANS for letter in "CU"},  # a manager who owns the opportunity
    ("sales_call", "team", "R"): "m",  # invited
    ("sales_target", "mgr", "C"): "t",  # proposes
    ("sales_target", "mgr", "U"): "t",
    ("win_loss_analysis", "team", "R"): "m",  # whoever contributes reads
    ("win_loss_analysis", "rep", "U"): "o",
    ("win_loss_analysis", "team", "U"): "m",
    **{(kind, "rep", "R"): "o" for kind in ROWS["Forecast, snapshot"]},  # whoever makes it reads it
    **{(kind, "mgr", "R"): "t" for kind in ROWS["Forecast, snapshot"]},  # whoever adjusts it reads it
    **{("approval_threshold", role, "R"): "a" for role in ("ops", "anl", "adm")},  # whoever keeps or proposes reads
    ("contact", "mgr", "C"): "t",
    **{(kind, "mgr", "C"): "t" for kind in CHILDREN},  # a manager adds what a representative adds
    **{(kind, "team", "C"): "m" for kind in CHILDREN},  # the team adds to what it changes
    **{(kind, "mkt", "R"): "a" if kind == "opportunity_competitor" else "" for kind in CHILDREN},
    **{(kind, role, "R"): "a" for kind in SETTINGS for role in ("ops", "anl", "adm")},
    **{(kind, "adm", letter): "a" for kind in SETTINGS for letter in "CU"},  # configures
}
REACH = {
    "all": "a", "team": "t", "member": "m", "trusted_member": "m", "invited": "m", "own": "o", "created": "o",
    "assigned": "o", "mine": "o",
}  # fmt: skip
# Process keys of each row about processes, and how far a role starts them by hand.
STARTS: Mapping[str, tuple[str, ...]] = {
    "LM-1": ("lead-management",),
    "OM-1.1, OM-1.2, OM-1.3, OM-1.4, OM-2, CN-1": (
        "pre-qualify-opportunity", "assess-opportunity", "prioritize-opportunity", "develop-update-opportunity-plan",
        "close-opportunity",
    ),
    "KA-1.1 … KA-3.1": (
        "develop-account-profile", "identify-target-accounts", "develop-account-plan", "review-account-plan",
        "execute-account-plan", "monitor-account-performance",
    ),
    "SC-1.1 … SC-3.1": ("schedule-sales-call", "plan-for-sales-call", "open-sales-call", "follow-up-on-sales-call"),
    "SF-1": ("develop-update-sales-forecast",),
    "RA-1.1, RA-1.2, RA": ("measure-account-planning-performance", "measure-sales-call-performance"),
    "`area-*`, `stage-*`": ("area-sales-call", "stage-qualify-opportunity", "area-key-account-planning"),
    "SU-1…SU-4": (
        "manage-pended-opportunity", "maintain-account-and-contact", "quote-approval", "order-execution-tracking",
    ),
}  # fmt: skip
STARTING = {  # "X" with these words is about starting; "X tasks", "X convert" are about work in it
    "X start o": "o", "X o": "o", "X start t": "t", "X A t": "t", "X coach t": "t", "X start a": "a", "X a": "a",
}  # fmt: skip


def matrix() -> Mapping[str, Mapping[str, str]]:
    """The cells of section 9 by row and role."""
    text = CATALOGUE.read_text("utf-8")
    section = text[text.index("## 9. Permission matrix") : text.index("## 10. ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:2] == "| "]
    return {name: dict(zip(ROLES, cells, strict=True)) for name, *cells in rows[1:]}


def granted(cell: str) -> dict[str, str]:
    """By letter (C, R, U) how far a cell reaches; a letter without a scope reaches everything it can."""
    found: dict[str, str] = {}
    for part in re.split(r",(?![^(]*\))", cell):
        if match := GRANT.match(part.strip()):
            found |= {letter: match[2] or "any" for letter in match[1].split()}
    return found


def reach(allowed: Scopes, role: str) -> str:
    return max((REACH[name] for name in allowed.get(role, ())), key=ORDER.index, default="")


def expected(row: str, key: str, role: str, letter: str) -> str:
    return IN_WORDS.get((key, role, letter), granted(matrix()[row][role]).get(letter, ""))


CASES = [(row, key) for row, keys in ROWS.items() for key in keys]


@pytest.mark.parametrize(("row", "key"), CASES)
def test_everybody_reads_what_the_matrix_says(row: str, key: str) -> None:
    ours = {role: reach(KINDS[key].read, role) for role in ROLES}
    theirs = {role: expected(row, key, role, "R") for role in ROLES}

    assert {
        role: far for role, far in ours.items() if far != theirs[role] and not (far and theirs[role] == "any")
    } == {}


@pytest.mark.parametrize(("row", "key"), CASES)
def test_nobody_makes_or_changes_by_hand_more_than_the_matrix_says(row: str, key: str) -> None:
    kind = KINDS[key]
    ours = {(role, letter): reach(allowed, role) for letter, allowed in (("C", kind.create), ("U", kind.change))
            for role in ROLES}  # fmt: skip

    beyond = {
        (role, letter): far
        for (role, letter), far in ours.items()
        if (limit := expected(row, key, role, letter)) != "any" and ORDER.index(far or " ") > ORDER.index(limit or " ")
    }

    assert beyond == {}


@pytest.mark.parametrize(("row", "process"), [(row, key) for row, keys in STARTS.items() for key in keys])
def test_a_process_is_started_by_whom_the_matrix_says(row: str, process: str) -> None:
    ours = {role: reach(access.starters(process), role) for role in ROLES}

    assert ours == {role: STARTING.get(cell, "") for role, cell in matrix()[row].items()}


def test_every_row_about_records_is_looked_at() -> None:
    looked_at = {*ROWS, *STARTS}
    elsewhere = {
        "Targeting (KA-1.2)", "ApprovalRequest", "Measures, reports", "Process definitions",
        "Users, roles, delegation, flags, incidents", "Audit trail",
    }  # fmt: skip

    assert set(matrix()) == looked_at | elsewhere
