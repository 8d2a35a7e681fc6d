"""Gathers what the page of one process shows: its drawing, steps, tables and versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from engine import bpmn, bundles, definitions, errors, operations
from webapp import diagrams
from webapp.current import application
from webapp.decision_tables import TableView, all_of
from webapp.languages import named
from webapp.names import Names
from webapp.tables import Connection

if TYPE_CHECKING:
    from bootstrap import Process

KINDS: Mapping[str, object] = {
    "userTask": _l("task for a person"),
    "manualTask": _l("task by hand"),
    "task": _l("task"),
    "serviceTask": _l("automatic step"),
    "sendTask": _l("sends a message"),
    "receiveTask": _l("waits for a message"),
    "scriptTask": _l("calculation"),
    "businessRuleTask": _l("decision table"),
    "callActivity": _l("other process, comes back"),
    "subProcess": _l("part of the process"),
    "adHocSubProcess": _l("steps in any order"),
    "exclusiveGateway": _l("decision: one way"),
    "inclusiveGateway": _l("decision: one or more ways"),
    "parallelGateway": _l("all ways at once"),
    "complexGateway": _l("when enough has come"),
    "eventBasedGateway": _l("whatever happens first"),
    "startEvent": _l("start"),
    "endEvent": _l("end"),
    "boundaryEvent": _l("may happen meanwhile"),
    "intermediateCatchEvent": _l("waits"),
    "intermediateThrowEvent": _l("tells"),
}
PATTERNS: Mapping[str, object] = {
    "MR": _l("added: missing record"),
    "AP": _l("added: approval"),
    "RM": _l("added: due work"),
    "CX": _l("added: withdrawal"),
}

MOST_STEPS = 1000
"""How many steps of a process are told; the drawing has them all."""


@dataclass(frozen=True)
class StepRow:
    """One step of the table: what it is, whose it is, what it uses, where it may go."""

    id: str
    title: str
    kind: str
    lane: str
    star: bool
    practice: str
    text: str
    added: str
    decision: str
    handover: str
    handover_title: str
    ways: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class ProcessPage:
    """A process: registered, deployed, or both. `row` is None while nothing is deployed."""

    key: str
    title: str
    registered: Process | None
    inputs: tuple[Mapping[str, str], ...]
    outputs: tuple[Mapping[str, str], ...]
    definition: str
    row: definitions.DefinitionRow | None
    newest: bool
    svg: Markup
    steps: list[StepRow]
    more_steps: int
    tables: list[TableView]
    versions: list[definitions.DefinitionRow]
    authors: Mapping[str, str]
    waiting: int
    oddities: list[Any]


def load(connection: Connection, key: str, number: int | None = None) -> ProcessPage:
    """The page of a process, of one version or the newest; raises NotFound for an unknown key or version."""
    catalogue = application().catalogue
    registered = catalogue.by_key.get(key)
    versions = bundles.versions(connection, key)
    row = _chosen(key, versions, number)
    if registered is None and row is None:
        raise errors.NotFound("Expected a process %(key)s, but there is none.", key=key)
    names = Names(connection)
    bundle = names.bundle(row.id) if row is not None else None
    model = bundle.models[bundle.process] if bundle is not None else None
    title = named(registered.titles) if registered is not None else named(row.names if row else {})
    return ProcessPage(
        key=key,
        title=title,
        registered=registered,
        inputs=catalogue.inputs(key) if registered is not None else (),
        outputs=catalogue.outputs(key) if registered is not None else (),
        definition=named(model.documentation) if model is not None else "",
        row=row,
        newest=row is None or row.id == versions[0].id,
        svg=diagrams.picture(bundle.drawings[bundle.process], title=title) if bundle is not None else Markup(),
        steps=_steps(model, names) if model is not None else [],
        more_steps=max(0, len(model.elements) - MOST_STEPS) if model is not None else 0,
        tables=_tables(bundle) if bundle is not None else [],
        versions=versions,
        authors={one.id: names.person(one.created_by) or "Salesflow" for one in versions},
        waiting=operations.waiting_handovers(connection).get(key, 0),
        oddities=[one for one in catalogue.anomalies if key in one.processes],
    )


def _chosen(
    key: str, versions: list[definitions.DefinitionRow], number: int | None
) -> definitions.DefinitionRow | None:
    if number is None:
        return versions[0] if versions else None
    found = next((one for one in versions if one.version == number), None)
    if found is None:
        raise errors.NotFound("Expected version %(number)s of %(key)s, but there is none.", number=number, key=key)
    return found


def _steps(model: bpmn.Model, names: Names) -> list[StepRow]:
    lanes = {lane.id: named(lane.names) for lane in model.lanes}
    own = [element for element in model.elements.values() if not element.expanded]
    added = [element for element in model.elements.values() if element.expanded]
    return [_step(element, model, lanes, names) for element in (own + added)[:MOST_STEPS]]


def _step(element: bpmn.Element, model: bpmn.Model, lanes: Mapping[str, str], names: Names) -> StepRow:
    ways = [model.flows[flow] for flow in element.outgoing]
    asks = len(ways) > 1
    return StepRow(
        id=element.id,
        title=named(element.names) or element.id,
        kind=str(KINDS.get(element.kind, element.kind)),
        lane=lanes.get(element.lane or "", ""),
        star=element.high_performing,
        practice=named(element.practice_note),
        text=named(element.documentation),
        added=str(PATTERNS.get(element.expanded, element.expanded)) if element.expanded else "",
        decision=element.decision or "",
        handover=element.handover or "",
        handover_title=names.process(element.handover) if element.handover else "",
        ways=tuple((_way(flow, model), flow.condition or "", flow.default) for flow in ways) if asks else (),
    )


def _way(flow: bpmn.Flow, model: bpmn.Model) -> str:
    target = model.elements[flow.target]
    goal = named(target.names) or target.id
    return f"{named(flow.names)} → {goal}" if flow.name else f"→ {goal}"


def _tables(bundle: bundles.Bundle) -> list[TableView]:
    files = {id(model): model for model in bundle.decisions.values()}
    return [table for model in files.values() for table in all_of(model)]
