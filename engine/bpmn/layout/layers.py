"""Which flows close loops, and in which column each step stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from engine.bpmn.layout.plan import Flow, Plan


def mark_loops(plan: Plan) -> None:
    """Marks the flows that lead back: those to a step that is still open in a depth-first walk from the starts."""
    entered = {flow.target for flow in plan.flows}
    starts = [name for name in plan.steps if name not in entered]
    done: set[str] = set()
    for start in [*starts, *plan.steps]:
        _walk(plan, start, done)
    returning = {flow.event for flow in plan.flows if flow.event and _returns(plan, flow)}
    for step in plan.steps.values():
        for event in step.events:
            event.loops = event.id in returning
        step.events.sort(key=lambda event: not event.loops)


def _returns(plan: Plan, flow: Flow) -> bool:
    """Whether a flow, and what directly follows it, leads back."""
    seen = {flow.source}
    while not flow.back and flow.target not in seen:
        seen.add(flow.target)
        onward = list(plan.leaving(flow.target))
        if len(onward) != 1:
            return False
        flow = onward[0]
    return flow.back


def _walk(plan: Plan, start: str, done: set[str]) -> None:
    if start in done:
        return
    leaving: dict[str, list[Flow]] = defaultdict(list)
    order = {name: number for number, name in enumerate(plan.steps)}
    # What the drawing lists first comes first; what an event leads to comes last.
    for one in sorted(plan.flows, key=lambda flow: (flow.event is not None, order[flow.target])):
        leaving[one.source].append(one)
    done.add(start)
    open_steps, trail = {start}, [(start, iter(leaving[start]))]
    while trail:
        name, onward = trail[-1]
        flow = next(onward, None)
        if flow is None:
            open_steps.discard(name)
            trail.pop()
        elif flow.target in open_steps:
            flow.back = True
        elif flow.target not in done:
            done.add(flow.target)
            open_steps.add(flow.target)
            trail.append((flow.target, iter(leaving[flow.target])))


def columns(plan: Plan) -> dict[str, int]:
    """The column of each step: one right of everything before it, or the same where a flow goes straight down."""
    incoming: dict[str, list[Flow]] = defaultdict(list)
    leaving: dict[str, list[Flow]] = defaultdict(list)
    for flow in plan.flows:
        if not flow.back:
            incoming[flow.target].append(flow)
            leaving[flow.source].append(flow)
    place: dict[str, int] = {}
    upright = upright_flows(plan)
    for name in _sorted(plan, incoming, leaving):
        place[name] = max((place[flow.source] + (flow.id not in upright) for flow in incoming[name]), default=0)
    return place


def _sorted(plan: Plan, incoming: Mapping[str, list[Flow]], leaving: Mapping[str, list[Flow]]) -> list[str]:
    left = {name: len(incoming[name]) for name in plan.steps}
    ready = [name for name in plan.steps if not left[name]]
    found: list[str] = []
    while ready:
        name = ready.pop(0)
        found.append(name)
        for flow in leaving[name]:
            left[flow.target] -= 1
            if not left[flow.target]:
                ready.append(flow.target)
    return found


def upright_flows(plan: Plan) -> set[str]:
    """Flows whose target stands right above or below their source: short side ends, and what an event leads to."""
    entries: dict[str, int] = defaultdict(int)
    for flow in plan.flows:
        entries[flow.target] += 1
    leaves = {name for name in plan.steps if not any(plan.leaving(name))}
    found: set[str] = set()
    for step in plan.steps.values():
        out = [flow for flow in plan.leaving(step.id) if entries[flow.target] == 1]
        found |= {flow.id for flow in out if step.events and flow.event == step.events[0].id and _may_hang(plan, flow)}
        ends = [flow for flow in out if step.forks and flow.target in leaves]
        found |= {flow.id for flow in _sideways(plan, step.id, ends)}
    return found


def _may_hang(plan: Plan, flow: Flow) -> bool:
    """Whether the target of a boundary event may stand below it."""
    return not flow.back and plan.steps[flow.target].lane >= plan.steps[flow.source].lane


def _sideways(plan: Plan, gateway: str, ends: list[Flow]) -> list[Flow]:
    """The ends after a gateway that go up or down: one each way, while another way goes on to the right."""
    ways = [flow for flow in plan.leaving(gateway) if not flow.back]
    lane = plan.steps[gateway].lane
    free: set[int] = {-1, 1}
    found: list[Flow] = []
    for flow in reversed(ends):
        there = plan.steps[flow.target].lane
        sides = free & ({-1, 1} if there == lane else {1 if there > lane else -1})
        if sides and len(found) < len(ways) - 1:
            free.discard(max(sides))
            found.append(flow)
    return found
