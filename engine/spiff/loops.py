"""Multi-instance activities: the same activity for each item of a list, at once or one after the other.

Each run has local variables in front of those around it. When it ends, what it wrote goes to the
variables around it, except the item, the counter and a collected output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ParallelMultiInstanceTask, SequentialMultiInstanceTask
from SpiffWorkflow.util.task import TaskState

from engine.errors import expected
from engine.spiff.budget import make_room
from engine.spiff.expressions import Formula, stuck
from engine.spiff.steps import Activity, Step
from engine.spiff.throws import throw_one
from engine.spiff.tokens import RunScope, Scope, Token
from engine.spiff.triggers import Trigger

COUNTER = "loopCounter"


@dataclass(frozen=True, slots=True)
class Thrown:
    """An event that a multi-instance activity throws when a run ends: each time the condition holds (None: always).

    `once`: only when the first run ends.
    """

    trigger: Trigger
    condition: Formula | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """How often an activity runs: over a collection or so many times, until when, and what is collected.

    `item` is the local name of the current item; `output` collects the local `output_item` of each run;
    `counted_from` is the `loopCounter` of the first run; `counted`: a run sees how many runs there are.
    `thrown` are events and when a run that ends throws them (BPMN 2.0, 10.2.8: none, one and complex behavior).
    """

    collection: Formula | None
    cardinality: Formula | None
    item: str | None
    condition: Formula | None
    output: str | None = None
    output_item: str | None = None
    thrown: tuple[Thrown, ...] = ()
    counted_from: int = 0
    counted: bool = False

    @property
    def local(self) -> frozenset[str]:
        """Names that stay inside a run."""
        return frozenset(name for name in (self.item, self.output_item, COUNTER) if name)


def whole(value: Any) -> int:
    """A value as a number of runs; -1 for what is none."""
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return int(value) if number and value == int(value) else -1


class MultiInstance(Activity):
    """The outside of a multi-instance activity: boundary events and flows belong to it, the runs to `body`.

    It reports no entering of its own; when it is left, its kind is `multiInstance`.
    """

    announced = False
    body: Step
    plan: Plan

    def _run(self, token: Token) -> bool | None:
        """Begins without telling so: entering is told run by run."""
        token.round = token.top.counts.peek(self)
        items = self.items(token)
        token.internal_data.update(of=len(items), done=0)
        if self.plan.output is not None:
            token.internal_data["out"] = {}
        self.guard(token)
        if not items:
            self.collect(token)
            return True
        self.start(token, items)
        return None

    def start(self, token: Token, items: Sequence[Any]) -> None:
        """Begins the first run or all runs."""
        raise TypeError("Expected a parallel or a sequential multi-instance activity.")

    def items(self, token: Token) -> Sequence[Any]:
        """What to run for: the items of the collection, or a range; raises `Stuck` for anything else."""
        formula = self.plan.collection or self.plan.cardinality
        if formula is None:
            return ()
        value = formula.value(token.scope.view(), token.top.services.now())
        limit = token.top.services.step_budget
        count = whole(value) if self.plan.collection is None else len(value) if isinstance(value, list) else -1
        if not 0 <= count <= limit:
            raise self.stuck(formula.text, count, limit)
        return range(count) if self.plan.collection is None else value

    def stuck(self, text: str, count: int, limit: int) -> Exception:
        """The exception for runs that cannot begin: too many of them, or (-1) what says no number of runs at all."""
        said = {"element": self.element, "text": text, "limit": limit}
        if count > limit:
            message = expected(
                "at most %(limit)s runs of '%(element)s'", "'%(text)s' asks for %(count)s", **said, count=count
            )
        elif self.plan.collection is not None:
            message = expected(
                "a list of at most %(limit)s for the runs of '%(element)s'", "'%(text)s' gave something else", **said
            )
        else:
            message = expected(
                "a number that is not negative of at most %(limit)s for the runs of '%(element)s'",
                "'%(text)s' gave something else",
                **said,
            )
        return stuck("MULTI_INSTANCE", self.element, message)

    def run_one(self, token: Token, number: int, item: Any) -> None:
        """Begins one run with its local variables."""
        local = {COUNTER: self.plan.counted_from + number}
        if self.plan.item is not None:
            local[self.plan.item] = item
        run = Token(token.workflow, self.body, parent=token)
        run.scope = RunScope(token, local) if self.plan.counted else Scope(token.scope, local)
        self.body._update(run)

    def run_finished(self, token: Token, run: Token) -> None:
        """A run has ended: takes over what it wrote, and ends, begins the next, or waits for the others."""
        data, plan = token.internal_data, self.plan
        data["done"] += 1
        if plan.counted and token.top.watch is not None:
            token.top.watch.counted(token, self.numbers(token))
        if plan.output is not None:
            data["out"][str(run.scope.values[COUNTER])] = run.scope.view().get(plan.output_item or "")
        local = plan.local
        token.scope.write({name: value for name, value in run.scope.values.items() if name not in local})
        self.throw(token, run)
        if token._state & TaskState.FINISHED_MASK:
            return  # what was thrown has interrupted the activity
        if self.enough(token, run) or not self.next(token):
            token.drop_carried()
            self.collect(token)
            token.complete()

    def throw(self, token: Token, run: Token) -> None:
        """Throws what is to be thrown after this run, from the activity, with its numbers in sight."""
        numbers, around = self.numbers(token) if self.plan.thrown else {}, token.scope
        for thrown in self.plan.thrown:
            condition, now = thrown.condition, token.top.services.now()
            wanted = condition is None or condition.holds({**run.scope.view(), **numbers}, now)
            interrupted = token._state & TaskState.FINISHED_MASK
            if wanted and not interrupted and not (thrown.once and token.internal_data["done"] > 1):
                token.scope = Scope(around, numbers)
                throw_one(token, thrown.trigger)
                token.scope = around

    def numbers(self, token: Token) -> dict[str, Any]:
        """How many runs there are, by the standard's names (BPMN 2.0, 10.2.8) and by Camunda's."""
        of, done = token.internal_data["of"], token.internal_data["done"]
        active = self.active(of, done)
        return {
            "numberOfInstances": of,
            "numberOfActiveInstances": active,
            "numberOfCompletedInstances": done,
            "numberOfTerminatedInstances": 0,
            "nrOfInstances": of,
            "nrOfActiveInstances": active,
            "nrOfCompletedInstances": done,
        }

    def enough(self, token: Token, run: Token) -> bool:
        """Whether the completion condition holds, seen from the run that has just ended."""
        if self.plan.condition is None:
            return False
        variables: Mapping[str, Any] = {**run.scope.view(), **self.numbers(token)}
        return self.plan.condition.holds(variables, token.top.services.now())

    def active(self, of: int, done: int) -> int:
        """How many runs are going on."""
        return of - done

    def next(self, token: Token) -> bool:
        """Begins what comes after a finished run; False when nothing is left to wait for."""
        return int(token.internal_data["done"]) < int(token.internal_data["of"])

    def collect(self, token: Token) -> None:
        """Sets the collected output, in the order of the items."""
        if self.plan.output is not None:
            out = token.internal_data["out"]
            token.scope.write({self.plan.output: [out[key] for key in sorted(out, key=int)]})


class ParallelRuns(MultiInstance, ParallelMultiInstanceTask):
    """All runs at once."""

    def start(self, token: Token, items: Sequence[Any]) -> None:
        make_room(token.top, self.element, len(items))
        for number, item in enumerate(items):
            self.run_one(token, number, item)


class SequentialRuns(MultiInstance, SequentialMultiInstanceTask):
    """One run after the other."""

    def start(self, token: Token, items: Sequence[Any]) -> None:
        if self.plan.item is not None and self.plan.collection is not None:
            token.internal_data["items"] = list(items[1:])
        self.run_one(token, 0, items[0])

    def active(self, of: int, done: int) -> int:
        return 1

    def next(self, token: Token) -> bool:
        data = token.internal_data
        if not MultiInstance.next(self, token):
            return False
        number = data["done"]
        self.run_one(token, number, data["items"].pop(0) if "items" in data else number)
        return True


class RepeatedRuns(SequentialRuns):
    """A standard loop: runs again while its condition holds, at most `maximum` times.

    In the condition, `loopCounter` is how many runs have ended (BPMN 2.0, 10.2.8).
    """

    maximum: int | None = None
    test_before = False

    def items(self, token: Token) -> Sequence[Any]:
        return () if self.test_before and not self.again(token, 0) else range(1)

    def again(self, token: Token, done: int) -> bool:
        """Whether the loop's condition asks for another run."""
        variables = {**token.scope.view(), COUNTER: done}
        return self.plan.condition is None or self.plan.condition.holds(variables, token.top.services.now())

    def enough(self, token: Token, run: Token) -> bool:
        done = token.internal_data["done"]
        token.internal_data["of"] = done + 1
        return done == self.maximum or not self.again(token, done)
