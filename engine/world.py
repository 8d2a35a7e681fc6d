"""What a deployment looks at: everything deployed already, with the new files laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from engine.bpmn import Drawing, Known, Model, drawn_alike, normalise
from engine.core import Engine
from engine.errors import Rejected
from engine.packages import Package, digest, open_package, read_drawing
from engine.registry import Registry
from engine.tables import current_resource, definition_resource, process_definition, resource


@dataclass
class World:
    """Everything deployed together with what is about to be: the given files win over the deployed ones.

    `handlers` names handlers that drawings may name beside the registered ones; `called` is what each deployed
    process calls so far, `kept` how those run that are not given, by key; `groups` are those of the company.
    """

    registry: Registry
    schema_folder: Path
    package: Package
    latest: dict[str, RowMapping]
    given: frozenset[str]
    handlers: frozenset[str] = frozenset()
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kept: Mapping[str, bytes] = field(default_factory=dict)
    groups: frozenset[str] | None = None

    @cached_property
    def known(self) -> Known:
        """What the drawings may name."""
        package = self.package
        decisions = [one for found in package.decisions.values() for one in found.decisions.items()]
        return Known(
            handlers=self.registry.names | self.handlers,
            decisions=frozenset(name for name, _ in decisions),
            answers=frozenset(output.name for _, decision in decisions for output in decision.outputs),
            forms=frozenset(package.form_files),
            processes=frozenset(found.process_id for found in package.models.values()),
            schema_folder=self.schema_folder,
            calls={found.process_id: found.called for found in package.models.values()},
            groups=self.groups,
        )

    @cached_property
    def before(self) -> Known:
        """What the deployed drawings could name so far, as much of it as their patterns ask for."""
        return replace(self.known, processes=frozenset(self.called), calls=self.called)

    @cached_property
    def expanded(self) -> dict[str, Drawing]:
        """The drawings as they run, by process id.

        One that is not given goes on as it ran so far, also when this release would draw it otherwise, unless
        its patterns can do other things with what is given.
        """
        return {model.process_id: self._expanded(key, model.process_id) for key, model in self.package.models.items()}

    def _expanded(self, key: str, process: str) -> Drawing:
        drawing, kept = self.package.drawings[key], self.kept.get(key)
        if kept is None or not drawn_alike(drawing, self.before, self.known):
            return normalise(drawing, self.known)
        return read_drawing(kept, drawing.file, process)[0]

    @cached_property
    def running(self) -> dict[str, Model]:
        """What the drawings say as they run, by key: patterns may call processes that the drawings do not name."""
        found = {key: (self.expanded[one.process_id], one.process_id) for key, one in self.package.models.items()}
        return {key: read_drawing(one.xml, one.file, process)[1] for key, (one, process) in found.items()}

    @cached_property
    def binds_versions(self) -> bool:
        """Whether any drawing calls another version of a process than the newest."""
        elements = (element for model in self.running.values() for element in model.elements.values())
        return any(element.attributes.get("calledElementBinding", "latest") != "latest" for element in elements)


def merged(engine: Engine, schema_folder: Path, connection: Connection, given: Package) -> World:
    """What is deployed, with a package laid over it."""
    newest = process_definition.c.id.in_(_newest_ids(connection))
    rows = connection.execute(select(process_definition).where(newest)).mappings()
    latest = {row["key"]: row for row in rows}
    deployed: dict[str, bytes] = {}
    for row in connection.execute(CURRENT):
        own = given.tables if row.kind == "dmn" else given.form_files
        if row.name not in own:
            deployed[resource_file(row.kind, row.name)] = row.content
    given_tables = {resource_file("dmn", stem): content for stem, content in given.tables.items()}
    before = open_package(deployed, prove=False, beside=given_tables)
    called: dict[str, frozenset[str]] = {}
    for key, version in latest.items():
        # What this release refuses to read was read when it was deployed; its callers are told that it is missing.
        with suppress(Rejected):
            drawing, found = read_drawing(version["source"], version["file"], version["process_id"])
            called[found.process_id] = found.called
            if key not in given.drawings:
                before.drawings[key], before.models[key] = drawing, found
    whole = Package(
        drawings=before.drawings | given.drawings,
        models=before.models | given.models,
        tables=before.tables | given.tables,
        table_files=before.table_files | given.table_files,
        decisions=before.decisions | given.decisions,
        form_files=before.form_files | given.form_files,
        doubled=list(given.doubled),
        findings=list(given.findings),
        digest=given.digest,
    )
    kept = _kept(connection, {version["id"]: key for key, version in latest.items() if key not in given.drawings})
    return World(
        engine.registry,
        schema_folder,
        whole,
        latest,
        frozenset(given.drawings),
        called=called,
        kept=kept,
        groups=engine.directory(connection).known_groups(),
    )


def _kept(connection: Connection, keys: Mapping[str, str]) -> dict[str, bytes]:
    """The drawings of these definitions as they run, by the keys of their processes."""
    pinned = definition_resource.c
    query = select(pinned.definition_id, resource.c.content).join(resource, resource.c.hash == pinned.resource_hash)
    rows = connection.execute(query.where(pinned.kind == "expanded", pinned.definition_id.in_(keys)))
    return {keys[row.definition_id]: row.content for row in rows}


def mark(connection: Connection) -> str:
    """A digest that changes whenever what is deployed does."""
    rows = [*connection.execute(_NEWEST), *connection.execute(select(current_resource))]
    return digest(*(str(tuple(row)).encode() for row in rows))


def tables_in_force(connection: Connection) -> dict[str, bytes]:
    """The files of decisions in force, which files to be deployed may import."""
    rows = connection.execute(CURRENT.where(current_resource.c.kind == "dmn"))
    return {resource_file(row.kind, row.name): row.content for row in rows}


def resource_file(kind: str, name: str) -> str:
    """The file name of a table or form in a deployment."""
    return f"forms/{name}.form" if kind == "form" else f"{kind}/{name}.{kind}"


CURRENT = select(
    current_resource.c.kind, current_resource.c.name, current_resource.c.resource_hash, resource.c.content
).where(current_resource.c.kind.in_(("dmn", "form")), resource.c.hash == current_resource.c.resource_hash)
_NEWEST = select(process_definition.c.id, process_definition.c.key).order_by(
    process_definition.c.key, process_definition.c.version.desc()
)


def _newest_ids(connection: Connection) -> list[str]:
    ids: dict[str, str] = {}
    for row in connection.execute(_NEWEST):
        ids.setdefault(row.key, row.id)
    return list(ids.values())
