"""From which steps a token can still come to a flow of a gateway that waits for what may come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.spiff.steps import Step

Before = Mapping[Step, Sequence[tuple[Step, str]]]


def note_before(gateways: Iterable[Any]) -> None:
    """Notes at each gateway what comes before what; its reach is worked out when it first has to wait."""
    known: dict[Any, Before] = {}
    for gateway in gateways:
        spec = gateway._wf_spec
        if spec not in known:
            known[spec] = before(spec.steps)
        gateway.before = known[spec]


def before(steps: Iterable[Step]) -> Before:
    """The steps from which a token comes directly to a step, with the flow's id (empty: from a guarded activity)."""
    found: dict[Step, list[tuple[Step, str]]] = {}
    for step in steps:
        for way in step.ways:
            found.setdefault(way.target, []).append((step, way.id))
        for boundary in step.boundaries:
            found.setdefault(boundary, []).append((step, ""))
    return found


def reach_of(gateway: Step, flow: str, known: Before) -> frozenset[int]:
    """The indexes of all steps from which a token can come to the gateway by this flow without passing the gateway."""
    todo = [source for source, way in known.get(gateway, ()) if way == flow]
    seen: set[int] = set()
    while todo:
        step = todo.pop()
        if step is gateway or step.index in seen:
            continue
        seen.add(step.index)
        todo += [source for source, _ in known.get(step, ())]
    return frozenset(seen)
