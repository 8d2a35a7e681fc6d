"""Random block structures: what a process is made of before it becomes a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random


@dataclass
class Block:
    """A piece of a process with one way in and one way out; `parts` are the blocks inside, by role."""

    kind: str
    id: str
    parts: list[Block] = field(default_factory=list)
    mode: str = ""


LEAVES = ("task", "task", "task", "call")
NODES = (
    *("seq", "seq", "choice", "parallel", "parallel", "some", "repeat"),
    *("sub", "runs", "guard", "guard", "failing", "await", "called", "link", "undo", "stopped"),
)
GUARDS = (
    *("interrupt", "interrupt", "message", "beside", "cycle", "often", "runs"),
    *("event_sub", "event_sub_beside", "event_sub_cycle", "error_sub"),
    *("escalation", "escalation_beside", "escalation_sub"),
)
REPEATING = ("cycle", "often", "event_sub_cycle")
"""The modes of a guard whose event may happen several times."""
MAX_TASKS = 40


class Grower:
    """Grows a random block; ids count up, so that each is unique."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0
        self.tasks = 0
        self.undoing = 0
        self.looping = 0

    def id(self, prefix: str) -> str:
        """The next id."""
        self.count += 1
        return f"{prefix}{self.count}"

    def block(self, depth: int) -> Block:
        """A random block at most `depth` deep."""
        if depth <= 0 or self.tasks > MAX_TASKS or self.random.random() < 0.15:
            return self.leaf()
        kind = self.random.choice(NODES)
        return getattr(self, kind)(kind, self.id(kind[0]), depth - 1)  # type: ignore[no-any-return]

    def leaf(self) -> Block:
        """A task, one that can be taken back, or a call with an error boundary event or without."""
        self.tasks += 1
        kind = self.random.choice(LEAVES if self.undoing == 0 else (*LEAVES, "done", "done", "done"))
        if kind == "done":
            return Block(kind, self.id("t"))
        if kind == "task":
            return Block("task", self.id("t"))
        caught = self.random.random() < 0.5
        return Block("call", self.id("s"), [Block("task", self.id("t"))] if caught else [])

    def several(self, least: int, most: int, depth: int) -> list[Block]:
        """Some blocks."""
        return [self.block(depth) for _ in range(self.random.randint(least, most))]

    def seq(self, kind: str, id: str, depth: int) -> Block:
        return Block(kind, id, self.several(2, 3, depth))

    def choice(self, kind: str, id: str, depth: int) -> Block:
        return Block(kind, id, self.several(2, 3, depth))

    parallel = some = choice

    def repeat(self, kind: str, id: str, depth: int) -> Block:
        """A loop that begins at a merging gateway.

        An inclusive one only in the outermost loop: in an inner one it may wait for a token that waits for it
        beyond the outer loop, and by the standard's rule (13.4.3) both then wait for ever.
        """
        mode = "exclusive" if self.looping else self.random.choice(("exclusive", "inclusive"))
        self.looping += 1
        parts = [self.block(depth)]
        self.looping -= 1
        return Block(kind, id, parts, mode)

    def sub(self, kind: str, id: str, depth: int) -> Block:
        return Block(kind, id, [self.block(depth)])

    called = stopped = sub

    def link(self, kind: str, id: str, depth: int) -> Block:
        return Block(kind, id, self.several(2, 2, depth))

    def undo(self, kind: str, id: str, depth: int) -> Block:
        self.undoing += 1
        parts = self.several(2, 2, depth)
        self.undoing -= 1
        return Block(kind, id, parts, self.random.choice(("throw", "end")))

    def runs(self, kind: str, id: str, depth: int) -> Block:
        mode = self.random.choice(("parallel", "parallel", "sequential", "until"))
        return Block(kind, id, self.several(0, 1, depth), mode)

    def guard(self, kind: str, id: str, depth: int) -> Block:
        parts = [self.block(depth), self.block(depth - 1), self.block(depth - 1)]
        return Block(kind, id, parts, self.random.choice(GUARDS))

    def failing(self, kind: str, id: str, depth: int) -> Block:
        return Block(kind, id, [self.block(depth), self.block(depth - 1), self.block(depth - 1)])

    def await_(self, kind: str, id: str, depth: int) -> Block:
        return Block(kind, id, self.several(2, 3, depth))


setattr(Grower, "await", Grower.await_)


def within(block: Block) -> Iterator[Block]:
    """The block and all blocks inside it."""
    yield block
    for part in block.parts:
        yield from within(part)


def writers(block: Block) -> list[str]:
    """The ids of the plain tasks inside a block, which write a variable each."""
    return [one.id for one in within(block) if one.kind == "task"]


class Decisions:
    """What people, handlers and clocks do: drawn from the seed, the element and its path, never from the order."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def number(self, id: str, path: tuple[int, ...], below: int) -> int:
        """A number from 0 to `below` - 1."""
        return Random(f"{self.seed}/{id}/{path}").randrange(below)

    def again(self, id: str, path: tuple[int, ...]) -> bool:
        """Whether a loop turns once more; at most four rounds."""
        return path[-1] < 3 and self.number(id, path, 5) < 2

    def chosen(self, id: str, path: tuple[int, ...], branches: int) -> list[bool]:
        """Which conditions of an inclusive gateway hold (its last branch is the default and has none)."""
        return [self.number(f"{id}.{branch}", path, 2) == 1 for branch in range(branches - 1)]

    def items(self, id: str, path: tuple[int, ...]) -> list[int]:
        """What a multi-instance activity runs for."""
        return list(range(self.number(id, path, 4)))

    def fires(self, id: str, path: tuple[int, ...]) -> bool:
        """Whether the event beside an activity happens."""
        return self.number(id, path, 2) == 1

    def times(self, id: str, path: tuple[int, ...]) -> int:
        """How often a repeating timer happens, at most twice."""
        return self.number(id, path, 3)
