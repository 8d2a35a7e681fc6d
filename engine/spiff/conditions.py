"""Conditional events: they happen when what their condition says becomes true (BPMN 2.0, 10.4.5)."""

from __future__ import annotations

from collections.abc import Iterable
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


def watched_in(body: Any, seen: set[int]) -> bool:
    """Whether a condition is waited for inside the runs of this step, so that packed runs have to be looked at."""
    target = getattr(body, "target", None)
    if target is None or target.index in seen:
        return False
    seen.add(target.index)
    steps: Iterable[Any] = target.steps
    return any(conditional(step) or watched_in(step.body or step, seen) for step in steps)


def fire_conditions(flow: Flow) -> bool:
    """Lets every event happen whose condition has become true since it was last looked at; False when none has."""
    if flow.parked and flow.bundle.conditional_runs:
        flow.everything()
    fired = False
    while (token := _next(flow)) is not None:
        spend(flow, token.task_spec.element)
        token.task_spec.fire(token, {})
        fired = True
    return fired


def _next(flow: Flow) -> Token | None:
    """The oldest token whose condition has become true: of several, the same one before and after a pause."""
    now = flow.services.now()
    for token in sorted(flow.live.values(), key=lambda one: one.id):
        spec = token.task_spec
        if spec.index not in flow.bundle.conditional or not token._state & WAITS:
            continue
        condition = spec.awaited(token).condition
        if condition is None:
            continue
        if not condition.holds(spec.in_sight(token), now):
            token.internal_data.pop("held", None)
        elif "held" not in token.internal_data:
            return token
    return None
