"""What a drawing leaves unsaid and can only mean in one way."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.translating.message_flows import RULE as MESSAGES
from engine.bpmn.translating.message_flows import read_as
from engine.bpmn.vocabulary import Node, bpmn, children, first, flows, identity, local, scopes, text_of, within
from engine.errors import Finding

GATEWAYS, SCHEMA = "gateways", "schema"
NAMESPACE = "urn:none"


def say_what_is_meant(root: Node, file: str) -> Iterator[Finding]:
    """Writes it into each process; tells of each time."""
    yield from _what_the_schema_wants(root, file)
    for node in children(root, "message", "signal"):
        if not node.get("name") and identity(node):
            node.set("name", identity(node))
            yield read_as(file, node, MESSAGES, local(node), f'name="{identity(node)}"')
    named = {flow.get("targetRef", "").rpartition(":")[2] for flow in within(root, "messageFlow") if flow.get("name")}
    for process in list(children(root, "process")):
        for node in within(process, "receiveTask"):
            if not node.get("messageRef") and identity(node) not in named:
                yield _own_message(process, node, file)
        for scope in scopes(process):
            yield from _only_default(scope, file)


def _what_the_schema_wants(root: Node, file: str) -> Iterator[Finding]:
    if not root.get("targetNamespace"):
        root.set("targetNamespace", NAMESPACE)
        yield read_as(file, root, SCHEMA, "definitions", f'targetNamespace="{NAMESPACE}"')
    for specification in within(root, "ioSpecification"):
        for kind in ("inputSet", "outputSet"):
            if first(specification, kind) is None:
                yield _all_in_one_set(specification, kind, file)


def _all_in_one_set(specification: Node, kind: str, file: str) -> Finding:
    """Inputs or outputs of which no sets are made, though the schema wants one, belong together (10.3.1)."""
    made = etree.Element(bpmn(kind))
    outputs = first(specification, "outputSet") if kind == "inputSet" else None
    if outputs is None:
        specification.append(made)
    else:
        outputs.addprevious(made)
    step = next(one for one in specification.iterancestors("*") if identity(one))
    return read_as(file, step, SCHEMA, "ioSpecification", kind)


def _own_message(process: Node, node: Node, file: str) -> Finding:
    """A receive task that names no message waits for one that is called after process and step (10.2.3)."""
    name = f"{identity(process)}.{identity(node)}"
    node.set("messageRef", f"message_of_{identity(node)}")
    process.addprevious(etree.Element(bpmn("message"), {"id": node.get("messageRef", ""), "name": name}))
    return read_as(file, node, MESSAGES, "receiveTask", f"message {name}")


def _only_default(scope: Node, file: str) -> Iterator[Finding]:
    """Of the flows out of an exclusive gateway, the only one without a condition is for all else (13.3.2)."""
    leaving: dict[str, list[Node]] = {}
    for flow in flows(scope):
        leaving.setdefault(flow.get("sourceRef", ""), []).append(flow)
    for node in children(scope, "exclusiveGateway"):
        ways = leaving.get(identity(node), [])
        plain = [flow for flow in ways if not text_of(first(flow, "conditionExpression"))]
        if len(ways) > 1 and len(plain) == 1 and not node.get("default"):
            target = plain[0].get("targetRef", "")
            node.set("default", identity(plain[0]) or f"{identity(node)}_else_{target}")
            plain[0].set("id", node.get("default", ""))
            yield read_as(file, node, GATEWAYS, f"sequenceFlow {target}", "default")
