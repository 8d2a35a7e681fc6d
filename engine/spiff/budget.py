"""The budget of steps of one command: what turns without end is stopped by name."""

from __future__ import annotations

from collections import Counter

from engine.errors import Stuck, expected
from engine.spiff.expressions import stuck
from engine.spiff.flows import Flow

SHARE = 20
"""How many steps each of many tokens may take in one command, when together they take more than its budget."""


def spend(flow: Flow, element: str) -> None:
    """Takes one step out of the command's budget; raises `Stuck` when it is used up."""
    if flow.steps_left <= 0:
        prolong(flow)
    flow.steps_left -= 1
    flow.passed.append(element)


def prolong(flow: Flow) -> None:
    """Gives a used budget a share for each token, once, if that is more than the budget was; else raises `Stuck`.

    What many runs or receivers of a signal do together in one command is no loop without end.
    """
    share = SHARE * min(len(flow.live), flow.services.live_tokens)
    if share <= flow.steps:
        raise endless(flow)
    flow.steps_left, flow.steps = share - flow.steps, share


def endless(flow: Flow) -> Stuck:
    """The exception for an automatic loop without end, naming the elements that were passed most in the last steps."""
    passed = flow.passed
    often = [element for element, count in Counter(passed).items() if count > 1] or list(passed)
    names = ", ".join(often[:10])
    message = expected(
        "the process to wait for somebody within %(limit)s steps",
        "it keeps turning through: %(elements)s",
        limit=flow.steps,
        elements=names,
    )
    return stuck("ENDLESS_LOOP", often[0] if often else "", message, elements=often[:10])
