"""Turns a block structure into BPMN files."""

from __future__ import annotations

from bench.fuzz.blocks import Block, writers
from bench.fuzz.pen import HEAD, Files
from bench.fuzz.scopes import Scopes, timer


class Drawing(Scopes):
    """Draws every kind of block."""

    def draw_task(self, block: Block) -> tuple[str, str]:
        self.node("userTask", block.id)
        return block.id, block.id

    def draw_call(self, block: Block) -> tuple[str, str]:
        self.node("serviceTask", block.id, 'camunda:type="external" camunda:topic="x"')
        if not block.parts:
            return block.id, block.id
        return block.id, self.handled(block.id, f"{block.id}_error", self.error(), block.parts[0])

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

    def draw_link(self, block: Block) -> tuple[str, str]:
        """Two parts with a pair of link events between them instead of a flow."""
        (first, before), (after, last) = (self.draw(part) for part in block.parts)
        definition = f'<linkEventDefinition name="l_{block.id}"/>'
        self.chain(before, self.node("intermediateThrowEvent", f"{block.id}_throw", "", definition))
        self.chain(self.node("intermediateCatchEvent", f"{block.id}_catch", "", definition), after)
        return first, last

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
            awaited = timer(f"PT{number + 1}H") if number % 3 < 2 else self.message(event)
            self.node("intermediateCatchEvent", event, "", awaited)
            first, last = self.draw(part)
            self.chain(gateway, event, first)
            self.chain(last, merge)
        return gateway, merge

    def draw_repeat(self, block: Block) -> tuple[str, str]:
        id = block.id
        enter = self.node("userTask", f"{id}_enter")
        top = self.node(f"{block.mode}Gateway", f"{id}_top")
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


def write_process(files: Files, process: str, block: Block, names: tuple[str, ...] = ()) -> None:
    """Draws one process around a block."""
    declared: set[str] = set()
    pen = Drawing(files, declared, names)
    body = pen.contents(process, block)
    head = HEAD + "".join(sorted(declared))
    text = f'{head}<process id="{process}" isExecutable="true">{body}</process></definitions>'
    files.drawings[process] = text.encode()
