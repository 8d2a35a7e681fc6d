"""A file of decisions, ready to be asked: the requirement graph and its evaluation (DMN 6, 10.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.dmn.boxed import lost
from engine.dmn.item_types import ItemTypes
from engine.dmn.results import DecisionResult, DecisionRun, Step
from engine.dmn.table import Input, Output, Row, Table
from engine.errors import NotFound
from engine.feel import Function
from engine.feel.run import Code, Frame, Run, Scope
from engine.feel.values import intake_deep


class _Inputs(dict[str, object]):
    """The variables of an evaluation; remembers which of them were asked for."""

    def __init__(self, items: Iterable[tuple[str, object]]) -> None:
        super().__init__(items)
        self.asked: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        self.asked[name] = value
        return value


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function by name. ``requires``: ids of what it calls."""

    id: str
    name: str
    requires: tuple[str, ...]
    code: Code


@dataclass(frozen=True, slots=True)
class DecisionService:
    """A part of the graph behind a function: ids of its outputs, and of the inputs that are its parameters."""

    id: str
    name: str
    outputs: tuple[str, ...]
    input_data: tuple[str, ...]
    input_decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputData:
    """A value from outside: its name and type."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``table`` is None for other logic than a decision table; ``requires``: decision ids."""

    id: str
    name: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    variable: str
    type: str
    requires: tuple[str, ...]
    knowledge: tuple[str, ...]
    expression: str
    table: Table | None
    code: Code

    @property
    def hit_policy(self) -> str:
        """The table's hit policy; "" when there is no table."""
        return "" if self.table is None else self.table.hit_policy

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The table's columns of conditions."""
        return () if self.table is None else self.table.inputs

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The table's columns of results."""
        return () if self.table is None else self.table.outputs

    @property
    def rules(self) -> tuple[Row, ...]:
        """The table's rows as written."""
        return () if self.table is None else self.table.rows


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """All decisions of one file; immutable, may be shared by threads."""

    file: str
    name: str
    names: Mapping[str, str]
    decisions: Mapping[str, Decision]
    input_data: Mapping[str, InputData] = field(repr=False)
    knowledge: Mapping[str, Knowledge] = field(repr=False)
    services: Mapping[str, DecisionService] = field(repr=False)
    types: ItemTypes = field(repr=False)
    order: tuple[str, ...] = field(repr=False)
    free_names: Mapping[str, frozenset[str]] = field(repr=False, default_factory=dict)

    def evaluate(self, decision_id: str, inputs: Mapping[str, object], now: datetime | None = None) -> DecisionResult:
        """The value of a decision for these variables; required decisions come first, each once.

        Raises NotFound for a decision that is not in the file, DecisionError when a table contradicts its hit
        policy, BudgetExceeded when the logic is too much work.
        """
        if decision_id not in self.decisions:
            raise NotFound(
                "Expected a decision of %(file)s, but it has no '%(decision)s', only %(known)s.",
                file=self.file,
                decision=decision_id,
                known=", ".join(self.decisions),
            )
        run = DecisionRun(now)
        given = self._inputs(inputs, run)
        value = self._value(decision_id, given, {}, run)
        return DecisionResult(value, tuple(run.fired), given.asked, tuple(run.notes), tuple(run.trace))

    def call(self, service_id: str, inputs: Mapping[str, object], now: datetime | None = None) -> DecisionResult:
        """The value of a decision service or a business knowledge model for parameters by name.

        Raises what :meth:`evaluate` raises.
        """
        run = DecisionRun(now)
        given = self._inputs(inputs, run)
        if service_id in self.services:
            service = self.services[service_id]
            fixed = {key: inputs.get(self.decisions[key].variable) for key in service.input_decisions}
            value = self._serve(service, given, fixed, run)
        else:
            function = self._function(service_id, given, run)
            value = None if function is None else function.call(run, [given.get(name) for name in function.params])
        return DecisionResult(value, tuple(run.fired), given.asked, tuple(run.notes), tuple(run.trace))

    def _inputs(self, inputs: Mapping[str, object], run: DecisionRun) -> "_Inputs":
        given = _Inputs((name, intake_deep(value, run)) for name, value in inputs.items())
        for data in self.input_data.values():
            if data.name in given:
                given[data.name] = self.types.fitted(given.get(data.name), data.type, run)
        return given

    def _value(self, wanted: str, given: Scope, fixed: Mapping[str, object], run: DecisionRun) -> object:
        values = {key: self.types.fitted(value, self.decisions[key].type, run) for key, value in fixed.items()}
        needed = self._needed(wanted, fixed)
        for key in self.order:
            if key in needed and key not in values:
                values[key] = self._decide(self.decisions[key], given, values, run)
        return values[wanted]

    def _needed(self, wanted: str, fixed: Mapping[str, object]) -> set[str]:
        needed: set[str] = set()
        todo = [wanted]
        while todo:
            key = todo.pop()
            if key not in needed:
                needed.add(key)
                todo.extend(() if key in fixed else self.decisions[key].requires)
        return needed

    def _decide(self, decision: Decision, given: Scope, values: Mapping[str, object], run: DecisionRun) -> object:
        frame = Frame(given, self._functions(decision.knowledge, given, run))
        for key in decision.requires:
            required = self.decisions[key]
            frame.update({required.id: values[key], required.name: values[key], required.variable: values[key]})
        outer, run.decision = run.decision, decision.id
        value = self.types.fitted(decision.code(frame, run), decision.type, run)
        run.decision = outer
        run.trace.append(Step(decision.id, value))
        return value

    def _functions(self, keys: tuple[str, ...], given: Scope, run: DecisionRun) -> dict[str, object]:
        found: dict[str, object] = {}
        for key in keys:
            name = self.knowledge[key].name if key in self.knowledge else self.services[key].name
            found[name] = self._function(key, given, run)
        return found

    def _function(self, key: str, given: Scope, run: DecisionRun) -> Function | None:
        if key in self.services:
            return self._service_function(self.services[key], given)
        knowledge = self.knowledge[key]
        value = knowledge.code(Frame(given, self._functions(knowledge.requires, given, run)), run)
        return value if isinstance(value, Function) else None

    def _service_function(self, service: DecisionService, given: Scope) -> Function:
        data = [self.input_data[key] for key in service.input_data]
        decisions = [self.decisions[key] for key in service.input_decisions]
        params = (*(each.name for each in data), *(each.variable for each in decisions))
        types = (*(each.type for each in data), *(each.type for each in decisions))

        def perform(run: Run, arguments: list[object]) -> object:
            assert isinstance(run, DecisionRun)
            values = [self.types.fitted(value, wanted, run) for value, wanted in zip(arguments, types, strict=True)]
            if lost(arguments, values):
                return None
            run.enter()
            outside = dict(zip(params, values[: len(data)], strict=False))
            fixed = dict(zip(service.input_decisions, values[len(data) :], strict=True))
            value = self._serve(service, Frame(given, outside), fixed, run)
            run.leave()
            return value

        return Function(service.name, params, perform)

    def _serve(self, service: DecisionService, given: Scope, fixed: Mapping[str, object], run: DecisionRun) -> object:
        values = {self.decisions[key].variable: self._value(key, given, fixed, run) for key in service.outputs}
        return next(iter(values.values())) if len(values) == 1 else values
