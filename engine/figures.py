"""What reports ask of the engine: decided approvals, how processes fare, what waits for whom."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, case, func, select

from engine.bundles import bundle
from engine.contract import ApprovalFigure, ProcessFigure, RunningFigure, WaitingFigure
from engine.core import Engine
from engine.states import ApprovalState, InstanceState, TaskState
from engine.tables import (
    Row,
    approval_request,
    history_event,
    incident,
    process_definition,
    process_instance,
    task_candidate,
    user_task,
)

DECIDED = (ApprovalState.APPROVED, ApprovalState.REJECTED)
OPEN = (TaskState.OPEN, TaskState.CLAIMED)
WORKED, SKIPPED = "task.completed", "task.skipped"
HOUR = Decimal(3600)


class Kept:
    """`engine.contract.Figures` over the tables, read in the transaction of `connection`."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._engine, self._connection = engine, connection

    def approvals(self, first: datetime, end: datetime) -> Sequence[ApprovalFigure]:
        """The approvals decided in the period, by the time of the decision."""
        at = approval_request.c
        query = select(approval_request).where(at.state.in_(DECIDED), at.decided_at >= first, at.decided_at < end)
        rows = self._connection.execute(query.order_by(at.decided_at, at.id)).mappings().all()
        return [self._approval(row) for row in rows]

    def _approval(self, row: Row) -> ApprovalFigure:
        begun, escalations = row, 0
        while begun["escalated_from"] is not None:
            query = select(approval_request).where(approval_request.c.id == begun["escalated_from"])
            begun, escalations = self._connection.execute(query).mappings().one(), escalations + 1
        return ApprovalFigure(
            type=row["type"],
            level=row["level"],
            requester=row["requester"],
            approver=row["approver"],
            approved=row["state"] == ApprovalState.APPROVED,
            requested_at=begun["requested_at"],
            due_at=begun["due_at"],
            decided_at=row["decided_at"],
            escalations=escalations,
        )

    def processes(self, first: datetime, end: datetime) -> Sequence[ProcessFigure]:
        """Every process with something running, or ended in the period, by key."""
        keys = self._keys()
        states, cycles = self._instances(keys, first, end)
        troubles, marked, skipped = self._incidents(first, end), *self._marked(keys, first, end)
        return [
            ProcessFigure(
                key=key,
                running=states[key, InstanceState.RUNNING],
                completed=states[key, InstanceState.COMPLETED],
                cancelled=states[key, InstanceState.CANCELLED],
                cycle_hours=tuple(cycles[key]),
                incidents=troubles[key],
                marked=marked[key],
                skipped=skipped[key],
            )
            for key in sorted({key for key, _ in states})
        ]

    def _keys(self) -> Mapping[str, str]:
        query = select(process_definition.c.id, process_definition.c.key)
        return {row.id: row.key for row in self._connection.execute(query)}

    def _instances(
        self, keys: Mapping[str, str], first: datetime, end: datetime
    ) -> tuple[Counter[tuple[str, str]], Mapping[str, list[Decimal]]]:
        at = process_instance.c
        states: Counter[tuple[str, str]] = Counter()
        cycles: dict[str, list[Decimal]] = defaultdict(list)
        open_ones = select(at.definition_id, at.state, func.count()).where(at.ended_at.is_(None))
        for definition, state, count in self._connection.execute(open_ones.group_by(at.definition_id, at.state)):
            states[keys[definition], state] += count
        query = select(at.definition_id, at.state, at.started_at, at.ended_at)
        for row in self._connection.execute(query.where(at.ended_at >= first, at.ended_at < end)):
            key = keys[row.definition_id]
            states[key, row.state] += 1
            if row.state == InstanceState.COMPLETED:
                cycles[key].append(Decimal(int((row.ended_at - row.started_at).total_seconds())) / HOUR)
        return states, cycles

    def _incidents(self, first: datetime, end: datetime) -> Counter[str]:
        at = incident.c
        query = select(at.process_key, func.count()).where(at.created_at >= first, at.created_at < end)
        return Counter({key: count for key, count in self._connection.execute(query.group_by(at.process_key))})

    def _marked(self, keys: Mapping[str, str], first: datetime, end: datetime) -> tuple[Counter[str], Counter[str]]:
        """How many best-practice steps people were to work, and how many of them were skipped, by process key.

        Only the instances that ran in the period are looked at: the history of years is long.
        """
        at, ran = history_event.c, process_instance.c
        there = select(ran.id).where(ran.started_at < end, ran.ended_at.is_(None) | (ran.ended_at >= first))
        query = (
            select(ran.definition_id, at.process, at.element, at.kind, func.count())
            .join(process_instance, ran.id == at.instance_id)
            .where(at.instance_id.in_(there), at.kind.in_((WORKED, SKIPPED)), at.at >= first, at.at < end)
            .group_by(ran.definition_id, at.process, at.element, at.kind)
        )
        marked: Counter[str] = Counter()
        skipped: Counter[str] = Counter()
        for definition, process, element, kind, count in self._connection.execute(query):
            model = bundle(self._engine, self._connection, definition).models.get(process)
            drawn = model.elements.get(element) if model is not None else None  # none: an instance that was migrated
            if drawn is not None and drawn.high_performing:
                marked[keys[definition]] += count
                skipped[keys[definition]] += count if kind == SKIPPED else 0
        return marked, skipped

    def waiting(self, now: datetime) -> Sequence[WaitingFigure]:
        """The open tasks by group; those for people by name stand under None."""
        at, offered = user_task.c, task_candidate.c
        late = func.sum(case((at.due_at < now, 1), else_=0))
        query = (
            select(offered.name, func.count(), late, func.min(at.created_at))
            .select_from(user_task)
            .outerjoin(task_candidate, (offered.task_id == at.id) & (offered.kind == "group"))
            .where(at.state.in_(OPEN))
            .group_by(offered.name)
        )
        found = self._connection.execute(query).all()
        return [WaitingFigure(*row) for row in sorted(found, key=lambda row: row[0] or "")]

    def running(self, business_key: str) -> Sequence[RunningFigure]:
        """The instances that run about a record, oldest first, with what is open in each."""
        at, definition, task = process_instance.c, process_definition.c, user_task.c
        query = (
            select(at.id, definition.key, definition.names, task.names.label("task"), task.kind)
            .join(process_definition, definition.id == at.definition_id)
            .outerjoin(user_task, (task.instance_id == at.id) & task.state.in_(OPEN))
            .where(at.business_key == business_key, at.state == InstanceState.RUNNING)
            .order_by(at.started_at, at.id, task.id)
        )
        found: dict[tuple[str, str, str], dict[bool, list[Mapping[str, str]]]] = {}
        for row in self._connection.execute(query):
            work = found.setdefault((row.id, row.key, row.names), {False: [], True: []})
            if row.task is not None:
                work[row.kind == "approval"].append(json.loads(row.task))
        return [
            RunningFigure(instance, key, json.loads(names), tuple(work[False]), tuple(work[True]))
            for (instance, key, names), work in found.items()
        ]
