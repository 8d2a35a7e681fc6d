"""Parallel and inclusive gateways: they count tokens per incoming flow, not finished tasks of earlier rounds."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway as LibraryInclusiveGateway
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway as LibraryParallelGateway
from SpiffWorkflow.util.task import TaskState

from engine.spiff.flows import Frame
from engine.spiff.steps import Step, Way
from engine.spiff.tokens import Token


class Joining(Step):
    """A gateway that may have to wait for tokens on its other incoming flows."""

    def connect(self, taskspec: Step) -> None:
        Step.connect(self, taskspec)

    def _update_hook(self, token: Token, via: str | None = None) -> bool:
        if len(self.incoming) < 2:
            return True
        token.internal_data["via"] = self.incoming.index(via) if via in self.incoming else 0
        token._state = TaskState.WAITING
        self.arrived(token)
        return False

    def arrived(self, token: Token) -> None:
        """A token waits here now."""

    def arrivals(self, flow: Frame) -> dict[int, Token]:
        """The oldest waiting token of each incoming flow that has one."""
        oldest: dict[int, Token] = {}
        for token in flow.tasks.values():
            if token.task_spec is self and token._state == TaskState.WAITING:
                oldest.setdefault(token.internal_data["via"], token)
        return oldest

    def fire(self, arrivals: dict[int, Token]) -> None:
        """Consumes one token of each flow and lets the youngest of them go on."""
        *consumed, last = sorted(arrivals.values(), key=lambda token: token.id)
        for token in consumed:
            token._state = TaskState.COMPLETED
            token.remove()
        del last.internal_data["via"]
        last._state = TaskState.READY
        last.top.ready.append(last)


class ParallelGateway(Joining, LibraryParallelGateway):
    """Waits for one token on every incoming flow, and sends one along every outgoing flow (BPMN 2.0, 13.4.1)."""

    def arrived(self, token: Token) -> None:
        arrivals = self.arrivals(token.workflow)
        if len(arrivals) == len(self.incoming):
            self.fire(arrivals)

    def choose(self, token: Token) -> tuple[Way, ...]:
        return self.ways


class InclusiveGateway(Joining, LibraryInclusiveGateway):
    """Waits for the tokens that can still come (BPMN 2.0, 13.4.3), and takes every flow whose condition holds.

    `reach[i]` are the indexes of the steps from which a token can come to the i-th incoming
    flow without passing this gateway.
    """

    reach: tuple[frozenset[int], ...] = ()

    def try_fire(self, flow: Frame) -> bool:
        """Fires when no other token can still reach an empty incoming flow (and none that has a token already)."""
        arrivals = self.arrivals(flow)
        if not arrivals:
            return False
        empty = [reach for i, reach in enumerate(self.reach) if i not in arrivals]
        filled = [reach for i, reach in enumerate(self.reach) if i in arrivals]
        for token in flow.tasks.values():
            at = token.task_spec.index
            if token.task_spec is self or not any(at in reach for reach in empty):
                continue
            if not any(at in reach for reach in filled):
                return False
        self.fire(arrivals)
        return True
