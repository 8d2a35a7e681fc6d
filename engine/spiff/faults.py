"""Errors and escalations: they climb from where they happen until something catches them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.spiff.calls import CallActivity
from engine.spiff.tokens import Token
from engine.spiff.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Catcher:
    """Who catches: the event, what of it does, and the activity token or the process it belongs to."""

    spec: Any
    trigger: Trigger
    target: Any


def matching(specs: Iterable[Any], kind: str, code: str | None, target: Any) -> Catcher | None:
    """The event among `specs` that catches this code: one that names it before one that catches all; or None."""
    catch_all = None
    for spec in specs:
        for trigger in spec.triggers:
            if trigger.kind == kind:
                if code is not None and trigger.code == code:
                    return Catcher(spec, trigger, target)
                if trigger.code is None:
                    catch_all = catch_all or Catcher(spec, trigger, target)
    return catch_all


def catcher(token: Token, kind: str, code: str | None) -> Catcher | None:
    """Who catches what happens at a token, the nearest one; None when nobody does (BPMN 2.0, 10.4.7).

    From the inside outwards come: the boundary events of an activity, the event sub-processes beside it, the
    boundary events of what is around both, and so on. An event sub-process does not catch what happens
    in itself; one that has interrupted its surroundings leaves nobody there to catch.
    """
    while True:
        host = token if token.task_spec.loop is None else token.parent
        flow = host.workflow
        found = matching(host.task_spec.boundaries, kind, code, host)
        if found is None and not host.task_spec.replaces:
            beside = (sub for sub in flow.spec.event_subs if sub is not host.task_spec)
            found = matching((start for sub in beside for start in sub.starts), kind, code, flow)
        if found is not None or flow.host is None:
            return found
        token = flow.host


def raise_to(found: Catcher, token: Token, code: str | None, variables: Mapping[str, Any], says: str = "") -> None:
    """Lets the catching event happen, with the variables and, if it asks for them, the code and what the error says.

    What `token` has thrown takes variables along out of every called process on its way, as its mappings say.
    """
    for inner in _left(token, found.target):
        inner.host.task_spec.left(inner.host, inner)
    asked = {found.trigger.code_variable: code, found.trigger.message_variable: says}
    found.spec.caught(found.target, {**variables, **{name: value for name, value in asked.items() if name}})


def _left(token: Token, target: Any) -> Iterator[Any]:
    """The called processes, from the inside outwards, that are around a token but not around who catches."""
    while True:
        host = token if token.task_spec.loop is None else token.parent
        flow = host.workflow
        if target in (host, flow):
            return
        if isinstance(flow.host.task_spec, CallActivity):
            yield flow
        token = flow.host
