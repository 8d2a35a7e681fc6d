"""Operations of an interface (BPMN 2.0, 8.4.3): who performs a task and which message it is about."""

from __future__ import annotations

from engine.bpmn.vocabulary import (
    Node,
    camunda,
    event_definitions,
    first,
    flow_nodes,
    identity,
    local,
    scopes,
    text_of,
    within,
)

HANDLERS = ("topic", "delegateExpression", "class", "expression", "type")
_PERFORMED = frozenset("serviceTask sendTask businessRuleTask".split())
_SENT = frozenset("sendTask receiveTask".split())


def name_operations(root: Node) -> None:
    """Gives tasks the handler, and tasks and events the message, that their operation or implementation names."""
    operations = {identity(node): node for node in within(root, "operation")}
    for process in root.iterchildren("{*}process"):
        for scope in scopes(process):
            for node in flow_nodes(scope):
                if local(node) in _SENT:
                    _message(node, operations)
                if local(node) in _PERFORMED:
                    _handler(node, operations)
                for definition in event_definitions(node):
                    _message(definition, operations)


def _message(holder: Node, operations: dict[str, Node]) -> None:
    reference = holder.get("operationRef") or text_of(first(holder, "operationRef"))
    operation = operations.get(reference.rpartition(":")[2])
    if operation is not None and not holder.get("messageRef"):
        message = text_of(first(operation, "inMessageRef"))
        if message:
            holder.set("messageRef", message)


def _handler(node: Node, operations: dict[str, Node]) -> None:
    if any(node.get(camunda(name)) for name in (*HANDLERS, "decisionRef")):
        return
    if local(node) == "sendTask" and node.get("messageRef"):
        return  # it sends its message by itself
    operation = operations.get(node.get("operationRef", "").rpartition(":")[2])
    name = node.get("implementation", "")
    if operation is not None:
        name = operation.get("implementationRef", "").rpartition(":")[2] or operation.get("name", "")
    if name and not name.startswith("##") and "://" not in name:
        node.set(camunda("type"), "external")
        node.set(camunda("topic"), name)
