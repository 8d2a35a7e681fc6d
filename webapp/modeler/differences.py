"""What a draft changes, in words: elements and ways of a drawing, rows of a table, fields of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from engine import bpmn, dmn, errors, forms
from webapp.languages import named
from webapp.modeler.facts import Facts, decision_facts, element_facts, field_facts, flow_facts, process_facts


@dataclass(frozen=True)
class Fact:
    """One property of a changed thing: what it is called, before and after (empty: there was none)."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One thing that a draft adds, removes or changes; `kind` is added, removed or changed."""

    kind: str
    what: str
    id: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Comparison:
    """All changes of a draft; `readable` is False when one of the two files cannot be read at all."""

    changes: tuple[Change, ...]
    readable: bool
    same: bool

    @property
    def marks(self) -> Mapping[str, str]:
        """The class of each changed element on a drawing."""
        return {change.id: f"is-{change.kind}" for change in self.changes}


Things = Mapping[str, tuple[str, str, Facts]]


def compare(kind: str, old: bytes | None, new: bytes) -> Comparison:
    """What `new` changes against `old` (None: everything is new); never raises for content that cannot be read."""
    try:
        before = _things(kind, old) if old is not None else {}
        after = _things(kind, new)
    except (errors.Rejected, dmn.RejectedDecisions):
        return Comparison((), readable=False, same=False)
    return Comparison(tuple(_changes(before, after)), readable=True, same=old == new)


def _things(kind: str, content: bytes) -> Things:
    if kind == "bpmn":
        drawings = bpmn.read(content, "drawing").parts()
        return {name: thing for one in drawings for name, thing in _of_drawing(bpmn.model(one)).items()}
    if kind == "dmn":
        return _of_tables(dmn.read_with_findings(content, "table")[0])
    return _of_form(forms.parse_form(content, "form"))


def _of_drawing(model: bpmn.Model) -> Things:
    lanes = {lane.id: named(lane.names) for lane in model.lanes}
    titles = {one.id: named(one.names) or one.id for one in model.elements.values()}
    found = {model.process_id: (_("process"), named(model.names), process_facts(model, lanes))}
    for element in model.elements.values():
        found[element.id] = (_("element"), titles[element.id], element_facts(element, lanes))
    for flow in model.flows.values():
        title = f"{titles.get(flow.source, flow.source)} → {titles.get(flow.target, flow.target)}"
        found[flow.id] = (_("way"), f"{title} ({named(flow.names)})" if flow.name else title, flow_facts(flow, titles))
    return found


def _of_tables(model: dmn.DecisionModel) -> Things:
    found: dict[str, tuple[str, str, Facts]] = {}
    for decision in model.decisions.values():
        title = named(decision.names) or decision.name
        found[decision.id] = (_("decision"), title, decision_facts(decision))
        for row in decision.rules:
            heads = [column.label or column.expression for column in decision.inputs]
            results = [f"⇒ {column.label or column.name}" for column in decision.outputs]
            cells = zip([*heads, *results], [*row.inputs, *row.outputs], strict=False)
            facts = {**dict(cells), _("Note"): row.description}
            key = f"{decision.id}.{row.id or row.number}"
            found[key] = (_("row"), _("%(table)s, row %(number)s", table=title, number=row.number), facts)
    return found


def _of_form(form: forms.Form) -> Things:
    found: dict[str, tuple[str, str, Facts]] = {}
    for path, field in _fields(form.fields, ""):
        found[path] = (_("field"), named(field.labels) or path, field_facts(field))
    return found


def _fields(fields: tuple[forms.Field, ...], prefix: str) -> Iterable[tuple[str, forms.Field]]:
    for number, field in enumerate(fields, 1):
        path = f"{prefix}{field.key or f'{field.type} {number}'}"
        yield path, field
        yield from _fields(field.fields, f"{path}.")


def _changes(before: Things, after: Things) -> Iterable[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        what, title, _facts = new or old or ("", "", {})
        facts = tuple(_changed_facts(old[2] if old else {}, new[2] if new else {}))
        if old is None:
            yield Change("added", what, key, title, facts)
        elif new is None:
            yield Change("removed", what, key, title, ())
        elif facts:
            yield Change("changed", what, key, title, facts)


def _changed_facts(old: Facts, new: Facts) -> Iterable[Fact]:
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name, "") != new.get(name, ""):
            yield Fact(name, old.get(name, ""), new.get(name, ""))
