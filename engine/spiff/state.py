"""An instance as bytes: only what can still be read or reached, stamped with the version of the format.

Layout (msgpack): [version, fingerprint of the spec, last token, counts, counts over 254, ends,
ended, variables, rows] and, when the process keeps something, what it keeps. A row is a live token:
[number, step, state, round or -1, data or None] and, when it carries something, [whether it waits
for an event sub-process, local variables, rows of what it carries, its runs, what runs inside it].
Inside a sub-process or called process stands [number of its process, its variables, rows] and,
again, what it keeps. Its variables are None when they are those of its token, a map when they are
its own alone, else a list: how many scopes further out they begin, and the maps of those in front
(in a list, where a sub-process declares them). The runs of a multi-instance activity are packed one
by one, {number: bytes} or {number: [numbers inside, bytes]}, and only unpacked when somebody asks
for one of them: completing one of a thousand leaves the others alone.

Finished tokens are not there: they left the tree when they finished, so a loop's thousandth round
is as small as its first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.errors import EngineError, expected
from engine.spiff.counts import Counts
from engine.spiff.flows import Flow
from engine.spiff.packing import pack, unpack
from engine.spiff.tokens import Run, Scope, Token, unpacked

VERSION = 2
UPGRADES: dict[int, Callable[[list[Any]], list[Any]]] = {1: lambda content: [2, *content[1:]]}
"""For each older version, the function that turns its state into that of the next version."""


def dump(flow: Flow) -> bytes:
    """The bytes of an instance in which everything waits."""
    counts = flow.counts
    head = [VERSION, flow.bundle.fingerprint, flow.last_token, bytes(counts.bytes), counts.more or None]
    return pack([*head, flow.ends, flow.completed, flow.scope.values, _rows(flow), *_kept(flow)])


def _kept(flow: Any) -> list[dict[str, Any]]:
    return [flow.kept] if flow.kept else []


def _rows(flow: Any) -> list[list[Any]]:
    return [_row(token) for token in flow.tasks.values() if token._parent is None]


def _row(token: Token) -> list[Any]:
    entered = -1 if token.round is None else token.round
    row = [token.id, token.task_spec.index, token._state, entered, token.internal_data or None]
    inner = token.top.subprocesses.get(token.id)
    local = None if token.scope is token.workflow.scope else _local(token.scope, token.workflow.scope)
    if inner is not None or local is not None or token._children or token.triggered or token.runs:
        row.append([token.triggered, local, *_carried(token), None if inner is None else _inner(inner)])
    return row


def _local(scope: Scope | None, around: Scope) -> list[Any]:
    """The local variables in front of those around, outer ones first."""
    return [] if scope is None or scope is around else [*_local(scope.parent, around), scope.packed()]


def _carried(token: Token) -> tuple[list[list[Any]] | None, dict[int, Run] | None]:
    """The rows of what a token carries, and its runs."""
    body = token.task_spec.body
    tasks = token.workflow.tasks
    children = [tasks[id] for id in sorted(token._children)]
    rows = [_row(child) for child in children if child.task_spec is not body]
    fresh = {child.id: _run(child) for child in children if child.task_spec is body}
    if token.runs:
        fresh = dict(sorted((token.runs | fresh).items())) if fresh else token.runs
    return rows or None, fresh or None


def _run(token: Token) -> Run:
    inside, packed = sorted(_inside(token)), pack(_row(token))
    return [inside, packed] if inside else packed


def _inside(token: Token) -> Iterable[int]:
    """The numbers of all tokens that a token carries or that run inside it."""
    for id in token._children:
        yield id
        yield from _inside(token.workflow.tasks[id])
    for id, run in (token.runs or {}).items():
        yield id
        if isinstance(run, list):
            yield from run[0]
    inner = token.top.subprocesses.get(token.id)
    for other in inner.tasks.values() if inner is not None else ():
        if other._parent is None:
            yield other.id
            yield from _inside(other)


def _inner(inner: Any) -> list[Any]:
    return [inner.spec.index, _own(inner.scope, inner.host.scope), _rows(inner), *_kept(inner)]


def _own(scope: Scope, around: Scope) -> Any:
    """The variables inside a frame, as they are told from those of its host."""
    if scope is around:
        return None
    outer: list[Scope | None] = [around]
    while outer[-1] is not None:
        outer.append(outer[-1].parent)
    local: list[Any] = []
    inside: Scope | None = scope
    while inside is not None and inside not in outer:
        local.insert(0, inside.packed())
        inside = inside.parent
    return local[0] if inside is None and len(local) == 1 else [outer.index(inside), *local]


def load(bundle: Any, state: bytes, services: Any) -> Flow:
    """The instance of these bytes; raises `EngineError` when they are not a state that this spec can read."""
    _, _, last, counts, more, ends, ended, values, rows, *kept = _current(bundle, _read(state))
    flow = Flow(bundle, services, Scope(None, values), Counts(counts, more or {}))
    flow.unpack_run = _unpack_run
    flow.last_token, flow.ends, flow.completed = last, ends, ended
    _load_frame(flow, rows, kept)
    return flow


def _load_frame(flow: Any, rows: list[list[Any]], kept: list[dict[str, Any]]) -> None:
    for values in kept:
        flow.kept = values
    _load_rows(flow, rows, None)


def _load_rows(flow: Any, rows: list[list[Any]], carrier: Token | None) -> None:
    steps, conditional = flow.top.bundle.steps, flow.top.bundle.conditional
    for row in rows:
        token = Token(flow, steps[row[1]], carrier, row[2], row[0])
        if row[3] >= 0:
            token.round = row[3]
        if row[4] is not None:
            token.internal_data = row[4]
        if len(row) > 5:
            _load_carried(token, row[5])
        if conditional and row[1] in conditional:
            token.task_spec.watch(token)


def _load_carried(token: Token, carried: list[Any]) -> None:
    triggered, local, rows, runs, inner = carried
    token.triggered = triggered
    for stored in local or ():
        token.scope = unpacked(token, token.scope, stored)
    if rows is not None:
        _load_rows(token.workflow, rows, token)
    if runs is not None:
        token.runs = runs
        token.top.parked[token.id] = token
    if inner is not None:
        index, own, within, *kept = inner
        frame = token.task_spec.frame(token.top.bundle.processes[index], token, _scope_inside(own, token))
        _load_frame(frame, within, kept)


def _scope_inside(own: Any, token: Token) -> Scope:
    if own is None:
        return token.scope
    if isinstance(own, dict):
        return Scope(None, own)
    climb, *local = own
    scope: Scope | None = token.scope
    for _ in range(climb):
        scope = scope.parent if scope is not None else None
    for stored in local:
        scope = unpacked(token, scope, stored)
    return scope or token.scope


def _unpack_run(container: Token, packed: bytes) -> None:
    _load_rows(container.workflow, [unpack(packed)], container)


def awaits_outside(steps: Sequence[Any], run: Run) -> bool:
    """Whether something in a packed run waits for what could come from outside the instance."""
    return _row_awaits(steps, unpack(run[1] if isinstance(run, list) else run))


def _row_awaits(steps: Sequence[Any], row: list[Any]) -> bool:
    _, step, _, _, _, *carried = row
    triggered, _, rows, runs, inner = carried[0] if carried else (False, None, None, None, None)
    if steps[step].awaits_outside and not triggered:
        return True
    inside = [*(rows or ()), *(inner[2] if inner is not None else ())]
    return any(_row_awaits(steps, one) for one in inside) or any(
        awaits_outside(steps, run) for run in (runs or {}).values()
    )


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
                known=VERSION,
                found=content[0],
            )
        )
    while content[0] < VERSION:
        content = UPGRADES[content[0]](content)
    if content[1] != bundle.fingerprint:
        raise EngineError("Expected the state of an instance of this process version, but it belongs to another.")
    return content
