"""Remote handlers: run in a child process with a hard time limit, because nothing else stops code that hangs."""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from engine.contract import Fail, Handler, Outcome, TaskContext
from engine.errors import Sentence


def no_decisions(decision: str, inputs: Mapping[str, Any]) -> Any:
    """What `decide` is in a remote handler: it has no database, so its inputs must hold all it needs."""
    raise RuntimeError(f"Expected a remote handler to work on its variables, but it asked for decision {decision!r}.")


def run(handler: Handler, context: TaskContext[Any]) -> Outcome:
    """Calls a remote handler outside this process; a crash or a missed deadline is a failed outcome."""
    plain = replace(context, session=None, decide=no_decisions, figures=None)
    start = multiprocessing.get_context("spawn")
    ours, theirs = start.Pipe(duplex=False)
    where = (handler.function.__module__, handler.function.__name__)
    child = start.Process(target=_child, args=(theirs, where, plain), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(handler.timeout.total_seconds()):
            return Fail(Sentence("no answer within %(seconds)s seconds", seconds=handler.timeout.total_seconds()))
        answer = ours.recv()
        return answer if not isinstance(answer, str) else Fail(Sentence("%(text)s", text=answer))
    except EOFError:
        child.join(1)
        return Fail(Sentence("the handler's process ended without an answer (exit code %(code)s)", code=child.exitcode))
    finally:
        child.kill()
        child.join()
        ours.close()


def _child(pipe: Connection, where: tuple[str, str], context: TaskContext[Any]) -> None:
    module, name = where
    found = getattr(importlib.import_module(module), name)
    with _Reported(pipe):
        pipe.send(found.function(context))


class _Reported:
    """Sends whatever the handler raises to the waiting parent as text."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        self._pipe.send(f"{type(error).__name__}: {error}"[:500])
        return True
