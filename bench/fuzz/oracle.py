"""What sub-processes must do that something ends early, that something happens beside, or that are taken back."""

from __future__ import annotations

from bench.fuzz.blocks import REPEATING, Block
from bench.fuzz.walk import Path, Walk


class Oracle(Walk):
    """Walks every kind of block."""

    def decides(self, block: Block, path: Path) -> bool:
        """The first half of a sub-process in which a person decides: whether it throws."""
        self.passes(f"{block.id}_start", f"{block.id}_test")
        self.walk(block.parts[0], path)
        self.task(f"{block.id}_ask", path)
        return self.decide.fires(block.id, path)

    def goes_on(self, block: Block, path: Path) -> None:
        """The second half."""
        self.passes(f"{block.id}_on")
        self.walk(block.parts[1], path)
        self.passes(f"{block.id}_end", block.id)

    def handled(self, block: Block, path: Path) -> None:
        """The event on the edge, and what follows it."""
        self.passes(f"{block.id}_event")
        self.walk(block.parts[2], path)

    def walk_failing(self, block: Block, path: Path) -> None:
        around, self.done = self.done, []
        self.passes(f"{block.id}_merge")
        if self.decides(block, path):
            self.done = around
            self.passes(f"{block.id}_throw")
            self.handled(block, path)
            return
        self.goes_on(block, path)
        self.done = around + self.done

    def walk_undo(self, block: Block, path: Path) -> None:
        around, self.done = self.done, []
        if not self.decides(block, path):
            self.goes_on(block, path)
        else:
            self.passes(f"{block.id}_throw")
            for id in self.done:
                self.passes(f"{id}_back", f"{id}_undo")
                self.expected.tasks[f"{id}_undo", ()] += 1
            self.done = []
            if block.mode == "end":
                self.passes(block.id)
            else:
                self.goes_on(block, path)
        self.done = around + self.done

    def walk_stopped(self, block: Block, path: Path) -> None:
        id = block.id
        with self.scope():
            self.passes(f"{id}_start", f"{id}_split")
            self.walk(block.parts[0], path)
            self.task(f"{id}_ask", path)
            self.passes(f"{id}_throw", id)

    def walk_guard(self, block: Block, path: Path) -> None:
        mode = block.mode
        if mode == "runs":
            self.guarded_runs(block, path)
        elif mode.startswith(("escalation", "error")):
            self.throwing(block, path)
        else:
            self.guarded(block, path)

    def guarded(self, block: Block, path: Path) -> None:
        """A sub-process with an event that comes from outside."""
        id, mode = block.id, block.mode
        fires = self.decide.fires(id, path)
        around, self.done = self.done, []
        self.passes(f"{id}_start")
        self.walk(block.parts[0], path)
        if fires and mode in ("interrupt", "message"):
            self.done = around
            self.passes(f"{id}_merge")
            self.handled(block, path)
            return
        if fires and mode == "event_sub":
            self.passes(f"{id}_es", id)
            self.besides(id, path, 1)
        else:
            self.besides(id, path, self.times(block, path))
            self.task(f"{id}_wait", path)
            self.walk(block.parts[1], path)
            self.passes(f"{id}_end", id)
            self.passes(*[f"{id}_merge"] * (mode in ("interrupt", "message")))
        self.done = around + self.done

    def times(self, block: Block, path: Path) -> int:
        """How often something happens beside the activity without stopping it."""
        if block.mode in REPEATING:
            count = self.decide.times(block.id, path)
        else:
            count = int(block.mode.endswith("beside") and self.decide.fires(block.id, path))
        self.passes(*[f"{block.id}_es"] * (count if block.mode.startswith("event_sub") else 0))
        return count

    def besides(self, id: str, path: Path, times: int) -> None:
        """The event, and the task behind it, so many times."""
        for _ in range(times):
            self.passes(f"{id}_event", f"{id}_beside_end")
            self.task(f"{id}_beside", path)

    def throwing(self, block: Block, path: Path) -> None:
        """A sub-process that throws to its edge or to an event sub-process inside."""
        id, mode = block.id, block.mode
        around, self.done = self.done, []
        self.passes(*[f"{id}_merge"] * (mode != "escalation_beside"))
        fires = self.decides(block, path)
        if fires and mode == "escalation":
            self.done = around
            self.handled(block, path)
            return
        self.passes(*[f"{id}_throw"] * fires)
        self.besides(id, path, int(fires))
        self.passes(*[f"{id}_es"] * (fires and mode.endswith("sub")))
        if fires and mode == "error_sub":
            self.passes(id)
        else:
            self.goes_on(block, path)
        self.done = around + self.done

    def guarded_runs(self, block: Block, path: Path) -> None:
        """A multi-instance task with a boundary timer, which happens before any run is completed."""
        id = block.id
        self.task(f"{id}_ask", path)
        self.passes(f"{id}_merge")
        items = self.decide.items(id, path)
        if items and self.decide.fires(id, path):
            self.handled(block, path)
            return
        for item in items:
            self.task(id, self.deeper(True, path, item))
