"""Approvals: who may decide, until when, and what came of it (catalogue 0.1, pattern AP)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from engine import expressions, plain
from engine.bpmn.expressions import shown
from engine.contract import Notice
from engine.errors import Sentence, Stuck, Trouble, expected
from engine.identity import new_id
from engine.incidents import OPERATIONS, open_incident
from engine.live import Live
from engine.notices import send
from engine.port import Place
from engine.states import ApprovalState, JobState, move
from engine.tables import Row, approval_request, job

TOP_LEVEL = 3
DEFAULT_SLA_DECISION = "approval_sla"


@dataclass(frozen=True)
class Plan:
    """How one approval is to be asked: level, candidates and times."""

    level: int
    type: str
    requester: str | None
    candidates: tuple[str, ...]
    remind_at: datetime | None
    due_at: datetime | None
    escalated_from: str | None


def plan(live: Live, process: str, element: str, variables: Mapping[str, Any]) -> Plan:
    """The plan of an approval task about to open; the same one for its timers and the task itself."""
    known = live.plans.get((process, element))
    if known is None:
        known = live.plans[(process, element)] = _make_plan(live, process, element, variables)
    assert isinstance(known, Plan)
    return known


def _make_plan(live: Live, process: str, element: str, variables: Mapping[str, Any]) -> Plan:
    properties = live.bundle.element(process, element).properties
    previous = _last_request(live, process, element)
    level, escalated_from = _level(live, element, properties, variables, previous)
    requester = _requester(live, properties, variables)
    candidates = _candidates(live, level, requester)
    place = Place(0, process, element)
    sla = _service_level(live, properties, variables, level, place)
    party = candidates[0] if candidates else "group:ops"
    due = live.directory.due_after(party, live.now, Decimal(sla["sla_hours"]))
    remind = live.directory.due_after(party, live.now, Decimal(sla["remind_hours"]))
    return Plan(level, properties.get("approval.type", "other"), requester, candidates, remind, due, escalated_from)


def _level(
    live: Live, element: str, properties: Mapping[str, str], variables: Mapping[str, Any], previous: Row | None
) -> tuple[int, str | None]:
    """Who decides, and the request that this was escalated from; raises `Stuck` where the drawing gives no level."""
    if previous is not None and previous["state"] == ApprovalState.ESCALATED:
        return min(int(previous["level"]) + 1, TOP_LEVEL), str(previous["id"])
    text = properties.get("approval.level", "1")
    found = expressions.feel(text, variables, live.now)
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        message = expected(
            "a number as the level of the approval '%(element)s'",
            "'%(text)s' gave %(value)s",
            element=element,
            text=text,
            value="null" if found is None else shown(found),
        )
        raise Stuck(Trouble("APPROVAL_LEVEL", element, message))
    return max(1, min(int(found), TOP_LEVEL)), None


def _requester(live: Live, properties: Mapping[str, str], variables: Mapping[str, Any]) -> str | None:
    text = properties.get("approval.requester")
    found = expressions.feel(text, variables, live.now) if text else None
    return str(found) if found else live.actor or live.started_by


def _candidates(live: Live, level: int, requester: str | None) -> tuple[str, ...]:
    if requester is None:
        return ()
    return tuple(user for user in live.directory.approvers(level, requester) if user != requester)


def _service_level(
    live: Live, properties: Mapping[str, str], variables: Mapping[str, Any], level: int, place: Place
) -> Mapping[str, Any]:
    urgency = expressions.feel(properties.get("approval.urgency", '"normal"'), variables, live.now)
    inputs = {"approval_level": level, "urgency": "urgent" if urgency == "urgent" else "normal"}
    result = live.decide(properties.get("approval.sla", DEFAULT_SLA_DECISION), inputs, place)
    return result if isinstance(result, Mapping) else {"sla_hours": 24, "remind_hours": 12}


def _last_request(live: Live, process: str, element: str) -> Row | None:
    query = (
        select(approval_request)
        .where(
            approval_request.c.instance_id == live.instance_id,
            approval_request.c.process == process,
            approval_request.c.element == element,
        )
        .order_by(approval_request.c.id.desc())
        .limit(1)
    )
    return live.transaction.execute(query).mappings().one_or_none()


def timer_context(live: Live, process: str, element: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """What an approval's timers read: `remind_at`, and `due_at`, which is null at the top level."""
    made = plan(live, process, element, variables)
    top = made.level >= TOP_LEVEL
    return {"remind_at": made.remind_at, "due_at": None if top else made.due_at, "level": made.level}


