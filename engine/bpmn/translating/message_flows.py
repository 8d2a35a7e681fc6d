"""Message flows (BPMN 2.0, 9.3): an event or task at their end that names no message takes the flow's."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.translating.operations import HANDLERS
from engine.bpmn.vocabulary import Node, bpmn, camunda, children, event_definitions, identity, line_of, local, within
from engine.errors import Finding, Sentence

RULE = "messages"
_TASKS = ("receiveTask", "sendTask")
_ENDS = ("sourceRef", "targetRef")


def take_messages_from_flows(root: Node, file: str) -> Iterator[Finding]:
    """Names the message where all message flows at one end agree on it; tells of each that was named so."""
    flows = list(within(root, "messageFlow"))
    if flows:
        yield from _Talk(root, flows).named(file)


class _Talk:
    """The message flows of a file, what is at their ends, and the messages it declares, each found at once."""

    def __init__(self, root: Node, flows: list[Node]) -> None:
        self.root = root
        self.nodes = {identity(node): node for process in children(root, "process") for node in within(process)}
        self.names = {identity(message): message.get("name", "") for message in children(root, "message")}
        self.ids = {name: ident for ident, name in self.names.items() if name}
        self.at: dict[tuple[str, str], list[Node]] = {}
        for flow in flows:
            for end in _ENDS:
                self.at.setdefault((end, _bare(flow, end)), []).append(flow)

    def named(self, file: str) -> Iterator[Finding]:
        """Names the messages, and tells of each."""
        for (_, element), flows in self.at.items():
            node = self.nodes.get(element)
            holder = None if node is None else _nameless(node)
            if node is None or holder is None:
                continue
            wanted = {self.wanted(flow) for flow in flows} - {""}
            if len(wanted) == 1:
                name = wanted.pop()
                holder.set("messageRef", self.declared(name, identity(flows[0])))
                found = f"messageFlow {identity(flows[0])}".strip()
                yield read_as(file, node, RULE, found, f"message {name}")

    def wanted(self, flow: Node) -> str:
        """The name of a flow's message: that of its own message, of its other end's, or the flow's."""
        nodes = [node for end in _ENDS if (node := self.nodes.get(_bare(flow, end))) is not None]
        for holder in (flow, *(holder for node in nodes for holder in (node, *event_definitions(node)))):
            if holder.get("messageRef"):
                return self.names.get(_bare(holder, "messageRef"), "")
        return flow.get("name", "").strip()

    def declared(self, name: str, flow: str) -> str:
        """The id of the message of that name, declared now if it was not."""
        if name not in self.ids:
            self.ids[name] = f"message_of_{flow}"
            self.names[self.ids[name]] = name
            made = etree.Element(bpmn("message"), {"id": self.ids[name], "name": name})
            next(children(self.root, "collaboration", "process")).addprevious(made)
        return self.ids[name]


def _bare(node: Node, name: str) -> str:
    return node.get(name, "").rpartition(":")[2]


def _nameless(node: Node) -> Node | None:
    """What is to name the message: the event's definition, or the task; None when nothing is missing."""
    if local(node) in _TASKS:
        performed = local(node) == "sendTask" and any(node.get(camunda(name)) for name in HANDLERS)
        return None if performed or node.get("messageRef") else node
    definitions = event_definitions(node)
    if len(definitions) != 1 or local(definitions[0]) != "messageEventDefinition" or definitions[0].get("messageRef"):
        return None
    return definitions[0]


def read_as(file: str, node: Node, rule: str, found: str, becomes: str) -> Finding:
    """The finding that something at an element was understood in other words; nothing is wrong with it."""
    text = Sentence("Read %(found)s at %(id)s as %(becomes)s.", found=found, id=identity(node), becomes=becomes)
    return Finding(file, identity(node), line_of(node), rule, text, Sentence("Nothing needs to be done."), "info")
