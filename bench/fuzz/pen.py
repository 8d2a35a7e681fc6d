"""Writes elements and flows of a random process into BPMN files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self
from xml.sax.saxutils import quoteattr

from bench.fuzz.blocks import Block

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
    """Draws into one process or sub-process."""

    def __init__(self, files: Files, declared: set[str], names: tuple[str, ...]) -> None:
        self.files, self.declared, self.names = files, declared, names
        self.lines: list[str] = []

    def inside(self, *names: str) -> Self:
        """A pen for a sub-process, or for a part with one more name in its path."""
        return type(self)(self.files, self.declared, (*self.names, *names))

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

    def error(self) -> str:
        """The definition of the one error there is."""
        self.declared.add('<error id="broken" name="BROKEN" errorCode="BROKEN"/>')
        return '<errorEventDefinition errorRef="broken"/>'

    def message(self, id: str) -> str:
        """The definition of a message of its own."""
        self.declared.add(f'<message id="m_{id}" name="m_{id}"/>')
        return f'<messageEventDefinition messageRef="m_{id}"/>'

    def escalation(self) -> str:
        """The definition of the one escalation there is."""
        self.declared.add('<escalation id="raised" name="RAISED" escalationCode="RAISED"/>')
        return '<escalationEventDefinition escalationRef="raised"/>'

    def handled(self, host: str, event: str, definition: str, handler: Block) -> str:
        """A boundary event with its handler, which comes together with the host's way in a merging gateway."""
        self.node("boundaryEvent", event, f'attachedToRef="{host}"', definition)
        merge = self.node("exclusiveGateway", f"{host}_merge")
        first, last = self.draw(handler)
        self.chain(event, first)
        self.chain(last, merge)
        self.chain(host, merge)
        return merge

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
