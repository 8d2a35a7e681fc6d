"""What a block structure must do, worked out from the structure alone: no tokens, no drawings, no engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
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


class Walk:
    """Walks a block structure with the decisions of a seed; `done` is what can be taken back in the scope around."""

    def __init__(self, decisions: Decisions) -> None:
        self.decide = decisions
        self.expected = Expected()
        self.runs: tuple[bool, ...] = ()
        self.done: list[str] = []

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

    @contextmanager
    def scope(self) -> Iterator[None]:
        """A sub-process: when it ends by itself, what was done in there can still be taken back around it."""
        around, self.done = self.done, []
        yield
        self.done = around + self.done

    def walk_done(self, block: Block, path: Path) -> None:
        self.task(block.id, path)
        self.done.append(block.id)

    def walk_link(self, block: Block, path: Path) -> None:
        self.passes(f"{block.id}_throw", f"{block.id}_catch")
        self.walk_seq(block, path)

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
        with self.scope():
            self.around(block.id, path, block.parts[0])
        self.passes(block.id)

    def walk_called(self, block: Block, path: Path) -> None:
        inside = writers(block.parts[0])
        before = {task: len(self.expected.written.get(task, ())) for task in inside}
        with self.scope():
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
                with self.scope():
                    self.around(block.id, inner, block.parts[0])
                self.passes(block.id)
            else:
                self.task(block.id, inner)
