"""Deploying drawings with their tables and forms, and reading what is deployed (design section 3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from engine import spiff
from engine.bpmn import Known, lint, normalise
from engine.core import Engine
from engine.errors import Finding, Rejected
from engine.handovers import release_waiting
from engine.identity import new_id
from engine.packages import (
    Package,
    digest,
    doubled_decisions,
    in_call_order,
    missing_decisions,
    open_package,
    used_decisions,
)
from engine.tables import Row, current_resource, definition_resource, process_definition, resource
from engine.transaction import Transaction


@dataclass(frozen=True)
class DefinitionRow:
    """One deployed version of a process; `names` are by language."""

    id: str
    key: str
    process_id: str
    version: int
    names: Mapping[str, str]
    file: str
    created_at: datetime
    created_by: str | None
    note: str


@dataclass(frozen=True)
class Deployment:
    """What a deployment made: the new versions (unchanged definitions are not among them) and its warnings."""

    versions: tuple[DefinitionRow, ...]
    warnings: tuple[Finding, ...]


@dataclass
class World:
    """Everything deployed together with what is about to be: the given files win over the deployed ones."""

    package: Package
    latest: dict[str, RowMapping]
    given: frozenset[str]

    def known(self, engine: Engine) -> Known:
        package = self.package
        return Known(
            handlers=engine.registry.names,
            decisions=frozenset(name for found in package.decisions.values() for name in found.decisions),
            forms=frozenset(package.form_files),
            processes=frozenset(found.process_id for found in package.models.values()),
            schema_folder=spiff.schema_folder(),
            calls={found.process_id: found.called for found in package.models.values()},
        )


def deploy(engine: Engine, files: Mapping[str, bytes], actor: str | None, note: str = "") -> Deployment:
    """Deploys files together: new versions of every definition they change, or nothing at all.

    `files` maps names like `bpmn/x.bpmn`, `dmn/d16.dmn`, `forms/x.step.form` to their bytes.
    Raises `Rejected` with every finding when any of them cannot run.
    """
    package = open_package(files)
    with engine.database.write() as transaction:
        return deploy_in(engine, transaction, package, actor, note)


def deploy_in(
    engine: Engine, transaction: Transaction, package: Package, actor: str | None, note: str = ""
) -> Deployment:
    """`deploy` as a part of a running transaction, of files that were read before it began."""
    world = _world(transaction.connection, package)
    known = world.known(engine)
    findings = _findings(engine, world, known)
    if any(finding.severity == "error" for finding in findings):
        raise Rejected(findings)
    _store_resources(transaction, world)
    made = _make_versions(engine, transaction, world, known, actor, note)
    released = sum(release_waiting(transaction, row.key, engine.clock.now()) for row in made)
    if released:
        transaction.after_commit(engine.wake)
    return Deployment(tuple(made), tuple(findings))


def check(engine: Engine, files: Mapping[str, bytes]) -> list[Finding]:
    """Everything wrong with files, as they would be deployed beside what is there; changes nothing."""
    package = open_package(files)
    with engine.database.read() as connection:
        world = _world(connection, package)
    return _findings(engine, world, world.known(engine))


def _world(connection: Connection, given: Package) -> World:
    newest = process_definition.c.id.in_(_newest_ids(connection))
    rows = connection.execute(select(process_definition).where(newest)).mappings()
    latest = {row["key"]: row for row in rows}
    deployed: dict[str, bytes] = {
        row["file"]: row["source"] for key, row in latest.items() if key not in given.drawings
    }
    for row in connection.execute(_CURRENT):
        own = given.tables if row.kind == "dmn" else given.form_files
        if row.name not in own:
            deployed[resource_file(row.kind, row.name)] = row.content
    before = open_package(deployed, prove=False)
    merged = Package(
        before.drawings | given.drawings,
        before.models | given.models,
        before.tables | given.tables,
        before.decisions | given.decisions,
        before.form_files | given.form_files,
        list(given.findings),
    )
    return World(merged, latest, frozenset(given.drawings))


def resource_file(kind: str, name: str) -> str:
    """The file name of a table or form in a deployment."""
    return f"forms/{name}.form" if kind == "form" else f"{kind}/{name}.{kind}"


_CURRENT = select(
    current_resource.c.kind, current_resource.c.name, current_resource.c.resource_hash, resource.c.content
).join(resource, resource.c.hash == current_resource.c.resource_hash)
_NEWEST = select(process_definition.c.id, process_definition.c.key).order_by(
    process_definition.c.key, process_definition.c.version.desc()
)


def _newest_ids(connection: Connection) -> list[str]:
    ids: dict[str, str] = {}
    for row in connection.execute(_NEWEST):
        ids.setdefault(row.key, row.id)
    return list(ids.values())


def _findings(engine: Engine, world: World, known: Known) -> list[Finding]:
    found = [*world.package.findings, *doubled_decisions(world.package)]
    for key, drawing in world.package.drawings.items():
        wanted = used_decisions(world.package.models[key], engine.registry)
        if key in world.given:
            found += lint(drawing, known)
            wanted -= world.package.models[key].decisions
        found += missing_decisions(drawing.file, wanted, known.decisions)
    if not any(finding.severity == "error" for finding in found):
        found += _compile_findings(world, known)
    return found


def _compile_findings(world: World, known: Known) -> list[Finding]:
    """What only shows when a drawing is made ready to run."""
    in_call_order(world.package.models)
    expanded = {
        world.package.models[key].process_id: normalise(drawing, known)
        for key, drawing in world.package.drawings.items()
    }
    for key in world.given:
        try:
            spiff.compile_bundle(expanded[world.package.models[key].process_id], expanded)
        except Rejected as refused:
            return list(refused.findings)
    return []


def _store_resources(transaction: Transaction, world: World) -> None:
    package = world.package
    current = {(row.kind, row.name): row.resource_hash for row in transaction.execute(_CURRENT)}
    for kind, group in (("dmn", package.tables), ("form", package.form_files)):
        for name, content in group.items():
            identity = store(transaction, kind, name, content)
            if current.get((kind, name)) != identity:
                where = (current_resource.c.kind == kind) & (current_resource.c.name == name)
                transaction.execute(current_resource.delete().where(where))
                values = {"kind": kind, "name": name, "resource_hash": identity}
                transaction.execute(current_resource.insert(), values)


def store(transaction: Transaction, kind: str, name: str, content: bytes) -> str:
    """Keeps a file by its content hash, once; returns the hash."""
    identity = digest(kind.encode(), name.encode(), content)
    query = select(resource.c.hash).where(resource.c.hash == identity)
    if transaction.execute(query).scalar_one_or_none() is None:
        values = {"hash": identity, "kind": kind, "name": name, "content": content}
        transaction.execute(resource.insert(), values)
    return identity


def _make_versions(
    engine: Engine, transaction: Transaction, world: World, known: Known, actor: str | None, note: str
) -> list[DefinitionRow]:
    made: list[DefinitionRow] = []
    current: dict[str, tuple[str, str]] = {
        row["process_id"]: (row["id"], row["content_hash"]) for row in world.latest.values()
    }
    for key in in_call_order(world.package.models):
        found = world.package.models[key]
        pins = _pins(engine, world, key)
        expanded = normalise(world.package.drawings[key], known).xml
        called = {name: current[name] for name in sorted(found.called) if name in current}
        parts = [world.package.drawings[key].xml, expanded]
        parts += [digest(kind.encode(), name.encode(), content).encode() for kind, name, content in pins]
        parts += [identity[1].encode() for identity in called.values()]
        content_hash = digest(*parts)
        before = world.latest.get(key)
        if before is not None and before["content_hash"] == content_hash:
            continue
        row = _insert_version(engine, transaction, world, key, content_hash, actor, note)
        current[found.process_id] = (row.id, content_hash)
        _pin(transaction, row.id, [*pins, ("expanded", key, expanded)], called)
        made.append(row)
    return made


def _pins(engine: Engine, world: World, key: str) -> list[tuple[str, str, bytes]]:
    package, found = world.package, world.package.models[key]
    stems = {package.file_of_decision(name) for name in used_decisions(found, engine.registry)}
    pins = [("dmn", stem, package.tables[stem]) for stem in sorted(stem for stem in stems if stem)]
    shared = {name for name in package.form_files if name.startswith("shared.")}
    names = sorted((found.forms | shared) & package.form_files.keys())
    return [*pins, *(("form", name, package.form_files[name]) for name in names)]


def _insert_version(
    engine: Engine,
    transaction: Transaction,
    world: World,
    key: str,
    content_hash: str,
    actor: str | None,
    note: str,
) -> DefinitionRow:
    before, found, drawing = world.latest.get(key), world.package.models[key], world.package.drawings[key]
    values: dict[str, Any] = {
        "id": new_id(),
        "key": key,
        "process_id": found.process_id,
        "version": (before["version"] if before is not None else 0) + 1,
        "content_hash": content_hash,
        "names": json.dumps(dict(found.names), ensure_ascii=False),
        "file": drawing.file,
        "source": drawing.xml,
        "created_at": engine.clock.now(),
        "created_by": actor,
        "note": note,
    }
    transaction.execute(process_definition.insert(), values)
    return definition_row(values)


def _pin(
    transaction: Transaction,
    definition_id: str,
    pins: list[tuple[str, str, bytes]],
    called: Mapping[str, tuple[str, str]],
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "definition_id": definition_id,
            "kind": kind,
            "name": name,
            "resource_hash": store(transaction, kind, name, content),
            "called_id": None,
        }
        for kind, name, content in pins
    ]
    rows += [
        {"definition_id": definition_id, "kind": "called", "name": name, "resource_hash": None, "called_id": pair[0]}
        for name, pair in called.items()
    ]
    transaction.execute(definition_resource.insert(), rows)


def definition_row(row: Row) -> DefinitionRow:
    """A definition's row without its bytes."""
    names = {name: row[name] for name in DefinitionRow.__dataclass_fields__}
    return DefinitionRow(**{**names, "names": json.loads(row["names"])})
