"""Runs an instance until everything waits, within a budget of steps."""

from __future__ import annotations

from collections import Counter

from SpiffWorkflow.util.task import TaskState

from engine.errors import Stuck, expected
from engine.spiff.expressions import stuck
from engine.spiff.flows import Flow
from engine.spiff.joins import InclusiveGateway


def settle(flow: Flow) -> None:
    """Runs every token that is ready, in the order they became so, until each waits for something outside.

    Raises `Stuck` when the command's budget of steps is used up or when nothing could ever go on.
    """
    ready = flow.ready
    while True:
        while ready:
            token = ready.popleft()
            if token._state != TaskState.READY:
                continue
            if flow.steps_left <= 0:
                raise endless(flow)
            flow.steps_left -= 1
            flow.passed.append(token.task_spec.element)
            token.run()
        if not fire_inclusive(flow):
            break
    if not flow.completed:
        refuse_flood(flow)
        refuse_standstill(flow)


def fire_inclusive(flow: Flow) -> bool:
    """Lets the first inclusive gateway fire that no other token can still reach."""
    if not flow.bundle.inclusive:
        return False
    for token in flow.live.values():
        spec = token.task_spec
        if isinstance(spec, InclusiveGateway) and token._state == TaskState.WAITING and spec.try_fire(token.workflow):
            return True
    return False


def endless(flow: Flow) -> Stuck:
    """The exception for an automatic loop without end, naming the elements that were passed most in the last steps."""
    passed, limit = flow.passed, flow.services.step_budget
    often = [element for element, count in Counter(passed).items() if count > 1] or list(passed)
    names = ", ".join(often[:10])
    message = expected(
        "the process to wait for somebody within %(limit)s steps",
        "it keeps turning through: %(elements)s",
        limit=limit,
        elements=names,
    )
    return stuck("ENDLESS_LOOP", often[0] if often else "", message, elements=often[:10])


def refuse_flood(flow: Flow) -> None:
    """Raises `Stuck` when more tokens live than an instance may have, naming the elements that most of them are at."""
    limit = flow.services.live_tokens
    if len(flow.live) <= limit:
        return
    often = [element for element, _ in Counter(token.task_spec.element for token in flow.live.values()).most_common(5)]
    message = expected(
        "at most %(limit)s tokens at once in a process",
        "there are %(count)s, most of them at: %(elements)s",
        limit=limit,
        count=len(flow.live),
        elements=", ".join(often),
    )
    raise stuck("TOO_MANY_TOKENS", often[0], message, elements=often)


def refuse_standstill(flow: Flow) -> None:
    """Raises `Stuck` when tokens are left but none of them waits for anything that could still happen."""
    if flow.parked or any(token.task_spec.outside for token in flow.live.values()):
        return
    names = sorted({token.task_spec.element for token in flow.live.values()})
    message = expected(
        "something that can still happen", "tokens wait for ever at: %(elements)s", elements=", ".join(names)
    )
    raise stuck("STANDSTILL", names[0] if names else "", message, elements=names)
