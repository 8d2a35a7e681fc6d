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


def refuse_flood(flow: Flow) -> None:
    """Raises `Stuck` when more tokens live than an instance may have, naming the elements that most of them are at."""
    if len(flow.live) > flow.services.live_tokens:
        raise flood(flow, Counter())


def make_room(flow: Flow, element: str, count: int) -> None:
    """Raises `Stuck` when so many tokens more from an element are too many for any budget to bring them to rest."""
    if len(flow.live) + count > SHARE * flow.services.live_tokens:
        raise flood(flow, Counter({element: count}))


def flood(flow: Flow, coming: Counter[str]) -> Stuck:
    """The exception for too many tokens, those there and those coming, naming the elements that have most of them."""
    places = coming + Counter(token.task_spec.element for token in flow.live.values())
    often = [element for element, _ in places.most_common(5)]
    message = expected(
        "at most %(limit)s tokens at once in a process",
        "there are %(count)s, most of them at: %(elements)s",
        limit=flow.services.live_tokens,
        count=places.total(),
        elements=", ".join(often),
    )
    return stuck("TOO_MANY_TOKENS", often[0], message, elements=often)


def endless(flow: Flow) -> Stuck:
    """The exception for an automatic loop without end, naming the elements that were passed most in the last steps."""
    passed = flow.passed
    often = [element for element, count in Counter(passed).items() if count > 1] or list(passed)
    said = {"limit": flow.steps, "elements": ", ".join(often[:10])}
    wanted = "the process to wait for somebody within %(limit)s steps"
    if len(often) < len(passed):
        message = expected(wanted, "it keeps turning through: %(elements)s", **said)
    else:
        message = expected(wanted, "it passes more of them in a row, among the last: %(elements)s", **said)
    return stuck("ENDLESS_LOOP", often[0] if often else "", message, elements=often[:10])
