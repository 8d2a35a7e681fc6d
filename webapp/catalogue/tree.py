"""The documented hierarchy of processes, with what is deployed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import bundles, definitions, operations
from webapp.current import application, engine
from webapp.languages import named
from webapp.tables import Connection

if TYPE_CHECKING:
    from bootstrap import Process


@dataclass(frozen=True)
class Node:
    """One process of the registry: `version` is None while it is not deployed, `stars` its high-performing steps."""

    key: str
    number: str
    title: str
    documented: tuple[str, ...]
    level: int | None
    version: int | None
    stars: int
    waiting: int
    children: tuple[Node, ...]

    @property
    def drawn(self) -> int:
        """How many processes here and below are deployed."""
        return (self.version is not None) + sum(child.drawn for child in self.children)

    @property
    def count(self) -> int:
        """How many processes are here and below."""
        return 1 + sum(child.count for child in self.children)


@dataclass
class Deployed:
    """What is looked up once for the whole tree."""

    rows: Mapping[str, definitions.DefinitionRow]
    stars: Mapping[str, int]
    waiting: Mapping[str, int]


def deployed(connection: Connection) -> Deployed:
    """The newest versions, their high-performing steps, and the hand-overs that wait for others."""
    rows = {row.key: row for row in bundles.listing(connection)}
    stars = {key: stars_of(connection, row.id) for key, row in rows.items()}
    return Deployed(rows, stars, operations.waiting_handovers(connection))


def stars_of(connection: Connection, definition_id: str) -> int:
    """How many steps of a version are marked as high performing."""
    model = bundles.described(engine(), connection, definition_id)
    return sum(element.high_performing for element in model.elements.values())


def tree(connection: Connection) -> tuple[list[Node], list[Node]]:
    """The areas with everything below them, and the processes that lie in no area."""
    found = deployed(connection)
    tops = [_node(each, found) for each in application().catalogue.children(None)]
    known = application().catalogue.by_key
    strangers = [_stranger(row, found) for key, row in found.rows.items() if key not in known]
    return [top for top in tops if top.level == 3], [top for top in tops if top.level != 3] + strangers


def _node(process: Process, found: Deployed) -> Node:
    row = found.rows.get(process.key)
    return Node(
        key=process.key,
        number=process.catalog_no,
        title=named(process.titles),
        documented=process.numbers,
        level=process.level,
        version=row.version if row is not None else None,
        stars=found.stars.get(process.key, 0),
        waiting=found.waiting.get(process.key, 0),
        children=tuple(_node(child, found) for child in application().catalogue.children(process.key)),
    )


def _stranger(row: definitions.DefinitionRow, found: Deployed) -> Node:
    """A deployed process that the registry does not name."""
    title, waiting = named(row.names) or row.key, found.waiting.get(row.key, 0)
    return Node(row.key, "", title, (), None, row.version, found.stars[row.key], waiting, ())
