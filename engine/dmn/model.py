"""A file of decisions, ready to be asked: the requirement graph and its evaluation (DMN 6, 10.4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.dmn.boxed import lost
from engine.dmn.elements import Decision, DecisionService, InputData, Knowledge
from engine.dmn.item_types import ItemTypes
from engine.dmn.results import DecisionResult, DecisionRun, Step
from engine.errors import NotFound
from engine.feel import BudgetExceeded, Function
from engine.feel.run import Frame, Run, Scope
from engine.feel.values import intake_deep

_FUNCTION_STEPS = 20
"""What making the function of an element costs."""


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
class Imported:
    """Another file of decisions, under the name that this one calls it by; "" puts its names among our own."""

    name: str
    model: "DecisionModel"

    def inside(self, given: Scope) -> Frame:
        """The variables for its decisions: those given under its name, in front of all others."""
        return Frame(given, _members(given, self.name))


def _members(scope: Scope, name: str) -> dict[str, object]:
    try:
        found = scope[name]
    except KeyError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """All decisions of one file; immutable, may be shared by threads. ``imports`` is by namespace."""

    file: str
    name: str
    names: Mapping[str, str]
    decisions: Mapping[str, Decision]
    input_data: Mapping[str, InputData] = field(repr=False)
    knowledge: Mapping[str, Knowledge] = field(repr=False)
    services: Mapping[str, DecisionService] = field(repr=False)
    types: ItemTypes = field(repr=False)
    imports: Mapping[str, Imported] = field(repr=False)
    order: tuple[str, ...] = field(repr=False)
    element_names: frozenset[str] = field(repr=False)

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
        return _result(run, given, lambda: self._value(decision_id, given, {}, run))

    def call(self, service_id: str, inputs: Mapping[str, object], now: datetime | None = None) -> DecisionResult:
        """The value of a decision service or a business knowledge model for parameters by name.

        Raises what :meth:`evaluate` raises.
        """
        run = DecisionRun(now)
        given = self._inputs(inputs, run)
        return _result(run, given, lambda: self._called(service_id, given, run))

    def _called(self, service_id: str, given: "_Inputs", run: DecisionRun) -> object:
        if service_id in self.services:
            service = self.services[service_id]
            fixed = {key: given.get(each.variable) for key, each in self._found(service.input_decisions)}
            return self._serve(service, given, fixed, run)
        function = self._function(service_id, given, run)
        return None if function is None else function.call(run, [given.get(name) for name in function.params])

    def split(self, key: str) -> tuple[Imported | None, str]:
        """The import that a key leads into (None for this file or an unknown one), and the id there."""
        space, _, identity = key.rpartition("#")
        return self.imports.get(space), identity

    def decision(self, key: str) -> Decision | None:
        """A decision of this file or an imported one; None when the file is broken and has none."""
        imported, identity = self.split(key)
        return self.decisions.get(key) if imported is None else imported.model.decision(identity)

    def input(self, key: str) -> InputData | None:
        """Input data of this file or an imported one; None when the file is broken and has none."""
        imported, identity = self.split(key)
        return self.input_data.get(key) if imported is None else imported.model.input(identity)

    def _found(self, keys: Iterable[str]) -> Iterator[tuple[str, Decision]]:
        for key in keys:
            decision = self.decision(key)
            if decision is not None:
                yield key, decision

    def _fitted(self, value: object, type_name: str, key: str, run: Run) -> object:
        imported, identity = self.split(key)
        if imported is not None:
            return imported.model._fitted(value, type_name, identity, run)
        return self.types.fitted(value, type_name, run)

    def _inputs(self, inputs: Mapping[str, object], run: DecisionRun) -> "_Inputs":
        given = _Inputs((name, intake_deep(value, run)) for name, value in inputs.items())
        self._fit_inputs(given, run)
        given.asked.clear()
        return given

    def _fit_inputs(self, given: dict[str, object], run: DecisionRun) -> None:
        for data in self.input_data.values():
            if data.name in given:
                given[data.name] = self.types.fitted(given.get(data.name), data.type, run)
        for imported in self.imports.values():
            if imported.name:
                imported.model._fit_inputs(_members(given, imported.name), run)

    def _value(self, wanted: str, given: Scope, fixed: Mapping[str, object], run: DecisionRun) -> object:
        values = {key: self._fitted(fixed[key], each.type, key, run) for key, each in self._found(fixed)}
        needed = self._needed(wanted, fixed)
        run.charge(len(needed))
        for key in needed:
            imported, identity = self.split(key)
            if imported is not None and key not in values:
                values[key] = imported.model._value(identity, imported.inside(given), {}, run)
        for key in self.order:
            if key in needed and key not in values:
                values[key] = self._decide(self.decisions[key], given, values, run)
        return values[wanted] if wanted in values else run.fail("The decision is not there, or requires itself.")

    def _needed(self, wanted: str, fixed: Mapping[str, object]) -> list[str]:
        """Keys of the decisions to be evaluated, each once; behind an import, its own file goes on."""
        needed: dict[str, None] = {}
        todo = [wanted]
        while todo:
            key = todo.pop()
            if key not in needed:
                needed[key] = None
                if key in self.decisions and key not in fixed:
                    todo.extend(self.decisions[key].requires)
        return list(needed)

    def _decide(self, decision: Decision, given: Scope, values: Mapping[str, object], run: DecisionRun) -> object:
        frame = self._frame(decision.knowledge, given, run)
        for key, required in self._found(decision.requires):
            if key in values:
                self._bind(frame, key, (required.id, required.name, required.variable), values[key])
        outer, run.decision = run.decision, decision.id
        outer_types, run.types = run.types, self.types
        value = self.types.fitted(decision.code(frame, run), decision.type, run)
        run.decision, run.types = outer, outer_types
        run.trace.append(Step(decision.id, value))
        return value

    def _bind(self, frame: Frame, key: str, names: Iterable[str], value: object) -> None:
        """Put a value into the frame: under its names, or as members of its import."""
        imported, _ = self.split(key)
        named = dict.fromkeys(names, value)
        if imported is None or not imported.name:
            frame.update(named)
        else:
            frame[imported.name] = {**_members(frame, imported.name), **named}

    def _frame(self, knowledge: Iterable[str], given: Scope, run: DecisionRun) -> Frame:
        """The variables, with the functions that an element requires in front of them."""
        frame = Frame(given, {})
        for key in knowledge:
            function = self._function(key, given, run)
            if function is not None:
                self._bind(frame, key, (function.name,), function)
        return frame

    def _function(self, key: str, given: Scope, run: DecisionRun) -> Function | None:
        imported, identity = self.split(key)
        if imported is not None:
            return imported.model._function(identity, imported.inside(given), run)
        if key in self.services:
            return self._service_function(self.services[key], given)
        if key not in self.knowledge:
            return None
        knowledge = self.knowledge[key]
        run.enter(_FUNCTION_STEPS)
        frame = self._frame((each for each in knowledge.requires if each != key), given, run)
        run.leave()
        value = knowledge.code(frame, run)
        if not isinstance(value, Function):
            return None
        function = replace(value, name=knowledge.name)
        frame[knowledge.name] = function
        return function

    def _service_function(self, service: DecisionService, given: Scope) -> Function:
        found = [(key, data) for key in service.input_data if (data := self.input(key)) is not None]
        typed = [(data.name, data.type, key) for key, data in found]
        decisions = list(self._found(service.input_decisions))
        typed += [(each.variable, each.type, key) for key, each in decisions]
        count = len(found)

        def perform(run: Run, arguments: list[object]) -> object:
            assert isinstance(run, DecisionRun)
            values = [
                self._fitted(value, wanted, key, run) for value, (_, wanted, key) in zip(arguments, typed, strict=True)
            ]
            if lost(arguments, values):
                return None
            run.enter()
            frame = Frame(given, {})
            for (name, _, key), value in zip(typed[:count], values, strict=False):
                self._bind(frame, key, (name,), value)
            fixed = dict(zip((key for key, _ in decisions), values[count:], strict=True))
            result = self._serve(service, frame, fixed, run)
            run.leave()
            return result

        return Function(service.name, tuple(name for name, _, _ in typed), perform)

    def _serve(self, service: DecisionService, given: Scope, fixed: Mapping[str, object], run: DecisionRun) -> object:
        values = {each.variable: self._value(key, given, fixed, run) for key, each in self._found(service.outputs)}
        return next(iter(values.values())) if len(values) == 1 else values


def _result(run: DecisionRun, given: _Inputs, ask: Callable[[], object]) -> DecisionResult:
    try:
        value = ask()
    except RecursionError:
        raise BudgetExceeded("The logic of the decision is nested too deeply") from None
    return DecisionResult(value, tuple(run.fired), given.asked, tuple(run.notes), tuple(run.trace))


def imported_names(imports: Iterable[Imported]) -> Iterator[str]:
    """Every name that a text may use because of these imports."""
    for imported in imports:
        yield from imported.model.element_names
        if imported.name:
            yield imported.name
