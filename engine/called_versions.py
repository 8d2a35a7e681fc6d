"""Which version of a called process a definition pins (Camunda's `calledElementBinding`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from engine.bpmn import Element, Model
from engine.errors import Finding, Rejected, Sentence
from engine.packages import read_drawing
from engine.tables import definition_resource, process_definition
from engine.world import World

LATEST, DEPLOYMENT, VERSION, TAG = "latest", "deployment", "version", "versionTag"
RULE = "calls"


class Pin(NamedTuple):
    """A version that is called: its definition and what it is made of."""

    id: str
    content_hash: str


class Binding(NamedTuple):
    """What a call activity says about the version it calls: how it is bound, and the number or tag."""

    kind: str
    wanted: str


def binding(element: Element) -> Binding:
    """The binding of a call activity; without one it follows the newest version that is deployed."""
    given = element.attributes
    kind = given.get("calledElementBinding", LATEST)
    name = {VERSION: "calledElementVersion", TAG: "calledElementVersionTag"}.get(kind, "")
    return Binding(kind, given.get(name, "").strip())


def missing(connection: Connection, world: World) -> list[Finding]:
    """A finding for each version that a given drawing binds a call to and that is not there."""
    found = []
    for key in sorted(world.given):
        model = world.package.models[key]
        for name, (bound, element) in _bindings(model).items():
            if bound.kind in (VERSION, TAG) and not _is_given(world, name, bound):
                if _deployed(connection, name, bound) is None:
                    found.append(_missing(world, key, element, name, bound))
    return found


def called_versions(
    connection: Connection, world: World, key: str, current: Mapping[str, tuple[str, str]]
) -> dict[str, Pin]:
    """The versions that a definition pins, by process id. `current` are the newest ones (id, content hash).

    One that calls itself calls the version it is, which need not be pinned.
    Raises `Rejected` when one is not there, or two versions of one process would come together.
    """
    model = world.running[key]
    bindings = _bindings(model)
    found: dict[str, Pin] = {}
    for name in sorted(model.called - {model.process_id}):
        bound, element = bindings.get(name, (Binding(LATEST, ""), ""))
        pin = _resolved(connection, world, key, name, bound, current)
        if pin is not None:
            found[name] = pin
        elif bound.kind in (VERSION, TAG):
            raise Rejected([_missing(world, key, element, name, bound)])
    if world.binds_versions:
        _refuse_two_versions(connection, world, key, found)
    return found


def _bindings(model: Model) -> dict[str, tuple[Binding, str]]:
    """How each called process is bound, and by which element; lint sees to it that two calls agree."""
    return {
        element.called_element: (binding(element), element.id)
        for element in model.elements.values()
        if element.called_element
    }


def _resolved(
    connection: Connection,
    world: World,
    key: str,
    name: str,
    bound: Binding,
    current: Mapping[str, tuple[str, str]],
) -> Pin | None:
    if bound.kind in (VERSION, TAG):
        return _deployed(connection, name, bound) or _kept(connection, world, key, name)
    if bound.kind == DEPLOYMENT and key not in world.given and key in world.latest:
        return _kept(connection, world, key, name)
    return Pin(*current[name]) if name in current else None


def _kept(connection: Connection, world: World, key: str, name: str) -> Pin | None:
    """The version that a drawing which is not given calls so far."""
    if key in world.given or key not in world.latest:
        return None
    kept = definition_resource.c.definition_id == world.latest[key]["id"]
    called = select(definition_resource.c.called_id).where(kept, definition_resource.c.name == name)
    query = select(process_definition.c.id, process_definition.c.content_hash)
    row = connection.execute(query.where(process_definition.c.id.in_(called))).one_or_none()
    return None if row is None else Pin(*row)


def _deployed(connection: Connection, name: str, bound: Binding) -> Pin | None:
    """The deployed version with that number, or the newest with that tag."""
    at = process_definition.c
    query = select(at.id, at.content_hash, at.version, at.source, at.file).where(at.process_id == name)
    for row in connection.execute(query.order_by(at.version.desc())):
        if bound.kind == VERSION and str(row.version) == bound.wanted:
            return Pin(row.id, row.content_hash)
        if bound.kind == TAG and read_drawing(bytes(row.source), row.file, name)[1].version_tag == bound.wanted:
            return Pin(row.id, row.content_hash)
    return None


def _is_given(world: World, name: str, bound: Binding) -> bool:
    """Whether the wanted version is deployed with this package."""
    for key in world.given:
        model = world.package.models[key]
        if model.process_id == name:
            before = world.latest.get(key)
            number = 1 if before is None else before["version"] + 1
            return model.version_tag == bound.wanted if bound.kind == TAG else str(number) == bound.wanted
    return False


def _refuse_two_versions(connection: Connection, world: World, key: str, pins: Mapping[str, Pin]) -> None:
    """An instance runs with one version of each process, whoever calls it."""
    versions: dict[str, set[str]] = defaultdict(set)
    for process, definition in _all_called(connection, pins):
        versions[process].add(definition)
    for process, found in sorted(versions.items()):
        if len(found) > 1:
            message = Sentence(
                "Expected one version of %(name)s in all that %(process)s calls, but there are %(count)s.",
                name=process,
                process=world.running[key].process_id,
                count=len(found),
            )
            raise Rejected([_finding(world, key, process, message)])


def _all_called(connection: Connection, pins: Mapping[str, Pin]) -> Iterator[tuple[str, str]]:
    todo, seen = [(name, pin.id) for name, pin in pins.items()], set[str]()
    while todo:
        name, definition = todo.pop()
        yield name, definition
        if definition not in seen:
            seen.add(definition)
            at = definition_resource.c
            query = select(at.name, at.called_id).where(at.definition_id == definition, at.kind == "called")
            todo += [(row.name, row.called_id) for row in connection.execute(query)]


def _missing(world: World, key: str, element: str, name: str, bound: Binding) -> Finding:
    kind = "version" if bound.kind == VERSION else "version tag"
    message = Sentence(
        "Expected a deployed %(name)s with the %(kind)s %(wanted)s, but there is none.",
        name=name,
        kind=kind,
        wanted=bound.wanted,
    )
    return _finding(world, key, element, message)


def _finding(world: World, key: str, element: str, message: Sentence) -> Finding:
    remedy = Sentence("Deploy that version first, or let the calls follow the same version.")
    return Finding(world.package.drawings[key].file, element, 0, RULE, message, remedy)
