"""Every field of every record in section 8.1 of the catalogue is a column, of the record's table or of its rows."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Table

import crm.tables
from tests.processes import document

TABLES = {name: each for name, each in vars(crm.tables).items() if isinstance(each, Table)}
# The engine keeps these; the catalogue says so in front of its table.
OF_THE_ENGINE = {"ApprovalRequest", "ProcessDefinition", "Instance", "AuditEvent", "Notification"}
CALLED = {"Order": "sales_order", "User": "users"}
# Fields that go by another name, and those that are rows of a table of their own.
RENAMED = {
    "AccountTeamMember.user": "login",
    "TargetingRound.limits": "max_key_accounts_per_rep",
    "PlanAction.parent": "parent_kind",
    "PlanReview.plan": "account_plan_id",
    "PlanReview.date": "review_date",
    "PlanReviewScore.six scores": "strategy_execution",
    "Opportunity.six ratings": "r_revenue",
    "OpportunityTeamMember.user": "login",
    "OpportunityTeamMember.from": "valid_from",
    "OpportunityTeamMember.to": "valid_to",
    "OpportunityExpense.date": "spent_on",
    "OpportunityEvaluation.by": "evaluated_by",
    "OpportunityEvaluation.at": "evaluated_at",
    "OpportunityDocument.file": "content",
    "OpportunityStageHistory.by": "moved_by",
    "OpportunityStageHistory.at": "moved_at",
    "OpportunityStageHistory.amount": "amount_base",
    "PursueDecision.by": "decided_by",
    "PursueDecision.at": "decided_at",
    "Quote.terms": "payment_terms",
    "WinLossAnalysis.reasons": "win_loss_reason.code",
    "SalesCall.contacts": "sales_call_contact.contact_id",
    "SalesCall.attendees": "sales_call_attendee.login",
    "SalesCall.present": "sales_call_attendee.present",
    "SalesCall.end": "actual_end",
    "SalesCall.duration": "duration_min",
    "Forecast.commit": "commit_amount",
    "PipelineSnapshot.date": "taken_on",
    "PipelineSnapshot.amount": "amount_base",
    "SalesTarget.team": "org_unit_id",
    "SalesStage.order": "position",
    "ReasonCode.en": "name",
    "ReasonCode.zh": "name_zh",
    "ApprovalThreshold.band limits": "limit_standard",
    "ApprovalThreshold.discount bands": "params",
    "ApprovalThreshold.sla": "params",
    "PerformanceMeasure.formula_ref": "formula",
    "MeasureResult.run": "measure_run_id",
    "BusinessCase.payback": "payback_months",
    "ResourceRequest.from": "start_on",
    "ResourceRequest.to": "end_on",
    "ImprovementAction.link": "measure_run_id",
    "CoachingNote.link": "sales_call_id",
    "ChangeProposal.link": "measure_run_id",
    "ChangeProposal.text": "change",
    "PlaybookTactic.link": "plan_action_id",
    "User.roles": "user_role.role",
    "User.org unit": "org_unit_id",
    "User.calendar": "calendar_day.day",
}
# The row of these four names what they have between them: a proposal has no due day, a tactic in reserve no progress.
NOT_OF_ALL = {"ChangeProposal.due", "PlaybookTactic.due", "PlaybookTactic.status"}


def printed() -> Iterator[tuple[str, list[str]]]:
    """Each record of the section with the names of its fields."""
    for line in document.section("8.1").splitlines():
        row = document.cells(line)
        if len(row) != 3 or not re.match(r"\w", row[0]) or row[0].startswith("entity"):
            continue
        if row[0][0].islower():  # several records in one cell, each with its fields in brackets
            yield from ((name, _names(fields)) for name, fields in re.findall(r"([A-Z]\w+)(?: \(([^)]*)\))?", row[1]))
            continue
        entities = re.findall(r"[A-Z][A-Za-z]+", re.sub(r"\(.*?\)", "", row[0]))
        fields = row[1].split(" / ")
        for at, name in enumerate(entities):
            yield name, _names(fields[at] if len(fields) == len(entities) else row[1])


def _names(fields: str) -> list[str]:
    """Names without mark, type, range and remark."""
    parts = re.split(r",\s*", re.sub(r"\([^)]*\)|\{[^}]*\}|[*]", "", fields))
    return [name for part in parts for name in re.sub(r" \d.*|:\w+|\[\]| e$", "", part).strip().split("/") if name]


BUSINESS = [(name, fields) for name, fields in printed() if name not in OF_THE_ENGINE]


def is_kept(entity: str, field: str) -> bool:
    table, _, column = RENAMED.get(f"{entity}.{field}", field.replace(" ", "_")).rpartition(".")
    columns = TABLES[table or table_of(entity)].c
    return column in columns or f"{column}_id" in columns


def table_of(entity: str) -> str:
    return CALLED.get(entity, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", entity).lower())


@pytest.mark.parametrize(("entity", "fields"), BUSINESS, ids=[name for name, _ in BUSINESS])
def test_a_record_keeps_every_field_that_the_catalogue_names(entity: str, fields: list[str]) -> None:
    wanted = [field for field in fields if f"{entity}.{field}" not in NOT_OF_ALL]

    assert table_of(entity) in TABLES
    assert [field for field in wanted if not is_kept(entity, field)] == []


def test_no_exception_is_made_for_what_the_catalogue_does_not_name() -> None:
    named = {f"{entity}.{field}" for entity, fields in BUSINESS for field in fields}

    assert set(RENAMED) | NOT_OF_ALL <= named
    assert len(BUSINESS) == 66
