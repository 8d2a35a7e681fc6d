"""The common behaviour of every element: enter, run, choose the way on, leave.

The library's life cycle of a task (update, ready, run, complete) is kept; its prediction of
future tasks is not, because it costs memory and recursion for every element still ahead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.errors import expected
from engine.port import Effect, Left
from engine.spiff.budget import make_room
from engine.spiff.expressions import Formula, stuck
from engine.spiff.flows import SubFlow
from engine.spiff.mappings import Mapped, mapped
from engine.spiff.tokens import Scope, Token


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Way:
    """A sequence flow that leaves a step: its id, where it leads, and when it is taken."""

    id: str
    target: Step
    condition: Formula | None
    default: bool


class Step(BpmnSpecMixin):
    """An element that tokens pass. Everything here is set while compiling and never changed afterwards."""

    kind = ""
    element = ""
    process = ""
    index = -1
    counter = -1
    ways: tuple[Way, ...] = ()
    way_ids: tuple[str, ...] = ()
    conditional = False
    incoming: tuple[str, ...] = ()
    boundaries: tuple[Any, ...] = ()
    loop: Any = None
    body: Any = None
    awaits_outside = False
    """Whether a token here waits for something from outside the instance."""
    announced = True
    """Whether entering and withdrawing are told."""
    frame: type[SubFlow] = SubFlow
    """What runs inside it, if anything does."""
    rests = False
    """Whether it may have something to do when nothing else moves (see `rest`)."""
    called = False
    """Whether another process runs inside it, with variables of its own."""
    replaces = False
    """Whether it goes on in place of the process around it, which it has interrupted."""

    def connect(self, taskspec: Any) -> None:
        """Tells the library what follows; its gateways would also store conditions, which our `ways` have."""
        BpmnSpecMixin.connect(self, taskspec)

    def enter(self, flow: Any, via: str | None) -> None:
        """A token arrives by a sequence flow (None: not by a flow)."""
        self._update(Token(flow, self), via)

    def _update(self, token: Token, via: str | None = None) -> None:
        if self._update_hook(token, via):
            token._state = TaskState.READY
            token.top.ready.append(token)

    def _update_hook(self, token: Token, via: str | None = None) -> bool:
        return True

    def _predict(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is predicted: the tree holds only what was reached."""

    def _run(self, token: Token) -> bool | None:
        token.begin()
        return self._run_hook(token)

    def _run_hook(self, token: Token) -> bool | None:
        return True

    def choose(self, token: Token) -> tuple[Way, ...]:
        """The ways on: every unconditional one, every one whose condition holds, else the default."""
        if not self.conditional:
            return self.ways
        variables, now = token.scope.view(), token.top.services.now()
        default, taken = [], []
        for way in self.ways:
            if way.default:
                default.append(way)
            elif way.condition is None or way.condition.holds(variables, now):
                taken.append(way)
        return tuple(taken or default) or self.no_way()

    def no_way(self) -> tuple[Way, ...]:
        """Raises `Stuck`: no condition holds and there is no default flow."""
        conditions = ", ".join(f"{way.id}: {way.condition.text}" for way in self.ways if way.condition is not None)
        message = expected(
            "a way on from '%(element)s'",
            "no condition is true and there is no default flow (%(conditions)s)",
            element=self.element,
            conditions=conditions,
        )
        raise stuck("NO_FLOW", self.element, message, process=self.process)

    def _on_complete(self, token: Token) -> None:
        ways = self.choose(token)
        ids = self.way_ids if ways is self.ways else tuple(way.id for way in ways)
        if token._children:
            token.drop_carried()
        token.top.effects.append(Left(token.place, self.kind, ids))
        carrier = None if self.loop is None else token.parent
        token.remove()
        if self.loop is not None:
            self.loop.run_finished(carrier, token)
            return
        if len(ways) == 1:
            ways[0].target.enter(token.workflow, ways[0].id)
        elif ways:
            self.fan_out(token, ways)
        else:
            token.workflow.check_end()

    def fan_out(self, token: Token, ways: tuple[Way, ...]) -> None:
        """Goes on along several flows; raises `Stuck` when that makes too many tokens."""
        make_room(token.top, self.element, len(ways))
        for way in ways:
            way.target.enter(token.workflow, way.id)

    def rest(self, token: Token) -> bool:
        """Does what is due now that nothing else moves; says whether there was anything to do."""
        return False

    def waiting(self, token: Token) -> Effect | None:
        """What a token here waits for from outside, if it does."""
        return None


class Activity(Step):
    """A step that boundary events can guard, and that may have local variables (`camunda:inputOutput`).

    Local variables are there while it runs. What it writes goes to the variables around it when it
    ends, except the inputs; the outputs are worked out last.
    """

    local = False
    inputs_given: tuple[Mapped, ...] = ()
    outputs_given: tuple[Mapped, ...] = ()
    kept_inside: frozenset[str | None] = frozenset()
    """The local variables that end with it: its inputs, and what a called process gives it as local; None: all."""

    def _run(self, token: Token) -> bool | None:
        if self.local:
            self.open_scope(token)
        return Step._run(self, token)

    def open_scope(self, token: Token) -> None:
        """Begins with its local variables."""
        given = mapped(self.inputs_given, token.scope.view(), token.top.services.now())
        token.scope = Scope(token.scope, given)

    def _on_complete(self, token: Token) -> None:
        local, outer = token.scope, token.scope.parent
        if self.local and outer is not None and local is not token.workflow.scope:
            outputs = mapped(self.outputs_given, local.view(), token.top.services.now())
            if None not in self.kept_inside:
                outer.write({name: value for name, value in local.values.items() if name not in self.kept_inside})
            outer.write(outputs)
            token.scope = outer
        Step._on_complete(self, token)

    def guard(self, token: Token) -> None:
        """Arms the boundary events of this activity."""
        for boundary in self.boundaries:
            boundary.arm(token)

    def announce(self, token: Token) -> None:
        """Says what the token waits for, then arms the boundary events."""
        effect = self.waiting(token)
        if effect is not None:
            token.top.effects.append(effect)
        self.guard(token)
