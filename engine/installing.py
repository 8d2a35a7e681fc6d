"""Installing the files that come with the product, without undoing what a company deployed in place of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from engine import definitions
from engine.core import Engine
from engine.tables import definition_resource, process_definition
from engine.world import CURRENT, resource_file

INSTALLED = "installed"
"""What versions are called that the product brought."""


@dataclass(frozen=True)
class Installation:
    """What was deployed, and the files that were left as they were changed here."""

    deployment: definitions.Deployment
    kept: tuple[str, ...]


def install(engine: Engine, files: Mapping[str, bytes]) -> Installation:
    """Deploys the product's files; those in whose place somebody deployed others stay out. Raises `Rejected`."""
    with engine.database.read() as connection:
        kept = changed_here(connection, files)
    wanted = {name: content for name, content in files.items() if name not in kept}
    return Installation(definitions.deploy(engine, wanted, None, INSTALLED), kept)


def changed_here(connection: Connection, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files in whose place others are in force that the product did not bring."""
    resources = {resource_file(row.kind, row.name): row for row in connection.execute(CURRENT)}
    found = []
    for name, content in files.items():
        row = resources.get(name)
        in_force = row.content if row is not None else connection.execute(_newest(name)).scalar_one_or_none()
        if in_force is None or bytes(in_force) == content:
            continue
        brought = _with_resource(row.resource_hash) if row is not None else _with_drawing(name, in_force)
        first = connection.execute(brought).first()
        if first is not None and (first.note, first.created_by) != (INSTALLED, None):
            found.append(name)
    return tuple(found)


def _newest(file: str) -> Select[Any]:
    at = process_definition.c
    return select(at.source).where(at.file == file).order_by(at.created_at.desc(), at.id.desc()).limit(1)


def _with_drawing(file: str, source: bytes) -> Select[Any]:
    """The version that brought a drawing: the first of those that have it, for a changed table makes others."""
    at = process_definition.c
    same = select(at.note, at.created_by).where(at.file == file, at.source == source)
    return same.order_by(at.created_at, at.id).limit(1)


def _with_resource(identity: str) -> Select[Any]:
    """The version that brought a table or form: the first that has it."""
    at, pinned = process_definition.c, definition_resource.c
    same = select(at.note, at.created_by).join(definition_resource, pinned.definition_id == at.id)
    return same.where(pinned.resource_hash == identity).order_by(at.created_at, at.id).limit(1)
