"""Activities that begin with several tokens, or end with several (BPMN 2.0, 13.2.1 and table 10.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.quantities import COMPLETION_QUANTITY, START_QUANTITY, quantity
from engine.bpmn.vocabulary import Node
from engine.spiff.joins import consume
from engine.spiff.steps import Activity, Step, Way
from engine.spiff.tokens import Token


class Gathering(Step):
    """Stands before an activity, not in the drawing: waits for as many tokens as the activity begins with."""

    kind = "gathering"
    announced = False
    wanted = 1
    activity: Step

    def enter(self, flow: Any, via: str | None) -> None:
        Token(flow, self, state=TaskState.WAITING)
        here = [token for token in flow.tasks.values() if token.task_spec is self]
        if len(here) == self.wanted:
            for token in here:
                consume(token)
            self.activity.enter(flow, via)


def count_tokens(steps: Iterable[Step], nodes: Mapping[str, Node]) -> Iterator[Gathering]:
    """Lets activities send on as many tokens as they are to, and gives what gathers those that they begin with."""
    every = list(steps)
    gathering: dict[Step, Gathering] = {}
    for step in every:
        node = nodes[step.element]
        sent, wanted = quantity(node, COMPLETION_QUANTITY), quantity(node, START_QUANTITY)
        if isinstance(step, Activity) and sent > 1:
            step.ways, step.way_ids = step.ways * sent, step.way_ids * sent
        if isinstance(step, Activity) and wanted > 1:
            gathering[step] = _before(step, wanted)
    for step in every if gathering else ():
        step.ways = tuple(replace(way, target=gathering.get(way.target, way.target)) for way in step.ways)
    yield from gathering.values()


def _before(step: Step, wanted: int) -> Gathering:
    made = Gathering(step._wf_spec, f"{step.name} [gathering]")
    made.element, made.process, made.incoming = step.element, step.process, step.incoming
    made.activity, made.wanted = step, wanted
    made.ways = (Way("", step, None, False),)
    return made
