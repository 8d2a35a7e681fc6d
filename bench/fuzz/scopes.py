"""Draws sub-processes that something ends early, that something happens beside, or whose work is taken back."""

from __future__ import annotations

from bench.fuzz.blocks import Block
from bench.fuzz.pen import TIMER, Pen

COMPENSATE = "<compensateEventDefinition/>"


class Scopes(Pen):
    """Sub-processes that fail, are guarded, throw, are stopped, or are compensated."""

    def deciding(self, block: Block, thrower: str, definition: str) -> str:
        """The inside of a sub-process where a person decides whether something is thrown between its two parts.

        `thrower` is the kind of the throwing event: after an end event nothing follows.
        """
        id, pen = block.id, self.inside()
        before, after = block.parts[:2]
        pen.node("startEvent", f"{id}_start")
        pen.node("userTask", f"{id}_ask")
        pen.node("exclusiveGateway", f"{id}_test", f'default="f_{id}_on"')
        pen.node(thrower, f"{id}_throw", "", definition)
        pen.node("exclusiveGateway", f"{id}_on")
        pen.node("endEvent", f"{id}_end")
        first, last = pen.draw(before)
        pen.chain(f"{id}_start", first)
        pen.chain(last, f"{id}_ask", f"{id}_test")
        pen.flow(f"{id}_test", f"{id}_throw", f"x_{id}")
        pen.flow(f"{id}_test", f"{id}_on", "", f"f_{id}_on")
        if thrower != "endEvent":
            pen.chain(f"{id}_throw", f"{id}_on")
        first, last = pen.draw(after)
        pen.chain(f"{id}_on", first)
        pen.chain(last, f"{id}_end")
        return "".join(pen.lines)

    def draw_failing(self, block: Block) -> tuple[str, str]:
        id = block.id
        self.node("subProcess", id, "", self.deciding(block, "endEvent", self.error()))
        return id, self.handled(id, f"{id}_event", self.error(), block.parts[2])

    def draw_undo(self, block: Block) -> tuple[str, str]:
        thrower = "endEvent" if block.mode == "end" else "intermediateThrowEvent"
        self.node("subProcess", block.id, "", self.deciding(block, thrower, COMPENSATE))
        return block.id, block.id

    def draw_done(self, block: Block) -> tuple[str, str]:
        """A task whose work can be taken back by another task."""
        id = block.id
        self.node("userTask", id)
        self.node("boundaryEvent", f"{id}_back", f'attachedToRef="{id}"', COMPENSATE)
        self.node("userTask", f"{id}_undo", 'isForCompensation="true"')
        ends = f'sourceRef="{id}_back" targetRef="{id}_undo"'
        self.lines.append(f'<association id="a_{id}" associationDirection="One" {ends}/>')
        return id, id

    def draw_stopped(self, block: Block) -> tuple[str, str]:
        """A sub-process that a terminate event ends while a task that nobody does is open."""
        id, pen = block.id, self.inside()
        pen.node("startEvent", f"{id}_start")
        pen.node("parallelGateway", f"{id}_split")
        pen.node("userTask", f"{id}_ask")
        pen.node("userTask", f"{id}_idle")
        pen.node("endEvent", f"{id}_throw", "", "<terminateEventDefinition/>")
        first, last = pen.draw(block.parts[0])
        pen.chain(f"{id}_start", first)
        pen.chain(last, f"{id}_split", f"{id}_ask", f"{id}_throw")
        pen.chain(f"{id}_split", f"{id}_idle")
        self.node("subProcess", id, "", "".join(pen.lines))
        return id, id

    def draw_guard(self, block: Block) -> tuple[str, str]:
        mode = block.mode
        if mode == "runs":
            return self.guarded_runs(block)
        if mode.startswith(("escalation", "error")):
            return self.thrower(block)
        before, after, handler = block.parts
        id = block.id
        inside = self.contents(id, before, Block("task", f"{id}_wait"), after)
        if mode.startswith("event_sub"):
            interrupting = "true" if mode == "event_sub" else "false"
            definition = timer("R2/PT1H") if mode == "event_sub_cycle" else self.message(f"{id}_event")
            inside += self.event_sub(block, definition, interrupting)
        self.node("subProcess", id, "", inside)
        if mode in ("interrupt", "message"):
            definition = timer("PT1H") if mode == "interrupt" else self.message(f"{id}_event")
            return id, self.handled(id, f"{id}_event", definition, handler)
        if mode in ("beside", "cycle", "often"):
            text = "R2/PT1H" if mode == "cycle" else "PT1H"
            self.beside(id, self.message(f"{id}_event") if mode == "often" else timer(text))
        return id, id

    def thrower(self, block: Block) -> tuple[str, str]:
        """A sub-process that throws to its edge, or to an event sub-process inside, which is nearer than the edge."""
        id, mode = block.id, block.mode
        fails = mode == "error_sub"
        definition = self.error() if fails else self.escalation()
        inside = self.deciding(block, "endEvent" if fails else "intermediateThrowEvent", definition)
        if mode == "escalation":
            self.node("subProcess", id, "", inside)
            return id, self.handled(id, f"{id}_event", definition, block.parts[2])
        if mode == "escalation_beside":
            self.node("subProcess", id, "", inside)
            self.beside(id, definition)
            return id, id
        inside += self.event_sub(block, definition, "true" if fails else "false")
        self.node("subProcess", id, "", inside)
        return id, self.handled(id, f"{id}_far", definition, block.parts[2])

    def beside(self, id: str, definition: str) -> None:
        """A non-interrupting boundary event with a task of its own."""
        self.node("boundaryEvent", f"{id}_event", f'attachedToRef="{id}" cancelActivity="false"', definition)
        self.node("userTask", f"{id}_beside")
        self.node("endEvent", f"{id}_beside_end")
        self.chain(f"{id}_event", f"{id}_beside", f"{id}_beside_end")

    def event_sub(self, block: Block, definition: str, interrupting: str) -> str:
        """An event sub-process inside the guarded sub-process."""
        id = block.id
        pen = self.inside()
        pen.node("startEvent", f"{id}_event", f'isInterrupting="{interrupting}"', definition)
        pen.node("userTask", f"{id}_beside")
        pen.node("endEvent", f"{id}_beside_end")
        pen.chain(f"{id}_event", f"{id}_beside", f"{id}_beside_end")
        self.files.paths[f"{id}_es"] = self.names
        return f'<subProcess id="{id}_es" triggeredByEvent="true">{"".join(pen.lines)}</subProcess>'

    def guarded_runs(self, block: Block) -> tuple[str, str]:
        """A boundary timer directly on a multi-instance task."""
        id = block.id
        ask = self.node("userTask", f"{id}_ask")
        self.runs_activity(Block("runs", id, [], "parallel"))
        self.chain(ask, id)
        return ask, self.handled(id, f"{id}_event", timer("PT1H"), block.parts[2])

    def runs_activity(self, block: Block) -> None:
        """The multi-instance activity itself: a task, or a sub-process with the part inside."""
        id, item = block.id, f"i_{block.id}"
        sequential = "false" if block.mode == "parallel" else "true"
        until = f"<completionCondition>={item} &gt;= 1</completionCondition>" if block.mode == "until" else ""
        loop = (
            f'<multiInstanceLoopCharacteristics isSequential="{sequential}" camunda:collection="l_{id}" '
            f'camunda:elementVariable="{item}">{until}</multiInstanceLoopCharacteristics>'
        )
        if block.parts:
            self.node("subProcess", id, "", loop + self.contents(id, block.parts[0], names=(item,)), (item,))
        else:
            self.node("userTask", id, "", loop, (item,))


def timer(text: str) -> str:
    """The definition of a timer: a duration, or a cycle."""
    return TIMER.format(kind="timeCycle" if text.startswith("R") else "timeDuration", text=text)
