"""What a block structure must do, worked out from the structure alone: no tokens, no drawings, no engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bench.fuzz.blocks import Block, Decisions, writers

Path = tuple[int, ...]


@dataclass
class Expected:
    """How often each element is passed, which tasks run on which path, and what each variable may hold at the end."""

    passed: Counter[str] = field(default_factory=Counter)
    tasks: Counter[tuple[str, Path]] = field(default_factory=Counter)
    written: dict[str, list[tuple[Path, tuple[bool, ...], Path | None]]] = field(default_factory=dict)

    def finals(self, task: str) -> set[Path | None]:
        """What the variable of a task may hold at the end: the path it was written on, or null from a called process.

        A later round of a loop overwrites an earlier one; which run of a multi-instance activity
        writes last is left to the order of the people.
        """
        writes = self.written[task]
        last, runs, _ = writes[-1]
        free = runs.index(True) if True in runs else len(runs)
        latest: dict[Path, Path | None] = {}
        for path, flags, value in writes:
            if path[:free] == last[:free]:
                latest[tuple(n for n, run in zip(path, flags, strict=True) if run)] = value
        return set(latest.values())


class Oracle:
    """Walks a block structure with the decisions of a seed."""

    def __init__(self, decisions: Decisions) -> None:
        self.decide = decisions
        self.expected = Expected()
        self.runs: tuple[bool, ...] = ()

    def whole(self, process: str, block: Block) -> Expected:
        """What the whole process must do."""
        self.around(process, (), block)
        return self.expected

    def passes(self, *ids: str) -> None:
        """Elements that are passed once."""
        self.expected.passed.update(ids)

    def task(self, id: str, path: Path) -> None:
        """A task that is completed."""
        self.passes(id)
        self.expected.tasks[id, path] += 1

    def around(self, id: str, path: Path, *blocks: Block) -> None:
        """The inside of a process or sub-process."""
        self.passes(f"{id}_start")
        for block in blocks:
            self.walk(block, path)
        self.passes(f"{id}_end")

    def walk(self, block: Block, path: Path) -> None:
        """What one block does."""
        getattr(self, f"walk_{block.kind}")(block, path)

    def deeper(self, run: bool, path: Path, number: int) -> Path:
        """One name more in the path."""
        self.runs = (*self.runs[: len(path)], run)
        return (*path, number)

    def walk_task(self, block: Block, path: Path) -> None:
        self.task(block.id, path)
        self.write(block.id, path, path)

    def write(self, task: str, path: Path, value: Path | None) -> None:
        """A task's variable is written on a path."""
        self.expected.written.setdefault(task, []).append((path, self.runs[: len(path)], value))

    def walk_call(self, block: Block, path: Path) -> None:
        id = block.id
        if block.parts and self.decide.fires(id, path):
            self.passes(f"{id}_error")
            self.walk(block.parts[0], path)
            self.passes(f"{id}_merge")
            return
        self.task(id, path)
        if block.parts:
            self.passes(f"{id}_merge")

    def walk_seq(self, block: Block, path: Path) -> None:
        for part in block.parts:
            self.walk(part, path)

    def walk_choice(self, block: Block, path: Path) -> None:
        self.task(f"{block.id}_ask", path)
        self.passes(block.id, f"{block.id}_merge")
        self.walk(block.parts[self.decide.number(block.id, path, len(block.parts))], path)

    def walk_some(self, block: Block, path: Path) -> None:
        self.task(f"{block.id}_ask", path)
        self.passes(block.id, f"{block.id}_merge")
        chosen = self.decide.chosen(block.id, path, len(block.parts))
        taken = [part for part, holds in zip(block.parts, chosen, strict=False) if holds] or [block.parts[-1]]
        for part in taken:
            self.walk(part, path)

    def walk_parallel(self, block: Block, path: Path) -> None:
        self.passes(block.id, f"{block.id}_merge")
        self.walk_seq(block, path)

    def walk_await(self, block: Block, path: Path) -> None:
        chosen = self.decide.number(block.id, path, len(block.parts))
        self.passes(block.id, f"{block.id}_e{chosen}", f"{block.id}_merge")
        self.walk(block.parts[chosen], path)

    def walk_repeat(self, block: Block, path: Path) -> None:
        id = block.id
        self.task(f"{id}_enter", path)
        number = 0
        while True:
            inner = self.deeper(False, path, number)
            self.passes(f"{id}_top", f"{id}_test")
            self.walk(block.parts[0], inner)
            self.task(f"{id}_again", inner)
            if not self.decide.again(id, inner):
                break
            number += 1
        self.passes(f"{id}_out")

    def walk_sub(self, block: Block, path: Path) -> None:
        self.around(block.id, path, block.parts[0])
        self.passes(block.id)

    def walk_called(self, block: Block, path: Path) -> None:
        inside = writers(block.parts[0])
        before = {task: len(self.expected.written.get(task, ())) for task in inside}
        self.around(f"p_{block.id}", path, block.parts[0])
        self.passes(block.id)
        for task in inside:
            if len(self.expected.written.get(task, ())) == before[task]:
                self.write(task, path, None)

    def walk_runs(self, block: Block, path: Path) -> None:
        self.task(f"{block.id}_ask", path)
        items = self.decide.items(block.id, path)
        for item in items[:2] if block.mode == "until" else items:
            inner = self.deeper(True, path, item)
            if block.parts:
                self.around(block.id, inner, block.parts[0])
                self.passes(block.id)
            else:
                self.task(block.id, inner)

    def walk_failing(self, block: Block, path: Path) -> None:
        id = block.id
        before, after, handler = block.parts
        self.passes(f"{id}_start", f"{id}_test", f"{id}_merge")
        self.walk(before, path)
        self.task(f"{id}_ask", path)
        if self.decide.fires(id, path):
            self.passes(f"{id}_fail", f"{id}_error")
            self.walk(handler, path)
        else:
            self.walk(after, path)
            self.passes(f"{id}_end", id)

    def walk_guard(self, block: Block, path: Path) -> None:
        if block.mode == "runs":
            self.guarded_runs(block, path)
            return
        before, after, handler = block.parts
        id = block.id
        fires = self.decide.fires(id, path)
        self.passes(f"{id}_start")
        self.walk(before, path)
        if fires and block.mode in ("interrupt", "message"):
            self.passes(f"{id}_event", f"{id}_merge")
            self.walk(handler, path)
            return
        if fires and block.mode == "event_sub":
            self.passes(f"{id}_event", f"{id}_beside_end", f"{id}_es", id)
            self.task(f"{id}_beside", path)
            return
        self.beside(block, path)
        self.task(f"{id}_wait", path)
        self.walk(after, path)
        self.passes(f"{id}_end", id)
        if block.mode in ("interrupt", "message"):
            self.passes(f"{id}_merge")

    def beside(self, block: Block, path: Path) -> None:
        """What happens beside the guarded activity without stopping it."""
        id = block.id
        if block.mode not in ("beside", "cycle", "event_sub_beside"):
            return
        times = self.decide.times(id, path) if block.mode == "cycle" else int(self.decide.fires(id, path))
        for _ in range(times):
            self.passes(f"{id}_event", f"{id}_beside_end")
            self.task(f"{id}_beside", path)
            if block.mode == "event_sub_beside":
                self.passes(f"{id}_es")

    def guarded_runs(self, block: Block, path: Path) -> None:
        """A multi-instance task with a boundary timer, which happens before any run is completed."""
        id = block.id
        self.task(f"{id}_ask", path)
        self.passes(f"{id}_merge")
        items = self.decide.items(id, path)
        if items and self.decide.fires(id, path):
            self.passes(f"{id}_event")
            self.walk(block.parts[2], path)
            return
        for item in items:
            self.task(id, self.deeper(True, path, item))
