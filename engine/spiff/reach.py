"""From which steps a token can still come to a flow of an inclusive gateway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.spiff.steps import Step


def before(step: Step, steps: Sequence[Step]) -> list[tuple[Step, str]]:
    """The steps from which a token comes directly to `step`, with the flow's id (empty: from a guarded activity)."""
    found = []
    for other in steps:
        found += [(other, way.id) for way in other.ways if way.target is step]
        if step in other.boundaries:
            found.append((other, ""))
    return found


def reach_of(gateway: Any, flow: str, steps: Sequence[Step]) -> frozenset[int]:
    """The indexes of all steps from which a token can come to the gateway by this flow without passing the gateway."""
    neighbours = [step for step in steps if step._wf_spec is gateway._wf_spec]
    todo = [source for source, way in before(gateway, neighbours) if way == flow]
    seen: set[int] = set()
    while todo:
        step = todo.pop()
        if step is gateway or step.index in seen:
            continue
        seen.add(step.index)
        todo += [source for source, _ in before(step, neighbours)]
    return frozenset(seen)
