"""One process instance in memory: the engine's port, carried out by SpiffWorkflow's objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from SpiffWorkflow.util.task import TaskState

from engine.errors import EngineError, NotFound, expected
from engine.port import CallWanted, ConditionAwaited, Effect, EventAwaited, Place, Services, TaskOpened, TimerArmed
from engine.spiff import state
from engine.spiff.beginnings import entry
from engine.spiff.bundle import Spec
from engine.spiff.correlation import learn
from engine.spiff.counts import Counts
from engine.spiff.faults import catcher, raise_to
from engine.spiff.flows import Flow
from engine.spiff.packing import plain
from engine.spiff.stepper import settle
from engine.spiff.tokens import Scope, Token

Waits = TaskOpened | CallWanted | TimerArmed | EventAwaited | ConditionAwaited


class SpiffExecution:
    """Implements `engine.port.Execution`.

    One object serves one command: its budget of steps is filled up again only for the next of
    several receivers of a signal. After an exception it is to be thrown away, never saved.
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do in this instance."""
        return self._flow.completed

    def start(
        self, variables: Mapping[str, Any], message: str | None = None, at: str | None = None
    ) -> Sequence[Effect]:
        """Begins at the plain start event, with `message`, or at the element `at`.

        Raises `NotFound` when there is no such beginning, or several plain ones and none is named.
        """
        flow, spec = self._flow, self._flow.bundle.main
        begins = entry(spec.entries, spec.process, message, at)
        flow.scope.write(plain(variables))
        for trigger in () if message is None else begins.step.triggers:
            learn(flow, trigger, flow.scope.values, flow.services.now())
        begins.open(flow, message)
        return self._run()

    def complete(self, token: int, variables: Mapping[str, Any]) -> Sequence[Effect]:
        """Finishes a waiting task or call with variables for its scope, and runs on."""
        waiting = self._waiting(token, (TaskOpened, CallWanted))
        waiting.scope.write(plain(variables))
        waiting.complete()
        return self._run()

    def throw(self, token: int, code: str, variables: Mapping[str, Any]) -> Sequence[Effect] | None:
        """Throws a BPMN error at a waiting task or call; None, and nothing changed, when nothing catches it."""
        thrower = self._waiting(token, (TaskOpened, CallWanted))
        found = catcher(thrower, "error", code)
        if found is None:
            return None
        raise_to(found, thrower, code, plain(variables), str(variables.get("error_message", "")))
        return self._run()

    def catch(self, token: int, payload: Mapping[str, Any]) -> Sequence[Effect]:
        """Delivers the message or signal that this token awaits."""
        waiting = self._waiting(token, (EventAwaited,))
        self._flow.steps_left = self._flow.steps
        carried = plain(payload)
        learn(waiting.workflow, waiting.task_spec.awaited(waiting), carried, self._flow.services.now())
        waiting.task_spec.fire(waiting, carried)
        return self._run()

    def due(self, token: int) -> Sequence[Effect]:
        """Fires the timer of this token, if its due time has come; else nothing happens."""
        waiting = self._waiting(token, (TimerArmed,))
        if waiting.internal_data["due"] > self._flow.services.now():
            return ()
        waiting.task_spec.fire(waiting, {})
        return self._run()

    def cancel(self) -> Sequence[Effect]:
        """Cancels everything that still waits; the instance is ended."""
        self._flow.clear()
        self._flow.completed = True
        return self._effects()

    def variables(self, token: int | None = None) -> Mapping[str, Any]:
        """The variables visible at a live token, or those of the top level. What is in them must not be changed."""
        return dict((self._flow.scope if token is None else self._token(token).scope).view())

    def check(self, variables: Mapping[str, Any]) -> None:
        """Raises `EngineError` naming the first variable that is no plain value; changes nothing."""
        plain(variables)

    def set_variables(self, variables: Mapping[str, Any], token: int | None = None) -> Sequence[Effect]:
        """Sets variables at a live token's scope, or at the top level, and runs on where something depends on them."""
        (self._flow.scope if token is None else self._token(token).scope).write(plain(variables))
        return self._run()

    def waiting(self) -> Sequence[Waits]:
        """Everything that waits at this moment."""
        found = [effect for token in self._flow.everything() if (effect := _awaited(token)) is not None]
        return cast("list[Waits]", found)

    def place(self, token: int) -> Place | None:
        """Where this token waits; None when it does not any more."""
        found = self._flow.find(token)
        return None if found is None or _awaited(found) is None else found.place

    def save(self) -> bytes:
        """The state, packed and pruned, stamped with its format's version."""
        return state.dump(self._flow)

    def _run(self) -> Sequence[Effect]:
        settle(self._flow)
        return self._effects()

    def _effects(self) -> Sequence[Effect]:
        effects, self._flow.effects = self._flow.effects, []
        return effects

    def _token(self, token: int) -> Token:
        found = self._flow.find(token)
        if found is None:
            raise NotFound("Expected a token %(token)s in this instance, but it has gone on or never was.", token=token)
        return found

    def _waiting(self, token: int, kinds: tuple[type, ...]) -> Token:
        found = self._token(token)
        if isinstance(_awaited(found), kinds):
            return found
        wanted = " or ".join(kind.__name__ for kind in kinds)
        raise EngineError(
            expected(
                "a token that waits (%(wanted)s)",
                "token %(token)s at '%(element)s' does not",
                wanted=wanted,
                token=token,
                element=found.task_spec.element,
            )
        )


def _awaited(token: Token) -> Effect | None:
    return cast("Effect | None", token.task_spec.waiting(token)) if token._state & WAITS else None


WAITS = TaskState.WAITING | TaskState.STARTED


def start_execution(spec: Spec, services: Services) -> SpiffExecution:
    """A new instance of a compiled process, not yet begun."""
    counts = Counts(bytes(spec.counters), {})
    return SpiffExecution(Flow(spec, services, Scope(None, {}), counts))


def load_execution(spec: Spec, state_bytes: bytes, services: Services) -> SpiffExecution:
    """The instance of a saved state; raises `EngineError` for a state of another version or another process."""
    return SpiffExecution(state.load(spec, state_bytes, services))
