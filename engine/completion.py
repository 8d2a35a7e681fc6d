"""Completing a user task: the one command in which a person's answers, the records and the process move together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import null

from engine import advance, approvals, calls, consequences, forms, incidents, plain, rights
from engine.attempts import Attempt
from engine.bpmn import Element
from engine.contract import BpmnError, Done, Fail, Refuse
from engine.core import Engine, Option, Sought
from engine.errors import Conflict, EngineError, InvalidForm, NotFound, RecordChanged, Sentence, Stuck, Trouble
from engine.live import Live
from engine.port import Place
from engine.prepared import Prepared, given
from engine.states import ApprovalState, TaskState
from engine.tables import Row, user_task
from engine.task_rows import note, open_row, row
from engine.transaction import Transaction

_CLOSE = Prepared(
    user_task.update()
    .where(user_task.c.id == given("task"), user_task.c.row_version == given("seen"))
    .values(
        state=TaskState.COMPLETED,
        completed_at=given("now"),
        completed_by=given("actor"),
        on_behalf_of=given("absent"),
        draft=null(),
        row_version=user_task.c.row_version + 1,
    )
)


class HandlerFailed(EngineError):
    """The step behind a task could not be recorded; nothing was changed and the answers are kept as a draft."""


@dataclass(frozen=True)
class Completed:
    """A finished task: its instance, and the tasks that this opened."""

    instance_id: str
    next_tasks: tuple[str, ...]


def complete(
    engine: Engine,
    task_id: str,
    actor: str,
    values: Mapping[str, Any],
    expect_version: int | None = None,
    record_seen: str | None = None,
    zone: tzinfo = UTC,
) -> Completed:
    """Finishes a task with the answers of its form and lets the process go on.

    `values` are raw answers by field (texts from a page, or typed values); `record_seen` is the mark of the
    record that the page showed; what is today for the form is so in `zone`. Raises `InvalidForm` with a sentence by
    field, `Conflict` when somebody was faster, `RecordChanged` when the step would change a record that is no longer
    as it was seen, `NotAllowed`, `NotFound`, `HandlerFailed` when recording them failed, and `Stuck` when the process
    cannot go on from here, which operations are told as an incident (in both cases the answers are kept as a draft).
    """

    def command(transaction: Transaction) -> Completed:
        task = open_row(engine, transaction, task_id, expect_version)
        directory = engine.directory(transaction.connection)
        right = rights.right_to_work(transaction.connection, directory, task, actor, engine.clock.now())
        if task["token"] is None:
            return _acknowledge(engine, transaction, task, actor, values)
        live = advance.load(engine, transaction, task["instance_id"], actor)
        live.directory = directory
        live.journal.on_behalf_of = right.on_behalf_of
        _finish(live, task, right, values, record_seen, zone)
        advance.save(live)
        return Completed(live.instance_id, tuple(live.opened_tasks))

    try:
        return engine.database.perform(command)
    except HandlerFailed:
        _put_aside(engine, task_id, values, None)
        raise
    except Stuck as stuck:
        _put_aside(engine, task_id, values, stuck.trouble)
        raise


def _put_aside(engine: Engine, task_id: str, values: Mapping[str, Any], trouble: Trouble | None) -> None:
    with engine.database.write() as transaction:
        task = row(engine, transaction, task_id)
        if task["state"] not in (TaskState.OPEN, TaskState.CLAIMED):
            return  # somebody else finished it meanwhile
        keep_draft(engine, transaction, task_id, values)
        if trouble is not None:
            about = {name: task[name] for name in ("instance_id", "process_key", "business_key")}
            incidents.open_incident(engine, transaction, trouble, task_id=task_id, **about)


def _acknowledge(
    engine: Engine, transaction: Transaction, task: Row, actor: str, values: Mapping[str, Any]
) -> Completed:
    _close(transaction, task, actor, None, engine.clock.now())
    given = {name: str(value) for name, value in values.items()}
    note(engine, transaction, task, actor, "warning.acknowledged", values=given)
    return Completed(task["instance_id"], ())


def _finish(
    live: Live, task: Row, right: rights.Right, values: Mapping[str, Any], record_seen: str | None, zone: tzinfo
) -> None:
    place = Place(task["token"], task["process"], task["element"], task["round"])
    variables = live.execution.variables(place.token)
    if record_seen is not None and changes_records(live.element(place)):
        _refuse_newer(live, live.about(variables), record_seen)
    answers = _validated(live, task, values, variables, right.on_behalf_of or right.actor, zone)
    given = _run_listener(live, place, variables, answers)
    _close(live.transaction, task, right.actor, right.on_behalf_of, live.now)
    live.journal.record(
        "task.completed",
        place.process,
        place.element,
        task=task["id"],
        values=answers,
        before=_before(answers, variables),
    )
    if task["kind"] == "approval":
        _decide(live, task, answers)
    if task["draft"] is not None:  # answers were put aside before, perhaps with an incident
        incidents.resolve(live.transaction, live.now, right.actor, "the task was completed", task_id=task["id"])
    advance.absorb(live, live.execution.complete(place.token, {**answers, **given}))


def changes_records(element: Element) -> bool:
    """Whether finishing a step writes to the record that it is about."""
    return "complete" in element.listeners


def _refuse_newer(live: Live, business_key: str, seen: str) -> None:
    found = live.engine.records.changed(live.transaction.connection, business_key, seen)
    if found is not None:
        who = live.directory.display_name(found.who)
        raise RecordChanged(found.record, found.who, who, found.when, found.values)


def _before(answers: Mapping[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: variables[name] for name in answers if name in variables and variables[name] != answers[name]}


def _validated(
    live: Live, task: Row, values: Mapping[str, Any], variables: Mapping[str, Any], user: str, zone: tzinfo
) -> dict[str, Any]:
    name = task["form"]
    if name is None:
        return dict(values)
    content = live.bundle.forms.get(name)
    if content is None:
        raise NotFound("Expected form %(form)s to be deployed with the process, but it is missing.", form=name)
    form = forms.parse_form(content, name)
    connection, about = live.transaction.connection, live.about(variables)

    @cache
    def offered(reference: str) -> list[Option]:
        return live.engine.references(connection, reference, user, about, Sought.among(values))

    now = live.now.astimezone(zone)
    return forms.validate(form, values, variables, lambda reference, _known: offered(reference), now)


def _run_listener(
    live: Live, place: Place, variables: Mapping[str, Any], answers: Mapping[str, Any]
) -> Mapping[str, Any]:
    element = live.element(place)
    name = element.listeners.get("complete")
    if name is None:
        return {}
    call = calls.Call(place, element)
    attempt = Attempt(f"Step {element.id}", live.engine.limits.local_handler.total_seconds())
    with attempt:
        outcome = calls.run_handler(live, call, name, {**variables, **answers}, form=answers)
        if isinstance(outcome, Done):
            live.execution.check(outcome.variables)
    if attempt.failed is not None:
        raise _failure(element, attempt.failed)
    if isinstance(outcome, Done):
        return consequences.draw(live, place, outcome)
    if isinstance(outcome, Refuse):
        raise InvalidForm(outcome.errors)
    if isinstance(outcome, Fail):
        raise _failure(element, outcome)
    if isinstance(outcome, BpmnError):
        raise _failure(element, Fail(outcome.message))
    raise _failure(element, Fail(Sentence(outcome.reason)))


def _failure(element: Element, failed: Fail) -> HandlerFailed:
    return HandlerFailed(
        "%(step)s could not be recorded: %(reason)s Nothing was changed; your answers are kept as a draft.",
        step=element.names or element.id,
        reason=failed.reason,
    )


def _close(transaction: Transaction, task: Row, actor: str, on_behalf_of: str | None, now: Any) -> None:
    changed = _CLOSE.run(
        transaction.connection,
        {"task": task["id"], "seen": task["row_version"], "now": now, "actor": actor, "absent": on_behalf_of},
    )
    if changed != 1:
        raise Conflict("Expected an open task, but somebody finished it at the same moment.")


def _decide(live: Live, task: Row, answers: Mapping[str, Any]) -> None:
    approved = answers.get("decision") == "approve"
    approvals.close_request(
        live,
        task["id"],
        ApprovalState.APPROVED if approved else ApprovalState.REJECTED,
        decision=str(answers.get("decision")),
        comment=answers.get("comment"),
    )


def keep_draft(engine: Engine, transaction: Transaction, task_id: str, values: Mapping[str, Any]) -> None:
    """Stores answers with an open task."""
    transaction.execute(
        user_task.update()
        .where(user_task.c.id == task_id)
        .values(draft=plain.write(dict(values)), draft_at=engine.clock.now())
    )
