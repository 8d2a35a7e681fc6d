"""Errors and escalations: they climb from where they happen until something catches them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.spiff.tokens import Token


def matching(specs: Iterable[Any], kind: str, code: str | None) -> Any:
    """The event among `specs` that catches this code: one that names it before one that catches all; or None."""
    catch_all = None
    for spec in specs:
        if spec.trigger.kind != kind:
            continue
        if code is not None and spec.trigger.code == code:
            return spec
        if spec.trigger.code is None:
            catch_all = catch_all or spec
    return catch_all


def catcher(token: Token, kind: str, code: str | None) -> tuple[Any, Any] | None:
    """Who catches: the event, and the activity token or process it belongs to; None when nobody does."""
    while True:
        host = token if token.task_spec.loop is None else token.parent
        found = matching(host.task_spec.boundaries, kind, code)
        if found is not None:
            return found, host
        flow = host.workflow
        starts = (sub.start for sub in flow.spec.event_subs if sub is not host.task_spec)
        found = matching(starts, kind, code)
        if found is not None:
            return found, flow
        if flow.host is None:
            return None
        token = flow.host


def raise_to(found: tuple[Any, Any], code: str | None, variables: Mapping[str, Any]) -> None:
    """Lets the catching event happen, with the variables and, if it asks for it, the code."""
    spec, target = found
    name = spec.trigger.code_variable
    spec.caught(target, {**variables, name: code} if name else variables)
