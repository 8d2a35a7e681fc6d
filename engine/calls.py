"""Performing what a drawing asks of the engine: service, rule, send and script steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from engine import consequences, expressions, figures, plain
from engine.attempts import Attempt, Undo
from engine.bpmn import Element
from engine.builtins import BUILT_IN
from engine.contract import BpmnError, Done, Fail, Handler, Outcome, Refuse, Snooze, TaskContext
from engine.decision_results import result_variables
from engine.errors import Sentence, Trouble
from engine.feel import parse_duration
from engine.identity import new_id
from engine.incidents import open_incident
from engine.live import Live
from engine.port import CallWanted, Effect, Place
from engine.states import JobState
from engine.tables import job

UNHANDLED = "HANDLER_FAILED"


@dataclass(frozen=True)
class Call:
    """One step to perform now: where, its drawing's element, and the job (with its fence) that it comes from, if any.

    A job queued again keeps its id, the idempotency key, and its fence, which only grows.
    """

    place: Place
    element: Element
    attempt: int = 1
    retries_left: int | None = None
    job_id: str | None = None
    fence: int = 0


def perform(live: Live, call: Call) -> list[Effect]:
    """Runs the step inside the transaction and moves the token as its outcome says."""
    return settle(live, call, _guarded(live, call))


def is_remote(live: Live, element: Element) -> bool:
    """Whether the step's handler runs as a job, outside any transaction."""
    found = live.engine.registry.find(element.handler) if element.handler else None
    return found is not None and found.kind == "remote"


def runs_later(live: Live, effect: CallWanted) -> bool:
    """Whether the step waits for a worker: its handler is remote, or the drawing says `asyncBefore`."""
    element = live.element(effect.place)
    return element.attributes.get("asyncBefore") == "true" or is_remote(live, element)


def _guarded(live: Live, call: Call) -> Outcome:
    attempt = Attempt(f"Step {call.element.id}", live.engine.limits.local_handler.total_seconds())
    try:
        with attempt, live.transaction.savepoint():
            outcome = _outcome(live, call)
            if not isinstance(outcome, Done):
                raise Undo(outcome)
            live.execution.check(outcome.variables)
            return outcome
    except Undo as undone:
        return undone.outcome
    assert attempt.failed is not None
    return attempt.failed


def _outcome(live: Live, call: Call) -> Outcome:
    kind = call.element.kind
    variables = live.execution.variables(call.place.token)
    if kind == "businessRuleTask" and call.element.decision is not None:
        return _rule(live, call, variables)
    if kind == "scriptTask":
        return Done(_script(call.element, expressions.feel(call.element.script or "null", variables, live.now)))
    return run_handler(live, call, call.element.handler or "", variables)


def _script(element: Element, found: Any) -> dict[str, Any]:
    """The variables that a script sets: its `resultVariable`, else those of the context that it gives."""
    name = element.attributes.get("resultVariable")
    if name:
        return {name: found}
    return dict(found) if isinstance(found, Mapping) else {}


def _rule(live: Live, call: Call, variables: Mapping[str, Any]) -> Outcome:
    element, decision = call.element, call.element.decision or ""
    result = live.evaluate(decision, variables, call.place)
    given = result_variables(element, decision, result)
    name = f"{call.place.process}.{element.id}"
    if live.engine.registry.find(name) is None:
        return Done(given)
    outcome = run_handler(live, call, name, {**variables, **given}, result.value)
    if isinstance(outcome, Done):
        return replace(outcome, variables={**given, **outcome.variables})
    return outcome


def run_handler(
    live: Live,
    call: Call,
    name: str,
    variables: Mapping[str, Any],
    result: Any = None,
    form: Mapping[str, Any] | None = None,
) -> Outcome:
    """Calls a local or built-in handler with its context."""
    if name in BUILT_IN:
        return BUILT_IN[name](live, call.place, variables)
    return live.engine.registry.get(name)(context(live, call, variables, result, form))


def context(
    live: Live, call: Call, variables: Mapping[str, Any], result: Any = None, form: Mapping[str, Any] | None = None
) -> TaskContext[Any]:
    """What the handler of a call sees."""
    place = call.place
    return TaskContext(
        instance_id=live.instance_id,
        process=place.process,
        element=place.element,
        business_key=live.about(variables),
        variables=variables,
        now=live.now,
        key=f"{live.instance_id}:{place.element}:{place.token}",
        session=live.transaction.connection,
        decide=lambda decision, inputs: live.decide(decision, inputs, place),
        attempt=call.attempt,
        actor=live.actor,
        form=form or {},
        result=result,
        properties=call.element.properties,
        figures=figures.Kept(live.engine, live.transaction.connection),
    )


