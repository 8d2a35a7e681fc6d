"""The keys that messages carry in their payload, as the deployed drawings say (BPMN 2.0, 8.3.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine import expressions
from engine.bpmn import Drawing
from engine.bpmn.correlation import key_rules, key_text
from engine.tables import current_resource, resource
from engine.transaction import Transaction

KIND = "correlate"
_PATHS = select(resource.c.content).join(current_resource, resource.c.hash == current_resource.c.resource_hash)


def paths_of(drawings: Iterable[Drawing]) -> Mapping[str, list[list[str]]]:
    """By the name of each message, the expressions that take its keys out of a payload."""
    found: dict[str, list[list[str]]] = {}
    for drawing in drawings:
        names = {node.get("id"): node.get("name") for node in drawing.root.iterchildren("{*}message")}
        for message, rules in key_rules(drawing.root, drawing.process).items():
            known = found.setdefault(names.get(message) or message, [])
            known += [list(rule.paths) for rule in rules if list(rule.paths) not in known]
    return found


def with_known(transaction: Transaction, paths: Mapping[str, list[list[str]]]) -> list[tuple[str, str, bytes]]:
    """The files to keep (kind, name, content): with the expressions of earlier versions, whose instances still wait."""
    return [
        (KIND, name, json.dumps(sorted(_known(transaction.connection, name) | set(map(tuple, wanted)))).encode())
        for name, wanted in paths.items()
    ]


def carried(connection: Connection, name: str, payload: Mapping[str, Any], now: datetime) -> list[str]:
    """The keys that a message of this name carries, for every drawing that correlates it by its payload."""
    values = (
        (paths, [expressions.feel(path, payload, now) for path in paths]) for paths in sorted(_known(connection, name))
    )
    return [text for paths, found in values if (text := key_text(paths, found)) is not None]


def _known(connection: Connection, name: str) -> set[tuple[str, ...]]:
    query = _PATHS.where(current_resource.c.kind == KIND, current_resource.c.name == name)
    content = connection.execute(query).scalar_one_or_none()
    return set() if content is None else {tuple(paths) for paths in json.loads(content)}
