"""Conditional events: they happen when what their condition says becomes true (BPMN 2.0, 10.4.5)."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.spiff.budget import spend
from engine.spiff.catching import Catching
from engine.spiff.flows import Flow
from engine.spiff.steps import Step
from engine.spiff.tokens import Token

WAITS = TaskState.WAITING | TaskState.STARTED


def conditional(step: Step) -> bool:
    """Whether a step waits for a condition."""
    return isinstance(step, Catching) and any(trigger.condition is not None for trigger in step.triggers)


def fire_conditions(flow: Flow) -> bool:
    """Lets every event happen whose condition has become true since it was last looked at; False when none has."""
    fired = False
    while (token := _next(flow)) is not None:
        spend(flow, token.task_spec.element)
        token.task_spec.fire(token, {})
        fired = True
    return fired


def _next(flow: Flow) -> Token | None:
    """The oldest token whose condition has become true: of several, the same one before and after a pause."""
    watch: Any = flow.watch
    if watch.concerns_runs:
        flow.everything()
        watch.concerns_runs = False
    for number in watch.due():
        token = flow.live.get(number)
        if token is None or not token._state & WAITS:
            continue
        spec = token.task_spec
        if not spec.awaited(token).condition.holds(spec.in_sight(token), flow.services.now()):
            token.internal_data.pop("held", None)
        elif "held" not in token.internal_data:
            return token
    return None
