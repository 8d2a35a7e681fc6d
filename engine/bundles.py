"""Deployed versions, read back: with everything pinned, as files, and as lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, or_, select

from engine.bpmn import Drawing, Element, Model, read
from engine.bpmn.read import EXPANDED
from engine.cache import ByContent
from engine.core import Engine
from engine.definitions import DefinitionRow, definition_row
from engine.dmn import DecisionModel, imported_files
from engine.errors import NotFound
from engine.live import Bundle as Bundle  # what `bundle` gives
from engine.packages import digest as digest
from engine.packages import read_drawing, read_tables
from engine.tables import current_resource, definition_resource, process_definition, resource
from engine.world import mark as mark  # what is deployed, as a digest
from engine.world import resource_file

KEPT_VERSIONS = 256
_VERSIONS: ByContent[Bundle] = ByContent(KEPT_VERSIONS)


def bundle(engine: Engine, connection: Connection, definition_id: str) -> Bundle:
    """The version with everything pinned; read once and kept, because a version never changes."""
    found = engine.memory.bundles.get(definition_id)
    if found is None:
        row = definition(connection, definition_id)
        made = _VERSIONS.get(row.content_hash, lambda: _read(connection, row))
        made = replace(made, id=row.id, version=row.version)
        with engine.memory.lock:
            found = engine.memory.bundles.setdefault(definition_id, made)
    assert isinstance(found, Bundle)
    return found


def _read(connection: Connection, own: DefinitionRow) -> Bundle:
    ids = _with_called(connection, own.id)
    drawings: dict[str, Drawing] = {}
    models: dict[str, Model] = {}
    keys: dict[str, str] = {}
    decisions: dict[str, DecisionModel] = {}
    forms: dict[str, bytes] = {}
    for one in ids:
        row = definition(connection, one)
        keys[row.process_id] = row.key
        pinned = _pinned(connection, one)
        files = {resource_file(kind, name): content for kind, name, content in pinned if kind == "dmn"}
        for kind, name, content in pinned:
            if kind == "expanded":
                drawing = read_drawing(content, row.file, row.process_id)
                drawings[row.process_id], models[row.process_id] = drawing
            elif kind == "form":
                forms[name] = content
            else:
                tables = read_tables(content, resource_file(kind, name), imported_files(content, files))
                decisions |= dict.fromkeys(tables.decisions, tables)
    identity = (own.id, own.key, own.version, own.content_hash, own.process_id)
    return Bundle(*identity, drawings, models, keys, decisions, forms)


def _with_called(connection: Connection, definition_id: str) -> list[str]:
    found, open_ids = [definition_id], [definition_id]
    while open_ids:
        query = select(definition_resource.c.called_id).where(
            definition_resource.c.definition_id == open_ids.pop(), definition_resource.c.kind == "called"
        )
        for called in connection.execute(query).scalars():
            if called not in found:
                found.append(called)
                open_ids.append(called)
    return found


def _pinned(connection: Connection, definition_id: str) -> list[tuple[str, str, bytes]]:
    query = (
        select(definition_resource.c.kind, definition_resource.c.name, resource.c.content)
        .join(resource, resource.c.hash == definition_resource.c.resource_hash)
        .where(definition_resource.c.definition_id == definition_id)
    )
    return [(row.kind, row.name, row.content) for row in connection.execute(query)]


_COLUMNS = [process_definition.c[name] for name in DefinitionRow.__dataclass_fields__]


def definition(connection: Connection, definition_id: str) -> DefinitionRow:
    """One version by id; raises `NotFound`."""
    row = connection.execute(select(*_COLUMNS).where(process_definition.c.id == definition_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("Expected a process definition %(id)s, but there is none.", id=definition_id)
    return definition_row(row)


def latest(connection: Connection, key: str) -> DefinitionRow | None:
    """The newest version of a process, or None when it is not deployed."""
    query = select(*_COLUMNS).where(process_definition.c.key == key)
    row = connection.execute(query.order_by(process_definition.c.version.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else definition_row(row)


def listing(connection: Connection) -> list[DefinitionRow]:
    """The newest version of every process, by key."""
    query = select(*_COLUMNS).order_by(process_definition.c.key, process_definition.c.version)
    newest = {row["key"]: row for row in connection.execute(query).mappings()}
    return [definition_row(row) for row in newest.values()]


def versions(connection: Connection, key: str) -> list[DefinitionRow]:
    """All versions of a process, newest first."""
    query = select(*_COLUMNS).where(process_definition.c.key == key)
    rows = connection.execute(query.order_by(process_definition.c.version.desc())).mappings()
    return [definition_row(row) for row in rows]


def versions_of_file(connection: Connection, name: str) -> list[DefinitionRow]:
    """All versions that a drawing of this name stands for, newest first.

    Those of the process it is named after, else of all that was deployed with a file of this name.
    """
    at = process_definition.c
    here = or_(at.file == f"{name}.bpmn", at.file.endswith(f"/{name}.bpmn", autoescape=True))
    query = select(*_COLUMNS).where(here).order_by(at.created_at.desc(), at.id.desc())
    return versions(connection, name) or [definition_row(row) for row in connection.execute(query).mappings()]


def source(connection: Connection, definition_id: str) -> bytes:
    """The drawing as it was deployed, byte for byte."""
    query = select(process_definition.c.source).where(process_definition.c.id == definition_id)
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound("Expected a process definition %(id)s, but there is none.", id=definition_id)
    return bytes(found)


def current_files(connection: Connection, kind: str) -> Mapping[str, bytes]:
    """The tables (`dmn`) or forms (`form`) in force, by name."""
    query = select(current_resource.c.name, resource.c.content).join(
        resource, resource.c.hash == current_resource.c.resource_hash
    )
    return {row.name: row.content for row in connection.execute(query.where(current_resource.c.kind == kind))}


def content(connection: Connection, kind: str, name: str) -> bytes | None:
    """The drawing (`bpmn`), table file (`dmn`) or form (`form`) in force, or None when there is none of this name."""
    if kind != "bpmn":
        return current_files(connection, kind).get(name)
    return next((source(connection, row.id) for row in versions_of_file(connection, name)), None)


def former_content(connection: Connection, kind: str, name: str, content_hash: str) -> bytes | None:
    """What was deployed under a name at some time and has this `digest`; None when nothing had."""
    if kind == "bpmn":
        found = (source(connection, row.id) for row in versions_of_file(connection, name))
    else:
        query = select(resource.c.content).where(resource.c.kind == kind, resource.c.name == name)
        found = (bytes(one) for one in connection.execute(query).scalars())
    return next((one for one in found if digest(one) == content_hash), None)


def expanded(connection: Connection, definition_id: str) -> Drawing:
    """The drawing as it runs: normalised, with the shared patterns drawn in."""
    row = definition(connection, definition_id)
    for kind, _name, content in _pinned(connection, definition_id):
        if kind == "expanded":
            return read(content, row.file, EXPANDED)
    raise NotFound("Expected the expanded drawing of %(key)s, but it is missing.", key=row.key)


def described(engine: Engine, connection: Connection, definition_id: str) -> Model:
    """The version's own drawing as a model, patterns included."""
    found = bundle(engine, connection, definition_id)
    return found.models[found.process]


def plain_starts(engine: Engine, connection: Connection, key: str) -> tuple[Element, ...]:
    """The start events at which people begin the newest version of a process, in the order of the drawing.

    None where only messages, signals, conditions or the clock begin it, and where it is not deployed.
    """
    row = latest(connection, key)
    elements = described(engine, connection, row.id).elements.values() if row is not None else ()
    return tuple(one for one in elements if one.kind == "startEvent" and one.event is None and one.parent is None)
