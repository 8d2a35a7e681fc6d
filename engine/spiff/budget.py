"""The budget of steps of one command: what turns without end is stopped by name."""

from __future__ import annotations

from collections import Counter

from engine.errors import Stuck, expected
from engine.spiff.expressions import stuck
from engine.spiff.flows import Flow


def spend(flow: Flow, element: str) -> None:
    """Takes one step out of the command's budget; raises `Stuck` when it is used up."""
    if flow.steps_left <= 0:
        raise endless(flow)
    flow.steps_left -= 1
    flow.passed.append(element)


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
