"""Deploying drawings with their tables and forms, and reading what is deployed (docs/architecture.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine import clock_starts, correlation, spiff
from engine.bpmn import lint, normalise
from engine.called_versions import Pin, called_versions, missing
from engine.core import Engine
from engine.dmn import imported_files
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
    same_process,
    stem_of_drawing,
    used_decisions,
)
from engine.registry import Registry
from engine.tables import Row, current_resource, definition_resource, process_definition, resource
from engine.transaction import Transaction
from engine.world import World, mark, merged, tables_in_force


@dataclass(frozen=True)
class DefinitionRow:
    """One deployed version of a process; `names` are by language."""

    id: str
    key: str
    process_id: str
    version: int
    content_hash: str
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


def deploy(engine: Engine, files: Mapping[str, bytes], actor: str | None, note: str = "") -> Deployment:
    """Deploys files together: new versions of every definition they change, or nothing at all.

    `files` maps names like `bpmn/x.bpmn`, `dmn/d16.dmn`, `forms/x.step.form` to their bytes.
    Raises `Rejected` with every finding when any of them cannot run.
    """
    package = prepared(engine, files)
    with engine.database.write() as transaction:
        return deploy_in(engine, transaction, package, actor, note)


def prepared(engine: Engine, files: Mapping[str, bytes]) -> Package:
    """Files to be deployed, read and looked at, so that the transaction that deploys them holds up nobody for long."""
    package = _opened(engine, files)
    with engine.database.read() as connection:
        world = merged(engine, spiff.schema_folder(), connection, package)
        if not _is_refused(_checked(engine, connection, world)):
            world.running  # noqa: B018  read here, and kept
    return package


def _opened(engine: Engine, files: Mapping[str, bytes]) -> Package:
    """Files read; their decisions may import those in force."""
    with engine.database.read() as connection:
        package = open_package(files, beside=tables_in_force(connection))
    package.digest = digest(*(part for name in sorted(files) for part in (name.encode(), files[name])))
    return package


def _checked(engine: Engine, connection: Connection, world: World) -> tuple[Finding, ...]:
    """Everything wrong with a package in its world; found once as long as that is the same."""
    known = digest(*map(str.encode, (world.package.digest, mark(connection), *sorted(world.groups or ()))))
    return engine.memory.findings.get(known, lambda: (*_findings(world), *missing(connection, world)))


def _is_refused(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def deploy_in(
    engine: Engine, transaction: Transaction, package: Package, actor: str | None, note: str = ""
) -> Deployment:
    """`deploy` as a part of a running transaction, of files that were `prepared` before it began."""
    world = merged(engine, spiff.schema_folder(), transaction.connection, package)
    findings = _checked(engine, transaction.connection, world)
    if _is_refused(findings):
        raise Rejected(list(findings))
    _store_resources(transaction, world)
    made = _make_versions(engine, transaction, world, actor, note)
    released = sum(release_waiting(transaction, row.key, engine.clock.now()) for row in made)
    if released:
        transaction.after_commit(engine.wake)
    return Deployment(tuple(made), findings)


def check(engine: Engine, files: Mapping[str, bytes]) -> list[Finding]:
    """Everything wrong with files, as they would be deployed beside what is there; changes nothing."""
    package = _opened(engine, files)
    with engine.database.read() as connection:
        return list(_checked(engine, connection, merged(engine, spiff.schema_folder(), connection, package)))


def check_apart(registry: Registry, files: Mapping[str, bytes], also: Iterable[str] | None = ()) -> list[Finding]:
    """Everything wrong with files by themselves, without a database: they know one another and the handlers.

    `also` names handlers beside the registered ones; None takes every handler that a drawing names to be there.
    How a file is called matters only to its deployment, so that a name which does not fit is a warning.
    """
    package = open_package(files)
    others = [found for _, found in package.doubled]
    named = {name for found in [*package.models.values(), *others] for name in found.handlers}
    extra = frozenset(named if also is None else also)
    found = _findings(World(registry, spiff.schema_folder(), package, {}, frozenset(package.drawings), extra))
    return [replace(one, severity="warning") if one.rule == "file-name" else one for one in found]


def _findings(world: World) -> list[Finding]:
    package = world.package
    found = [*package.findings, *doubled_decisions(package)]
    for key, drawing in package.drawings.items():
        wanted = used_decisions(package.models[key], world.registry)
        if key in world.given:
            found += [*lint(drawing, world.known), *_moved(world, key)]
            wanted -= package.models[key].decisions
        found += missing_decisions(drawing.file, wanted, world.known.decisions)
    for drawing, _ in package.doubled:
        found += lint(drawing, world.known)
    found = list(dict.fromkeys(found))  # every process of a file tells what is wrong with the whole file
    return found + _compile_findings(world, {finding.file for finding in found if finding.severity == "error"})


def _moved(world: World, key: str) -> list[Finding]:
    """Tells that a file named otherwise takes over a process that was deployed with a file of its own, or another."""
    drawing, before = world.package.drawings[key], world.latest.get(key)
    stem = stem_of_drawing(drawing.file)
    together = world.latest.get(stem, {"file": drawing.file})["file"]
    if before is None or stem == key or before["file"] == together:
        return []
    found = same_process(drawing.file, world.package.models[key].process_id, before["file"])
    return [replace(found, severity="warning")]


def _compile_findings(world: World, faulty: set[str]) -> list[Finding]:
    """What only shows when a drawing is made ready to run, of those that have nothing wrong so far."""
    package = world.package
    given = [package.drawings[key] for key in sorted(world.given)] + [drawing for drawing, _ in package.doubled]
    ready = {
        found.process_id: normalise(package.drawings[key], world.known)
        for key, found in package.models.items()
        if package.drawings[key].file not in faulty
    }
    found: list[Finding] = []
    for drawing in given:
        if drawing.file not in faulty:
            try:
                spiff.compile_bundle(normalise(drawing, world.known), ready)
            except Rejected as refused:
                found += refused.findings
    # What calls a faulty drawing is looked at again when that one is mended.
    return [one for one in dict.fromkeys(found) if not (faulty and one.rule == spiff.CALLED_PROCESS)]


def _store_resources(transaction: Transaction, world: World) -> None:
    package = world.package
    current = {(row.kind, row.name): row.resource_hash for row in transaction.execute(select(current_resource))}
    files = [("dmn", name, content) for name, content in package.tables.items()]
    files += [("form", name, content) for name, content in package.form_files.items()]
    given = [package.drawings[key] for key in sorted(world.given)]
    files += correlation.with_known(transaction, correlation.paths_of(given))
    hashes = store(transaction, files)
    for (kind, name, _content), identity in zip(files, hashes, strict=True):
        if current.get((kind, name)) != identity:
            where = (current_resource.c.kind == kind) & (current_resource.c.name == name)
            transaction.execute(current_resource.delete().where(where))
            values = {"kind": kind, "name": name, "resource_hash": identity}
            transaction.execute(current_resource.insert(), values)


def store(transaction: Transaction, files: Iterable[tuple[str, str, bytes]]) -> list[str]:
    """Keeps files (kind, name, content) by their content hash, each once; gives the hashes in their order."""
    rows = [
        {"hash": digest(kind.encode(), name.encode(), content), "kind": kind, "name": name, "content": content}
        for kind, name, content in files
    ]
    hashes = [str(row["hash"]) for row in rows]
    known = set(transaction.execute(select(resource.c.hash).where(resource.c.hash.in_(hashes))).scalars())
    missing = {row["hash"]: row for row in rows if row["hash"] not in known}
    if missing:
        transaction.execute(resource.insert(), list(missing.values()))
    return hashes


def _make_versions(
    engine: Engine, transaction: Transaction, world: World, actor: str | None, note: str
) -> list[DefinitionRow]:
    made: list[DefinitionRow] = []
    current: dict[str, tuple[str, str]] = {
        row["process_id"]: (row["id"], row["content_hash"]) for row in world.latest.values()
    }
    for key in in_call_order(world.running):
        found = world.running[key]
        pins = _pins(world, key)
        expanded = world.expanded[found.process_id].xml
        called = called_versions(transaction.connection, world, key, current)
        parts = [world.package.drawings[key].xml, expanded]
        parts += [digest(kind.encode(), name.encode(), content).encode() for kind, name, content in pins]
        parts += [pin.content_hash.encode() for pin in called.values()]
        content_hash = digest(*parts)
        before = world.latest.get(key)
        if before is not None and before["content_hash"] == content_hash:
            continue
        row = _insert_version(engine, transaction, world, key, content_hash, actor, note)
        current[found.process_id] = (row.id, content_hash)
        _pin(transaction, row.id, [*pins, ("expanded", key, expanded)], called)
        clock_starts.arm(transaction, row.id, key, world.expanded[found.process_id], row.created_at)
        made.append(row)
    return made


def _pins(world: World, key: str) -> list[tuple[str, str, bytes]]:
    package, found = world.package, world.package.models[key]
    stems = {package.file_of_decision(name) for name in used_decisions(found, world.registry)}
    tables = {stem: package.tables[stem] for stem in stems if stem}
    for content in list(tables.values()):
        tables |= imported_files(content, package.tables)
    pins = [("dmn", stem, content) for stem, content in sorted(tables.items())]
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
    called: Mapping[str, Pin],
) -> None:
    rows: list[dict[str, Any]] = [
        {"definition_id": definition_id, "kind": kind, "name": name, "resource_hash": identity, "called_id": None}
        for (kind, name, _content), identity in zip(pins, store(transaction, pins), strict=True)
    ]
    rows += [
        {"definition_id": definition_id, "kind": "called", "name": name, "resource_hash": None, "called_id": pin.id}
        for name, pin in called.items()
    ]
    transaction.execute(definition_resource.insert(), rows)


def definition_row(row: Row) -> DefinitionRow:
    """A definition's row without its bytes."""
    names = {name: row[name] for name in DefinitionRow.__dataclass_fields__}
    return DefinitionRow(**{**names, "names": json.loads(row["names"])})