def open_request(live: Live, place: Place, task_id: str, made: Plan, subject: str) -> None:
    """Writes the request of a task just opened, tells the candidates, and asks operations when there are none."""
    live.plans.pop((place.process, place.element), None)
    about = live.about(live.execution.variables(place.token))
    row = {
        "id": new_id(),
        "task_id": task_id,
        "instance_id": live.instance_id,
        "process": place.process,
        "element": place.element,
        "business_key": about,
        "type": made.type,
        "level": made.level,
        "requester": made.requester,
        "state": ApprovalState.OPEN,
        "requested_at": live.now,
        "remind_at": made.remind_at,
        "due_at": made.due_at,
        "escalated_from": made.escalated_from,
    }
    live.transaction.execute(approval_request.insert(), row)
    live.journal.record(
        "approval.requested",
        place.process,
        place.element,
        level=made.level,
        requester=made.requester,
        candidates=list(made.candidates),
        due=made.due_at,
    )
    _announce(live, place, task_id, made, subject, about)
    if made.level >= TOP_LEVEL and made.due_at is not None:
        watch_overdue(live, task_id, made.due_at)


def _announce(live: Live, place: Place, task_id: str, made: Plan, subject: str, about: str) -> None:
    text = Sentence("Please decide: %(subject)s.", subject=subject)
    notices = [Notice(user, None, text) for user in made.candidates]
    send(live.transaction, live.directory, live.now, notices, f"/tasks/{task_id}")
    if not made.candidates:
        trouble = Trouble(
            "NO_APPROVER",
            place.element,
            Sentence(
                "Expected a manager of level %(level)s above %(requester)s to approve %(subject)s, but there is none. "
                "Pick an approver.",
                level=made.level,
                requester=live.directory.names(made.requester) if made.requester else Sentence("nobody"),
                subject=subject,
            ),
        )
        open_incident(
            live.engine,
            live.transaction,
            trouble,
            instance_id=live.instance_id,
            task_id=task_id,
            process_key=live.key_of(place.process),
            business_key=about,
        )


def watch_overdue(live: Live, task_id: str, due: datetime) -> None:
    """At the top level nothing escalates: operations are told every day that it is overdue."""
    row = {
        "id": new_id(),
        "instance_id": live.instance_id,
        "kind": "overdue",
        "payload": plain.write({"task_id": task_id}),
        "state": JobState.READY,
        "due": due,
        "lock_key": live.instance_id,
        "created_at": live.now,
    }
    live.transaction.execute(job.insert(), row)


def tell_overdue(live: Live, task_id: str) -> datetime | None:
    """Tells operations of a top-level approval still open, and returns when to look again; None once it is closed."""
    request = current(live.transaction.connection, task_id)
    if request is None or request["state"] != ApprovalState.OPEN:
        return None
    text = Sentence("An approval at the highest level is overdue: %(key)s.", key=live.business_key)
    send(live.transaction, live.directory, live.now, [Notice(None, OPERATIONS, text)], f"/tasks/{task_id}")
    live.journal.record("approval.overdue", request["process"], request["element"], level=request["level"])
    return live.now + timedelta(days=1)


def current(connection: Connection, task_id: str) -> Row | None:
    """The approval request behind a task, if it is an approval."""
    query = select(approval_request).where(approval_request.c.task_id == task_id)
    return connection.execute(query.order_by(approval_request.c.id.desc()).limit(1)).mappings().one_or_none()


def close_request(
    live: Live, task_id: str, state: ApprovalState, *, decision: str | None = None, comment: str | None = None
) -> None:
    """Moves the open request of a task to its final state and logs it; nothing happens when there is none."""
    request = current(live.transaction.connection, task_id)
    if request is None or request["state"] != ApprovalState.OPEN:
        return
    move("approval", ApprovalState(request["state"]), state)
    decided = state in (ApprovalState.APPROVED, ApprovalState.REJECTED)
    values = {
        "state": state,
        "decided_at": live.now,
        "approver": live.actor if decided else None,
        "decision": decision,
        "comment": comment,
    }
    live.transaction.execute(approval_request.update().where(approval_request.c.id == request["id"]), values)
    live.journal.record(
        f"approval.{state.value}", request["process"], request["element"], level=request["level"], comment=comment
    )


def escalate(live: Live, request: Row | None) -> None:
    """Marks an open request escalated; the task opens again one level higher."""
    if request is None or request["state"] != ApprovalState.OPEN:
        return
    values = {"state": ApprovalState.ESCALATED, "decided_at": live.now}
    live.transaction.execute(approval_request.update().where(approval_request.c.id == request["id"]), values)
    live.journal.record("approval.escalated", request["process"], request["element"], level=request["level"])


def of_record(connection: Connection, business_key: str) -> list[Row]:
    """All approval requests about one record, newest first."""
    query = select(approval_request).where(approval_request.c.business_key == business_key)
    return list(connection.execute(query.order_by(approval_request.c.id.desc())).mappings())


def requesters(connection: Connection, task_ids: Collection[str]) -> Mapping[str, str]:
    """Who asked, by the task of the request."""
    at = approval_request.c
    query = select(at.task_id, at.requester).where(at.task_id.in_(task_ids), at.requester.is_not(None))
    return {row.task_id: row.requester for row in connection.execute(query)}
