"""An instance as bytes: only what can still be read or reached, stamped with the version of the format.

Layout (msgpack): [version, fingerprint of the spec, last token, counts, counts over 254, ends,
ended, scopes, flows]. A scope is [number of its parent or -1, values]. A flow is [number of its
process, host token or 0, scope, rows]; a row is [token, step, state, carrier or 0, round or -1,
scope or -1, whether it waits for an event sub-process, internal data or None]. Finished tokens
are not there: they left the tree when they finished, so a loop's thousandth round is as small
as its first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import EngineError, expected
from engine.spiff.counts import Counts
from engine.spiff.flows import Flow, SubFlow
from engine.spiff.packing import pack, unpack
from engine.spiff.tokens import Scope, Token

VERSION = 1
UPGRADES: dict[int, Callable[[list[Any]], list[Any]]] = {}
"""For each older version, the function that turns its state into that of the next version."""


def dump(flow: Flow) -> bytes:
    """The bytes of an instance in which everything waits."""
    scopes: list[list[Any]] = []
    numbers: dict[int, int] = {}
    flows = [_flow_row(one, scopes, numbers) for one in (flow, *flow.subprocesses.values())]
    counts = flow.counts
    return pack(
        [
            VERSION,
            flow.bundle.fingerprint,
            flow.last_token,
            bytes(counts.bytes),
            counts.more or None,
            flow.ends,
            flow.completed,
            scopes,
            flows,
        ]
    )


def _scope_number(scope: Scope, scopes: list[list[Any]], numbers: dict[int, int]) -> int:
    number = numbers.get(id(scope))
    if number is None:
        parent = -1 if scope.parent is None else _scope_number(scope.parent, scopes, numbers)
        number = numbers[id(scope)] = len(scopes)
        scopes.append([parent, scope.values])
    return number


def _flow_row(flow: Any, scopes: list[list[Any]], numbers: dict[int, int]) -> list[Any]:
    scope = _scope_number(flow.scope, scopes, numbers)
    rows = []
    for token in flow.tasks.values():
        own = -1 if token.scope is flow.scope else _scope_number(token.scope, scopes, numbers)
        entered = -1 if token.round is None else token.round
        carrier, data = token._parent or 0, token.internal_data or None
        index = token.task_spec.index
        rows.append([token.id, index, token._state, carrier, entered, own, token.triggered, data])
    host = 0 if flow.host is None else flow.host.id
    return [flow.spec.index, host, scope, rows]


def load(bundle: Any, state: bytes, services: Any) -> Flow:
    """The instance of these bytes; raises `EngineError` when they are not a state that this spec can read."""
    _, _, last, counts, more, ends, ended, packed, rows = _current(bundle, _read(state))
    scopes: list[Scope] = []
    for parent, values in packed:
        scopes.append(Scope(None if parent < 0 else scopes[parent], values))
    flow = Flow(bundle, services, scopes[rows[0][2]], Counts(counts, more or {}))
    flow.last_token, flow.ends, flow.completed = last, ends, ended
    _load_tokens(flow, rows[0][3], scopes)
    for index, host, scope, tokens in rows[1:]:
        inner = SubFlow(bundle.processes[index], flow.live[host], scopes[scope])
        _load_tokens(inner, tokens, scopes)
    if len(rows) > 1:
        flow.live = dict(sorted(flow.live.items()))
    return flow


def _load_tokens(flow: Any, rows: list[list[Any]], scopes: list[Scope]) -> None:
    steps, tasks = flow.top.bundle.steps, flow.tasks
    for id, index, state, carrier, entered, own, triggered, data in rows:
        token = Token(flow, steps[index], tasks.get(carrier), state, id)
        if entered >= 0:
            token.round = entered
        if own >= 0:
            token.scope = scopes[own]
        if triggered:
            token.triggered = True
        if data is not None:
            token.internal_data = data


def _read(state: bytes) -> list[Any]:
    try:
        content = unpack(state)
    except (ValueError, TypeError, EOFError) as problem:
        damaged = expected("the state of an instance", "the bytes are damaged: %(why)s", why=str(problem))
        raise EngineError(damaged) from problem
    if not isinstance(content, list) or not content or not isinstance(content[0], int):
        raise EngineError("Expected the state of an instance, but the bytes are something else.")
    return content


def _current(bundle: Any, content: list[Any]) -> list[Any]:
    if content[0] > VERSION:
        raise EngineError(
            expected(
                "a state of version %(known)s or older",
                "it was saved with version %(found)s; install the release that saved it",
                known=VERSION, found=content[0],
            )
        )
    while content[0] < VERSION:
        content = UPGRADES[content[0]](content)
    if content[1] != bundle.fingerprint:
        raise EngineError("Expected the state of an instance of this process version, but it belongs to another.")
    return content


