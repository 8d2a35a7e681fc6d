"""Runs an instance until everything waits, within a budget of steps."""

from __future__ import annotations

from SpiffWorkflow.util.task import TaskState

from engine.errors import expected
from engine.spiff.budget import prolong, refuse_flood
from engine.spiff.conditions import fire_conditions
from engine.spiff.expressions import stuck
from engine.spiff.flows import Flow
from engine.spiff.state import awaits_outside


def settle(flow: Flow) -> None:
    """Runs every token that is ready, in the order they became so, until each waits for something outside.

    Raises `Stuck` when the command's budget of steps is used up or when nothing could ever go on.
    """
    ready, conditional = flow.ready, flow.bundle.conditional
    while True:
        while ready:
            if conditional:
                fire_conditions(flow)
            token = ready.popleft()
            if token._state != TaskState.READY:
                continue
            if flow.steps_left <= 0:
                prolong(flow)
            flow.steps_left -= 1
            flow.passed.append(token.task_spec.element)
            token.run()
        if not ((conditional and fire_conditions(flow)) or act_at_rest(flow)):
            break
    if not flow.completed:
        refuse_flood(flow)
        refuse_standstill(flow)


def act_at_rest(flow: Flow) -> bool:
    """Lets the first step act that only acts when nothing else moves; False when none has anything to do."""
    if not flow.bundle.rests:
        return False
    for token in flow.live.values():
        spec = token.task_spec
        if spec.rests and spec.rest(token):
            return True
    return False


def refuse_standstill(flow: Flow) -> None:
    """Raises `Stuck` when tokens are left but none of them waits for anything that could still happen.

    What waits to start an event sub-process does not count: nearly every process has one, for being withdrawn.
    """
    if any(token.task_spec.awaits_outside and not token.triggered for token in flow.live.values()):
        return
    packed = (run for one in flow.parked.values() for run in (one.runs or {}).values())
    if any(awaits_outside(flow.bundle.steps, run) for run in packed):
        return
    names = sorted({token.task_spec.element for token in flow.everything() if not token.triggered})
    message = expected(
        "something that can still happen", "tokens wait for ever at: %(elements)s", elements=", ".join(names)
    )
    raise stuck("STANDSTILL", names[0] if names else "", message, elements=names)
