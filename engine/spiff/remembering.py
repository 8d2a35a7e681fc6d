"""Finds, when a drawing is compiled, what can be undone, and lets exactly those activities be remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engine.spiff.calls import Containing, EventSub
from engine.spiff.compensation import CompensationEvent, Remembered, RememberedInside, Undoing
from engine.spiff.loops import MultiInstance
from engine.spiff.transactions import CancelEnd, CancelEvent, Transaction


def remember(processes: Iterable[Any]) -> None:
    """Prepares processes, with all that is inside them and called by them, for compensation and cancelling.

    In a process something can be undone when an activity has a compensation event on its border, when there
    is a compensation event sub-process, or when something can be undone in what an activity contains or calls.
    """
    every = list(_all(processes))
    around = {sub.target: spec for spec in every for sub in spec.event_subs}
    for spec in every:
        spec.compensator = next((one for sub in spec.event_subs for one in sub.starts if _compensates(one)), None)
    undone = {spec for spec in every if spec.compensator is not None or any(_events(spec))}
    _grow(undone, every, lambda spec: {step.target for step, _ in _kept(spec) if isinstance(step, Containing)})
    # From an event sub-process, what was completed around it can be undone as well.
    carrying = set(undone)
    _grow(carrying, every, lambda spec: {around[spec]} if spec in around else set())
    for spec in every:
        if spec in carrying:
            _carry(spec)
    for spec in undone:
        for step, event in _kept(spec):
            _remember(step, event, undone)
    for spec in every:
        _join_cancelling(spec)


def _all(processes: Iterable[Any]) -> Iterator[Any]:
    for spec in processes:
        yield spec
        insides = (_body(step) for step in spec.steps)
        yield from _all(one.target for one in insides if isinstance(one, Containing) and not one.called)


def _body(step: Any) -> Any:
    return step.body if isinstance(step, MultiInstance) else step


def _compensates(event: Any) -> bool:
    return any(trigger.kind == "compensate" for trigger in event.triggers)


def _events(spec: Any) -> Iterator[CompensationEvent]:
    events = (event for step in spec.steps for event in step.boundaries)
    return (event for event in events if isinstance(event, CompensationEvent))


def _kept(spec: Any) -> Iterator[tuple[Any, CompensationEvent | None]]:
    """The activities of a process that may have to be undone, with the event that says how; not what undoes."""
    undoers = {event.undoer for event in _events(spec)}
    for step in spec.steps:
        event = next((one for one in step.boundaries if isinstance(one, CompensationEvent)), None)
        undoes = isinstance(step, EventSub) and any(map(_compensates, step.starts))
        if step not in undoers and not undoes:
            yield _body(step), event


def _grow(found: set[Any], every: list[Any], reasons: Callable[[Any], set[Any]]) -> None:
    """Adds every process for which one of its reasons is among those found."""
    more = True
    while more:
        more = False
        for spec in every:
            if spec not in found and reasons(spec) & found:
                found.add(spec)
                more = True


def _carry(spec: Any) -> None:
    inside = type(spec)(name=spec.name)
    undoing = Undoing(spec, f"{spec.name} [undoing]", subworkflow_spec=spec.name)
    undoing.element, undoing.process, undoing.kind = spec.name, spec.process, "compensation"
    undoing.target, inside.process = inside, spec.process
    spec.undoing = inside.undoing = undoing
    spec.steps = (*spec.steps, undoing)


def _remember(step: Any, event: CompensationEvent | None, undone: set[Any]) -> None:
    if isinstance(step, Containing):
        if event is None and step.target not in undone:
            return
        step.__class__ = _mixed(RememberedInside, type(step))
    elif event is not None:
        step.__class__ = _mixed(Remembered, type(step))
    else:
        return
    step.event = event


def _mixed(kept: type, kind: type) -> type:
    return type(kind.__name__, (kept, kind), {})


def _join_cancelling(spec: Any) -> None:
    """Joins what cancels a transaction with its cancel event, on which its errors are caught while it is undone."""
    for step in spec.steps:
        event = next((one for one in step.boundaries if isinstance(one, CancelEvent)), None)
        if event is not None:
            event.boundaries = tuple(one for one in step.boundaries if one.trigger.kind == "error")
            for end in _cancelling(_body(step).target):
                end.transaction, end.event = _body(step), event


def _cancelling(spec: Any) -> Iterator[CancelEnd]:
    for step in map(_body, spec.steps):
        if isinstance(step, CancelEnd):
            yield step
        elif isinstance(step, Containing) and not step.called and not isinstance(step, Transaction):
            yield from _cancelling(step.target)