def settle(live: Live, call: Call, outcome: Outcome) -> list[Effect]:
    """Applies an outcome: moves the token, queues another try, throws the error, or asks a person."""
    if isinstance(outcome, Done):
        return _done(live, call, outcome)
    if isinstance(outcome, BpmnError):
        return _throw(live, call, outcome)
    if isinstance(outcome, Snooze):
        live.journal.record("step.snoozed", call.place.process, call.place.element, reason=outcome.reason)
        queue(live, call, live.now + outcome.delay, call.attempt)
        return []
    failed = outcome if isinstance(outcome, Fail) else Fail(_refused(outcome), retry=False)
    return _failed(live, call, failed)


def _refused(outcome: Refuse) -> Sentence:
    return Sentence("%(errors)s", errors="; ".join(f"{name}: {text}" for name, text in outcome.errors.items()))


def _done(live: Live, call: Call, outcome: Done) -> list[Effect]:
    place = call.place
    live.journal.record("step.done", place.process, place.element, variables=dict(outcome.variables))
    return list(live.execution.complete(place.token, consequences.draw(live, place, outcome)))


def _throw(live: Live, call: Call, error: BpmnError) -> list[Effect]:
    place = call.place
    given = {"error_code": error.code, "error_message": str(error.message), **error.variables}
    live.journal.record("error.thrown", place.process, place.element, code=error.code, message=str(error.message))
    effects = live.execution.throw(place.token, error.code, given)
    if effects is not None:
        return list(effects)
    return _failed(live, call, Fail(error.message, retry=False), error.code)


def _failed(live: Live, call: Call, failed: Fail, code: str = UNHANDLED) -> list[Effect]:
    place = call.place
    delays = retry_delays(live, call.element)
    left = len(delays) if call.retries_left is None else call.retries_left
    live.journal.record(
        "step.failed", place.process, place.element, reason=str(failed.reason), attempt=call.attempt, left=left
    )
    if failed.retry and left > 0:
        delay = delays[min(len(delays) - left, len(delays) - 1)] if delays else timedelta(0)
        queue(live, call, live.now + delay, call.attempt + 1, left - 1, str(failed.reason))
        return []
    job_id = queue(live, call, live.now, call.attempt + 1, 0, str(failed.reason), JobState.INCIDENT)
    trouble = Trouble(
        code,
        place.element,
        Sentence(
            "Step %(step)s cannot go on: %(reason)s", step=call.element.names or place.element, reason=failed.reason
        ),
    )
    open_incident(
        live.engine,
        live.transaction,
        trouble,
        instance_id=live.instance_id,
        job_id=job_id,
        process_key=live.key_of(place.process),
        business_key=live.about(live.execution.variables(place.token)),
    )
    return []


def retry_delays(live: Live, element: Element) -> list[timedelta]:
    """How long to wait before each further try: as drawn (`R3/PT5M`, `PT1M,PT5M`), else the engine's own."""
    text = element.attributes.get("failedJobRetryTimeCycle")
    if not text:
        return list(live.engine.limits.retry_delays)
    count, _, span = text.rpartition("/")
    parts = [parse_duration(part.strip()) for part in span.split(",")]
    delays = [part for part in parts if isinstance(part, timedelta)]
    return delays * int(count[1:]) if count.startswith("R") and count[1:].isdigit() else delays


def queue(
    live: Live,
    call: Call,
    due: Any,
    attempt: int = 1,
    retries_left: int | None = None,
    error: str | None = None,
    state: JobState = JobState.READY,
) -> str:
    """Adds the job that performs this step later (or, with the same id, again); returns its id."""
    identity = call.job_id or new_id()
    left = len(retry_delays(live, call.element)) if retries_left is None else retries_left
    live.transaction.execute(
        job.insert(),
        {
            "id": identity,
            "instance_id": live.instance_id,
            "token": call.place.token,
            "kind": "call",
            "name": call.element.handler or call.element.decision or "",
            "element": call.place.element,
            "payload": plain.write({"process": call.place.process, "round": call.place.round}),
            "state": state,
            "due": due,
            "attempt": attempt,
            "fence": call.fence,
            "retries_left": left,
            "error": error,
            "lock_key": live.instance_id,
            "created_at": live.now,
        },
    )
    live.transaction.after_commit(live.engine.wake)
    return identity


def remote_handler(live: Live, element: Element) -> Handler:
    """The remote handler behind a step."""
    return live.engine.registry.get(element.handler or "")
