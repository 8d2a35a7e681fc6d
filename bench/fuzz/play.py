"""Plays a random process on the engine: people, handlers and clocks act in random order, and every step is reloaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bench.fuzz.blocks import REPEATING, Block, Decisions, Grower, within
from bench.fuzz.drawings import write_process
from bench.fuzz.oracle import Oracle
from bench.fuzz.pen import Files
from bench.fuzz.walk import Expected, Path
from engine.bpmn import Known, normalise, read
from engine.port import CallWanted, Ended, Left, TaskOpened
from engine.spiff import compile_bundle, load_execution, start_execution

MAIN = "main"
MAX_ACTIONS = 5000
KNOWN = Known()
ROLES = ("ask", "enter", "again", "wait", "beside", "undo", "idle")


class Surroundings:
    """The engine around an execution: a clock that goes ten days on with every step, so that every timer is due."""

    step_budget = 100_000
    live_tokens = 100_000

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def timer_context(self, *_: Any) -> dict[str, Any]:
        return {}

    def timer_setting(self, *_: Any) -> None:
        return None

    def zone(self) -> str:
        return "UTC"


@dataclass
class Case:
    """A random process: its blocks, its drawings and its decisions."""

    seed: str
    block: Block
    files: Files
    decisions: Decisions

    @classmethod
    def of(cls, seed: str, depth: int = 4) -> Case:
        """The process of a seed."""
        block = Grower(Random(seed)).block(depth)
        files = Files()
        write_process(files, MAIN, block)
        return cls(seed, block, files, Decisions(seed))

    def expected(self) -> Expected:
        """What the oracle says."""
        return Oracle(self.decisions).whole(MAIN, self.block)


class Difference(AssertionError):
    """The engine did something else than the oracle."""


class Player:
    """One run of a case.

    `seen` is there to be looked at, `execution` to act on: looking unpacks what a loaded state
    keeps packed, and both ways must do the same. One step in five goes on with the object of the
    step before, as the engine does within one command.
    """

    def __init__(self, case: Case, order: str) -> None:
        self.case, self.decide = case, case.decisions
        self.random = Random(f"{case.seed}/order/{order}")
        drawings = {name: normalise(read(xml, name), KNOWN) for name, xml in case.files.drawings.items()}
        self.spec = compile_bundle(drawings[MAIN], drawings)
        self.around = Surroundings()
        self.execution = self.seen = start_execution(self.spec, self.around)
        self.waiting: list[Any] = []
        self.blocks = {block.id: block for block in within(case.block)}
        self.opened: dict[int, Path] = {}
        self.fired: Counter[tuple[str, Path]] = Counter()
        self.passed: Counter[str] = Counter()
        self.tasks: Counter[tuple[str, Path]] = Counter()
        self.keys: set[tuple[str, str, int]] = set()
        self.ended: Ended | None = None

    def play(self) -> None:
        """Runs to the end; raises `Difference` when it gets stuck."""
        self.took(self.execution.start({}))
        for _ in range(MAX_ACTIONS):
            if self.execution.ended:
                return
            actions = list(self.actions())
            if not actions:
                raise Difference(f"nothing can be done, but {self.waiting} wait")
            self.took(self.random.choice(actions)())
        raise Difference("it does not end")

    def took(self, effects: Any) -> None:
        """Notes the effects of a step, then saves and loads."""
        for effect in effects:
            if isinstance(effect, Left) and effect.kind != "multiInstance":
                self.passed[effect.place.element] += 1
            elif isinstance(effect, TaskOpened | CallWanted):
                self.unique(effect.place.process, effect.place.element, effect.place.round)
            elif isinstance(effect, Ended):
                self.ended = effect
        state = self.execution.save()
        waiting = list(self.execution.waiting())
        self.seen = load_execution(self.spec, state, self.around)
        if self.seen.save() != state or list(self.seen.waiting()) != waiting or self.seen.save() != state:
            raise Difference("loading changed what waits")
        self.waiting = waiting
        if self.random.random() < 0.8:
            self.execution = load_execution(self.spec, state, self.around)
        self.around.time += timedelta(days=10)
        for one in waiting:
            if one.place.token not in self.opened:
                self.opened[one.place.token] = self.path(one.place.element, one.place.token)

    def unique(self, process: str, element: str, round: int) -> None:
        """The key of a call or task must never come twice."""
        key = (process, element, round)
        if key in self.keys:
            raise Difference(f"the round {round} of {element} came twice")
        self.keys.add(key)

    def path(self, element: str, token: int) -> Path:
        """The path of a token: the rounds of the loops and the items of the runs around it."""
        view = self.seen.variables(token)
        return tuple(view[name] for name in self.case.files.paths.get(element, ()))

    def actions(self) -> Any:
        """What people, handlers and clocks may do now."""
        for one in self.waiting:
            element, token = one.place.element, one.place.token
            path = self.opened[token]
            if isinstance(one, CallWanted):
                yield self.call(element, token, path)
            elif isinstance(one, TaskOpened):
                yield from self.person(element, token, path)
            elif "_e" in element and not element.endswith("_event"):
                yield from self.awaited(element, token, path)

    def call(self, element: str, token: int, path: Path) -> Callable[[], Any]:
        """A handler finishes, or throws an error that is caught."""
        if self.blocks[element].parts and self.decide.fires(element, path):
            return lambda: self.execution.throw(token, "BROKEN", {})
        return self.complete(element, token, path, {})

    def complete(self, element: str, token: int, path: Path, values: dict[str, Any]) -> Callable[[], Any]:
        """Completes a task or call, and counts it."""

        def act() -> Any:
            self.tasks[element, path] += 1
            return self.execution.complete(token, values)

        return act

    def awaited(self, element: str, token: int, path: Path) -> Any:
        """The event behind an event-based gateway that is to happen."""
        gateway, _, number = element.rpartition("_e")
        if int(number) == self.decide.number(gateway, path, len(self.blocks[gateway].parts)):
            yield lambda: self.happen(token)

    def happen(self, token: int) -> Any:
        """A timer is due or a message comes."""
        awaited = next(one for one in self.waiting if one.place.token == token)
        return self.execution.catch(token, {}) if hasattr(awaited, "name") else self.execution.due(token)

    def person(self, element: str, token: int, path: Path) -> Any:
        """A person completes a task, unless something is to happen beside it first."""
        base, _, role = element.rpartition("_")
        block = self.blocks.get(base) if role in ROLES else self.blocks[element]
        if block is None:
            raise Difference(f"{element} is no task of any block")
        if role == "idle":
            return
        if role == "undo":
            path = ()
        event = self.event_due(block, role, path)
        if self.interrupts(block, role, path, event is not None) and self.beside_open():
            return
        if event is not None:
            yield event
        else:
            yield self.complete(element, token, path, self.values(block, role, path))

    def interrupts(self, block: Block, role: str, path: Path, event: bool) -> bool:
        """Whether the next action at this task stops what is going on around it."""
        if role == "ask" and (block.kind == "failing" or block.mode in ("escalation", "error_sub")):
            return self.decide.fires(block.id, path)
        if role == "ask" and block.kind == "stopped":
            return True
        return event and block.mode in ("interrupt", "message", "event_sub", "runs")

    def beside_open(self) -> bool:
        """Whether a task beside an activity is open; it goes first, as the oracle does not know who is faster."""
        return any(one.place.element.endswith("_beside") for one in self.waiting)

    def event_due(self, block: Block, role: str, path: Path) -> Callable[[], Any] | None:
        """The event that has to happen before this task may be completed."""
        if block.kind != "guard":
            return None
        if block.mode == "runs":
            return self.fire(block.id, path[:-1], 1) if role not in ("ask",) else None
        if role != "wait":
            return None
        times = self.decide.times(block.id, path) if block.mode in REPEATING else 1
        return self.fire(block.id, path, times)

    def fire(self, id: str, path: Path, times: int) -> Callable[[], Any] | None:
        """Lets the event of a guard happen, if it is to happen and has not yet happened often enough."""
        block = self.blocks[id]
        wanted = times if block.mode in REPEATING else int(self.decide.fires(id, path))
        if self.fired[id, path] >= wanted:
            return None
        event = f"{id}_event"
        waiting = [one.place.token for one in self.waiting if one.place.element == event]
        token = next((one for one in waiting if self.opened[one] == path), None)
        if token is None:
            raise Difference(f"{event} does not wait on the path {path}")

        def act() -> Any:
            self.fired[id, path] += 1
            return self.happen(token)

        return act

    def values(self, block: Block, role: str, path: Path) -> dict[str, Any]:
        """What a person enters."""
        id = block.id
        if block.kind == "task":
            return {f"d_{id}": {"task": id, "path": list(path)}}
        if role == "enter":
            return {f"r_{id}": 0}
        if role == "again":
            return {f"r_{id}": path[-1] + 1, f"x_{id}": self.decide.again(id, path)}
        if role != "ask":
            return {}
        if block.kind == "some":
            return {f"x_{id}": self.decide.chosen(id, path, len(block.parts))}
        if block.kind in ("failing", "undo", "guard") and block.mode != "runs":
            return {f"x_{id}": self.decide.fires(id, path)}
        if block.kind == "choice":
            return {f"x_{id}": self.decide.number(id, path, len(block.parts))}
        return {f"l_{id}": self.decide.items(id, path)}


def check(case: Case, order: str) -> None:
    """Plays a case once; raises `Difference` (or what the engine raised) when it is not as the oracle says."""
    player = Player(case, order)
    player.play()
    expected = case.expected()
    compare("elements", expected.passed, player.passed)
    compare("tasks", expected.tasks, player.tasks)
    if player.ended is None or player.ended.error is not None or f"{MAIN}_end" not in player.ended.ends:
        raise Difference(f"it ended as {player.ended}")
    values = player.execution.variables()
    for task in expected.written:
        value = values.get(f"d_{task}")
        found = None if value is None else (value["task"], tuple(value["path"]))
        if found not in {path if path is None else (task, path) for path in expected.finals(task)}:
            raise Difference(f"d_{task} is {value}, expected one of {expected.finals(task)}")
    surplus = {name for name, value in values.items() if name.startswith("d_") and value is not None}
    surplus -= {f"d_{task}" for task in expected.written}
    if surplus:
        raise Difference(f"{surplus} should not be there")


def compare(what: str, expected: Counter[Any], found: Counter[Any]) -> None:
    """Raises `Difference` naming what is missing and what is too much."""
    if expected != found:
        raise Difference(f"{what}: missing {dict(expected - found)}, too much {dict(found - expected)}")
