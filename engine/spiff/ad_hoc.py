"""Ad hoc sub-processes: steps without a fixed order, done until a condition says it is enough (BPMN 2.0, 13.2.5).

What nobody's flow leads to is enabled from the start. A step where somebody outside acts (a person, a
message, a timer) is enabled again each time it has ended, as long as there is a completion condition
and the drawing does not itself name the steps to begin with; steps that the engine performs are
performed once. docs/adr/0017 says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.errors import expected
from engine.port import Place
from engine.spiff.calls import SubProcess
from engine.spiff.expressions import Formula, stuck
from engine.spiff.flows import Frame, SubFlow
from engine.spiff.steps import Step, Way
from engine.spiff.tasks import Call
from engine.spiff.tokens import Token

ENOUGH = "enough"
HELD = TaskState.FUTURE
"""The state of a token that waits for its turn in a sequential ad hoc sub-process."""


class AdHocFlow(SubFlow):
    """The inside of a running ad hoc sub-process. Whether it is enough is kept: it does not become too little again."""

    @property
    def rule(self) -> AdHoc:
        """What the drawing says about it."""
        rule: AdHoc = self.host.task_spec
        return rule

    def suffices(self) -> bool:
        """Whether the completion condition holds, or has held before."""
        condition = self.rule.condition
        if condition is not None and not self.kept.get(ENOUGH):
            self.kept[ENOUGH] = condition.holds(self.scope.view(), self.top.services.now())
        return bool(self.kept.get(ENOUGH))

    def check_end(self) -> None:
        """Ends when it is enough and no step has to be waited for; without a condition, when no token is left."""
        if self.rule.condition is None:
            SubFlow.check_end(self)
        elif self.kept.get(ENOUGH) and not self.completed and (self.rule.cancels or not self.busy()):
            self.clear()
            self.completed = True
            self.over()

    def busy(self) -> bool:
        """Whether one of the steps is being done."""
        active = TaskState.READY | TaskState.WAITING | TaskState.STARTED
        return any(token.task_spec in self.rule.activities and token._state & active for token in self.tasks.values())

    def act(self) -> bool:
        """Gives the next its turn, else enables what may be done again; says whether there was anything to do."""
        self.check_end()
        if self.completed or self.kept.get(ENOUGH):
            return self.completed
        if self.next_turn() or self.enable_again():
            return True
        if any(not token.triggered for token in self.tasks.values()):
            return False
        return self.nothing_left()

    def enable_again(self) -> bool:
        """Enables the steps that may be done again and are not open."""
        open_steps = {token.task_spec for token in self.tasks.values()}
        again = [step for step in self.rule.repeated if step not in open_steps and not self.comes_at_once(step)]
        for step in again:
            step.enter(self, None)
        return bool(again)

    def comes_at_once(self, step: Step) -> bool:
        """Whether what an event waits for is so already, a condition or a time: that has to come about anew."""
        variables, services = self.scope.view(), self.top.services
        now = services.now()
        for trigger in getattr(step, "triggers", ()):
            if trigger.condition is not None and trigger.condition.holds(variables, now):
                return True
            if trigger.timer is not None:
                offered = services.timer_context(Place(0, step.process, step.element), None, variables)
                due = trigger.timer.due({**variables, **offered}, now, services.zone)
                if due is None or due.at <= now:
                    return True
        return False

    def next_turn(self) -> bool:
        """Begins the step that has been held back longest, when none is being done."""
        held = [token for token in self.tasks.values() if token._state == HELD]
        if not held or self.busy():
            return False
        first = min(held, key=lambda token: token.id)
        first._state = TaskState.READY
        self.top.ready.append(first)
        return True

    def nothing_left(self) -> bool:
        """Ends when it is enough; raises `Stuck` when it is not, although nothing can happen any more."""
        if not self.suffices():
            message = expected(
                "a step of '%(element)s' that can still be done, or its completion condition to hold",
                "all have ended and '%(text)s' does not",
                element=self.rule.element,
                text=self.rule.condition.text if self.rule.condition else "",
            )
            raise stuck("AD_HOC", self.rule.element, message)
        self.check_end()
        return True


class AdHoc(SubProcess):
    """An ad hoc sub-process. `chosen` is the property `activities`: the ids of the steps to begin with."""

    rests = True
    frame = AdHocFlow
    condition: Formula | None = None
    chosen: Formula | None = None
    cancels = True
    sequential = False
    heads: Mapping[str, Step] = {}
    activities: frozenset[Step] = frozenset()
    repeated: tuple[Step, ...] = ()

    def take_in(self, heads: Mapping[str, Step], activities: Iterable[Any]) -> None:
        """Notes what is inside: the steps that no flow leads to, by their ids as drawn, and the activities."""
        inside = list(activities)
        self.heads, self.activities = heads, frozenset(inside)
        for step in inside:
            step.choose = partial(choose, step)
            step._update_hook = partial(admit, step)
        if self.condition is not None and self.chosen is None:
            self.repeated = tuple(step for step in heads.values() if step.awaits_outside and not isinstance(step, Call))

    def begin(self, token: Token, inner: Frame) -> None:
        """Enables the first steps; whether anything is to do shows when all is at rest."""
        inner.arm_event_subs()
        for step in self.first(token):
            step.enter(inner, None)

    def first(self, token: Token) -> Iterable[Step]:
        """The steps to begin with; raises `Stuck` when the drawing's own choice names others than there are."""
        if self.chosen is None:
            return self.heads.values()
        value = self.chosen.value(token.scope.view(), token.top.services.now())
        if isinstance(value, list) and all(isinstance(one, str) and one in self.heads for one in value):
            return [self.heads[one] for one in value]
        message = expected(
            "a list of steps of '%(element)s' to begin with, of these: %(known)s",
            "'%(text)s' gave something else",
            element=self.element,
            known=", ".join(self.heads),
            text=self.chosen.text,
        )
        raise stuck("AD_HOC", self.element, message)

    def rest(self, token: Token) -> bool:
        inner = token.top.subprocesses.get(token.id)
        return inner is not None and inner.act()


def choose(step: Step, token: Token) -> tuple[Way, ...]:
    """The ways on from an activity inside, which has ended: none when it is enough."""
    return () if token.workflow.suffices() else type(step).choose(step, token)


def admit(step: Step, token: Token, via: str | None = None) -> bool:
    """Whether an activity inside begins now: not any more when it is enough, not yet when another has its turn."""
    flow: AdHocFlow = token.workflow
    if flow.kept.get(ENOUGH):
        token.remove()
        return False
    return not (flow.rule.sequential and flow.busy())
