"""Turns a block structure into BPMN files."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from bench.fuzz.blocks import Block, writers

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
             xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="drawing" targetNamespace="urn:fuzz">
"""
TIMER = "<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


@dataclass
class Files:
    """The drawings of one random process: by process id; and the names that make the path of each element."""

    drawings: dict[str, bytes] = field(default_factory=dict)
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    flows: int = 0


class Pen:
    """Draws blocks into one process or sub-process."""

    def __init__(self, files: Files, declared: set[str], names: tuple[str, ...]) -> None:
        self.files, self.declared, self.names = files, declared, names
        self.lines: list[str] = []

    def inside(self, *names: str) -> Pen:
        """A pen for a sub-process, or for a part with one more name in its path."""
        return Pen(self.files, self.declared, (*self.names, *names))

    def node(self, tag: str, id: str, attributes: str = "", content: str = "", names: tuple[str, ...] = ()) -> str:
        """Draws one element."""
        self.files.paths[id] = (*self.names, *names)
        self.lines.append(f"<{tag} id={quoteattr(id)} {attributes}>{content}</{tag}>")
        return id

    def flow(self, source: str, target: str, condition: str = "", id: str = "") -> str:
        """Draws a sequence flow."""
        self.files.flows += 1
        id = id or f"f_{source}_{self.files.flows}"
        text = f"<conditionExpression>={condition}</conditionExpression>" if condition else ""
        self.lines.append(f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}">{text}</sequenceFlow>')
        return id

    def chain(self, *ids: str) -> None:
        """Draws flows from each to the next."""
        for source, target in zip(ids, ids[1:], strict=False):
            self.flow(source, target)

    def draw(self, block: Block) -> tuple[str, str]:
        """Draws a block; the answer is where it is entered and left."""
        return getattr(self, f"draw_{block.kind}")(block)  # type: ignore[no-any-return]

    def draw_task(self, block: Block) -> tuple[str, str]:
        self.node("userTask", block.id)
        return block.id, block.id

    def draw_call(self, block: Block) -> tuple[str, str]:
        self.node("serviceTask", block.id, 'camunda:type="external" camunda:topic="x"')
        if not block.parts:
            return block.id, block.id
        return block.id, self.handled(block.id, f"{block.id}_error", self.error(), block.parts[0])

    def error(self) -> str:
        """The definition of the one error there is."""
        self.declared.add('<error id="broken" name="BROKEN" errorCode="BROKEN"/>')
        return '<errorEventDefinition errorRef="broken"/>'

    def message(self, id: str) -> str:
        """The definition of a message of its own."""
        self.declared.add(f'<message id="m_{id}" name="m_{id}"/>')
        return f'<messageEventDefinition messageRef="m_{id}"/>'

    def handled(self, host: str, event: str, definition: str, handler: Block) -> str:
        """A boundary event with its handler, which comes together with the host's way in a merging gateway."""
        self.node("boundaryEvent", event, f'attachedToRef="{host}"', definition)
        merge = self.node("exclusiveGateway", f"{host}_merge")
        first, last = self.draw(handler)
        self.chain(event, first)
        self.chain(last, merge)
        self.chain(host, merge)
        return merge

    def draw_seq(self, block: Block) -> tuple[str, str]:
        ends = [self.draw(part) for part in block.parts]
        for (_, last), (first, _) in zip(ends, ends[1:], strict=False):
            self.chain(last, first)
        return ends[0][0], ends[-1][1]

    def branches(self, block: Block, source: str, merge: str, conditions: list[str]) -> None:
        """The parts of a gateway between its two sides."""
        for part, condition in zip(block.parts, conditions, strict=True):
            first, last = self.draw(part)
            self.flow(source, first, condition, f"f_{source}_default" if condition == "" else "")
            self.chain(last, merge)

    def draw_choice(self, block: Block) -> tuple[str, str]:
        id = block.id
        ask = self.node("userTask", f"{id}_ask")
        self.node("exclusiveGateway", id, f'default="f_{id}_default"')
        merge = self.node("exclusiveGateway", f"{id}_merge")
        self.chain(ask, id)
        last = len(block.parts) - 1
        self.branches(block, id, merge, [f"x_{id} = {n}" if n < last else "" for n in range(last + 1)])
        return ask, merge

    def draw_some(self, block: Block) -> tuple[str, str]:
        id = block.id
        ask = self.node("userTask", f"{id}_ask")
        self.node("inclusiveGateway", id, f'default="f_{id}_default"')
        merge = self.node("inclusiveGateway", f"{id}_merge")
        self.chain(ask, id)
        last = len(block.parts) - 1
        self.branches(block, id, merge, [f"x_{id}[{n + 1}]" if n < last else "" for n in range(last + 1)])
        return ask, merge

    def draw_parallel(self, block: Block) -> tuple[str, str]:
        split = self.node("parallelGateway", block.id)
        merge = self.node("parallelGateway", f"{block.id}_merge")
        for part in block.parts:
            first, last = self.draw(part)
            self.chain(split, first)
            self.chain(last, merge)
        return split, merge

    def draw_await(self, block: Block) -> tuple[str, str]:
        gateway = self.node("eventBasedGateway", block.id)
        merge = self.node("exclusiveGateway", f"{block.id}_merge")
        for number, part in enumerate(block.parts):
            event = f"{block.id}_e{number}"
            timer = TIMER.format(kind="timeDuration", text=f"PT{number + 1}H")
            self.node("intermediateCatchEvent", event, "", timer if number % 3 < 2 else self.message(event))
            first, last = self.draw(part)
            self.chain(gateway, event, first)
            self.chain(last, merge)
        return gateway, merge

    def draw_repeat(self, block: Block) -> tuple[str, str]:
        id = block.id
        enter = self.node("userTask", f"{id}_enter")
        top = self.node("exclusiveGateway", f"{id}_top")
        body = self.inside(f"r_{id}")
        first, last = body.draw(block.parts[0])
        again = body.node("userTask", f"{id}_again")
        self.lines += body.lines
        test = self.node("exclusiveGateway", f"{id}_test", f'default="f_{id}_out"')
        out = self.node("exclusiveGateway", f"{id}_out")
        self.chain(enter, top, first)
        self.chain(last, again, test)
        self.flow(test, top, f"x_{id}")
        self.flow(test, out, "", f"f_{id}_out")
        return enter, out

    def contents(self, block_id: str, *between: Block, names: tuple[str, ...] = ()) -> str:
        """The inside of a sub-process: start, blocks, end."""
        pen = self.inside(*names)
        start = pen.node("startEvent", f"{block_id}_start")
        end = pen.node("endEvent", f"{block_id}_end")
        at = start
        for block in between:
            first, last = pen.draw(block)
            pen.chain(at, first)
            at = last
        pen.chain(at, end)
        return "".join(pen.lines)

    def draw_sub(self, block: Block) -> tuple[str, str]:
        self.node("subProcess", block.id, "", self.contents(block.id, block.parts[0]))
        return block.id, block.id

    def draw_called(self, block: Block) -> tuple[str, str]:
        process = f"p_{block.id}"
        write_process(self.files, process, block.parts[0], self.names)
        inputs = "".join(f'<camunda:in source="{name}" target="{name}"/>' for name in self.names)
        outputs = "".join(f'<camunda:out source="d_{id}" target="d_{id}"/>' for id in writers(block.parts[0]))
        content = f"<extensionElements>{inputs}{outputs}</extensionElements>"
        self.node("callActivity", block.id, f'calledElement="{process}"', content)
        return block.id, block.id

    def draw_runs(self, block: Block) -> tuple[str, str]:
        ask = self.node("userTask", f"{block.id}_ask")
        self.runs_activity(block)
        self.chain(ask, block.id)
        return ask, block.id

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

    def draw_failing(self, block: Block) -> tuple[str, str]:
        id = block.id
        before, after, handler = block.parts
        pen = self.inside()
        pen.node("startEvent", f"{id}_start")
        pen.node("endEvent", f"{id}_end")
        pen.node("endEvent", f"{id}_fail", "", self.error())
        pen.node("userTask", f"{id}_ask")
        pen.node("exclusiveGateway", f"{id}_test", f'default="f_{id}_on"')
        first, last = pen.draw(before)
        pen.chain(f"{id}_start", first)
        pen.chain(last, f"{id}_ask", f"{id}_test")
        pen.flow(f"{id}_test", f"{id}_fail", f"x_{id}")
        first, last = pen.draw(after)
        pen.flow(f"{id}_test", first, "", f"f_{id}_on")
        pen.chain(last, f"{id}_end")
        self.node("subProcess", id, "", "".join(pen.lines))
        return id, self.handled(id, f"{id}_error", self.error(), handler)

    def draw_guard(self, block: Block) -> tuple[str, str]:
        if block.mode == "runs":
            return self.guarded_runs(block)
        before, after, handler = block.parts
        id = block.id
        inside = self.contents(id, before, Block("task", f"{id}_wait"), after)
        if block.mode.startswith("event_sub"):
            inside += self.event_sub(block)
        self.node("subProcess", id, "", inside)
        if block.mode in ("interrupt", "message"):
            timer = TIMER.format(kind="timeDuration", text="PT1H")
            definition = timer if block.mode == "interrupt" else self.message(f"{id}_event")
            return id, self.handled(id, f"{id}_event", definition, handler)
        if block.mode in ("beside", "cycle"):
            self.beside(id, block.mode)
        return id, id

    def beside(self, id: str, mode: str) -> None:
        """A non-interrupting boundary timer with a task of its own."""
        kind, text = ("timeCycle", "R2/PT1H") if mode == "cycle" else ("timeDuration", "PT1H")
        definition = TIMER.format(kind=kind, text=text)
        self.node("boundaryEvent", f"{id}_event", f'attachedToRef="{id}" cancelActivity="false"', definition)
        self.node("userTask", f"{id}_beside")
        self.node("endEvent", f"{id}_beside_end")
        self.chain(f"{id}_event", f"{id}_beside", f"{id}_beside_end")

    def event_sub(self, block: Block) -> str:
        """An event sub-process inside the guarded sub-process."""
        id = block.id
        pen = self.inside()
        interrupting = "false" if block.mode == "event_sub_beside" else "true"
        pen.node("startEvent", f"{id}_event", f'isInterrupting="{interrupting}"', self.message(f"{id}_event"))
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
        definition = TIMER.format(kind="timeDuration", text="PT1H")
        merge = self.handled(id, f"{id}_event", definition, block.parts[2])
        return ask, merge


def write_process(files: Files, process: str, block: Block, names: tuple[str, ...] = ()) -> None:
    """Draws one process around a block."""
    declared: set[str] = set()
    pen = Pen(files, declared, names)
    body = pen.contents(process, block)
    head = HEAD + "".join(sorted(declared))
    text = f'{head}<process id="{process}" isExecutable="true">{body}</process></definitions>'
    files.drawings[process] = text.encode()
