"""Parallel, inclusive and complex gateways: they count tokens per incoming flow, not tasks of earlier rounds."""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property

from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway as LibraryInclusiveGateway
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway as LibraryParallelGateway
from SpiffWorkflow.util.task import TaskState

from engine.spiff.expressions import Formula
from engine.spiff.flows import Frame
from engine.spiff.reach import Before, reach_of
from engine.spiff.steps import Step, Way
from engine.spiff.tokens import Token


class Joining(Step):
    """A gateway that may have to wait for tokens on its other incoming flows."""

    @property
    def joins(self) -> bool:
        """Whether a token may have to wait here."""
        return len(self.incoming) > 1

    def _update_hook(self, token: Token, via: str | None = None) -> bool:
        if not self.joins:
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
            consume(token)
        del last.internal_data["via"]
        go_on(last)


def consume(token: Token) -> None:
    """Takes away a token that has arrived."""
    token._state = TaskState.COMPLETED
    token.remove()


def go_on(token: Token) -> None:
    """Lets a token pass the gateway."""
    token._state = TaskState.READY
    token.top.ready.append(token)


class ParallelGateway(Joining, LibraryParallelGateway):
    """Waits for one token on every incoming flow, and sends one along every outgoing flow (BPMN 2.0, 13.3.1)."""

    def arrived(self, token: Token) -> None:
        arrivals = self.arrivals(token.workflow)
        if len(arrivals) == len(self.incoming):
            self.fire(arrivals)

    def choose(self, token: Token) -> tuple[Way, ...]:
        return self.ways


class InclusiveGateway(Joining, LibraryInclusiveGateway):
    """Waits for the tokens that can still come (BPMN 2.0, 13.3.3), and takes every flow whose condition holds.

    `reach[i]` are the indexes of the steps from which a token can come to the i-th incoming
    flow without passing this gateway.
    """

    rests = True
    before: Before

    @cached_property
    def reach(self) -> tuple[frozenset[int], ...]:
        """For a large process with many such gateways, all of this at once would be too much."""
        return tuple(reach_of(self, flow, self.before) for flow in self.incoming)

    def rest(self, token: Token) -> bool:
        """Fires when no other token can still reach an empty incoming flow (and none that has a token already)."""
        arrivals = self.arrivals(token.workflow)
        if not arrivals or self.expects(token.workflow, arrivals):
            return False
        self.fire(arrivals)
        return True

    def expects(self, flow: Frame, filled: Container[int]) -> bool:
        """Whether a token elsewhere can reach an incoming flow that is not filled, and none that is.

        What a token carries (boundary events, awaited events, runs) is not a token of its own. The mark
        of a complex gateway that has started is none either.
        """
        empty = [reach for i, reach in enumerate(self.reach) if i not in filled]
        full = [reach for i, reach in enumerate(self.reach) if i in filled]
        for token in flow.tasks.values():
            at = token.task_spec.index
            if token.task_spec is self or token._parent is not None or MET in token.internal_data:
                continue
            if any(at in reach for reach in empty) and not any(at in reach for reach in full):
                return True
        return False


MET = "met"


class ComplexGateway(InclusiveGateway):
    """Starts when its activation condition holds, and resets when nothing more is to come (BPMN 2.0, 13.3.5).

    Having started, it keeps a mark: a token of its own, with the flows (`met`) from which it has
    consumed one. A flow without condition is taken when it starts, not when it resets: so a plain "two of
    three" goes on once a round. Without an activation condition it is an inclusive gateway.
    """

    activation: Formula | None = None

    @property
    def joins(self) -> bool:
        return self.activation is not None or len(self.incoming) > 1

    def arrived(self, token: Token) -> None:
        if self.activation is not None:
            self.start(token)

    def rest(self, token: Token) -> bool:
        """Resets, or starts."""
        return self.reset(token) if MET in token.internal_data else self.start(token)

    def start(self, token: Token) -> bool:
        """Consumes a token of each flow that has one and goes on, unless it has to wait; says whether it did."""
        flow, arrivals = token.workflow, self.arrivals(token.workflow)
        if not arrivals or self.started(flow) or not self.active(token, arrivals):
            return False
        self.fire(arrivals)
        if self.activation is not None:
            mark = Token(flow, self, state=TaskState.STARTED)
            mark.internal_data[MET] = sorted(arrivals)
        return True

    def started(self, flow: Frame) -> bool:
        """Whether it waits for its reset."""
        return any(token.task_spec is self and MET in token.internal_data for token in flow.tasks.values())

    def active(self, token: Token, arrivals: dict[int, Token]) -> bool:
        """Whether the activation condition holds, over the variables and the number of tokens on each flow."""
        if self.activation is None:
            return not self.expects(token.workflow, arrivals)
        counts = dict.fromkeys(self.incoming, 0)
        for other in token.workflow.tasks.values():
            if other.task_spec is self and other._state == TaskState.WAITING:
                counts[self.incoming[other.internal_data["via"]]] += 1
        numbers = {"activationCount": sum(counts.values()), "activationCounts": counts}
        return self.activation.holds({**token.scope.view(), **numbers}, token.top.services.now())

    def reset(self, mark: Token) -> bool:
        """Consumes what has come since, and goes on where a condition asks for it, unless more can still come."""
        flow, met = mark.workflow, mark.internal_data[MET]
        arrivals = {via: token for via, token in self.arrivals(flow).items() if via not in met}
        if self.expects(flow, {*met, *arrivals}):
            return False
        for token in arrivals.values():
            consume(token)
        if self.choose(mark):
            go_on(mark)
        else:
            consume(mark)
            flow.check_end()
        return True

    def choose(self, token: Token) -> tuple[Way, ...]:
        """The ways whose condition holds, else the default; conditions can ask whether it is `waitingForStart`."""
        starts = MET not in token.internal_data
        variables, now = {**token.scope.view(), "waitingForStart": starts}, token.top.services.now()
        default, taken = [], []
        for way in self.ways:
            if way.default:
                default.append(way)
            elif starts if way.condition is None else way.condition.holds(variables, now):
                taken.append(way)
        ways = tuple(taken or default)
        return ways if ways or not starts or not self.ways else self.no_way()
