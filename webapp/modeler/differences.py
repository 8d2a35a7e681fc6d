"""What a draft changes, in words: elements and ways of a drawing, rows of a table, fields of a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from engine import dmn, errors, forms
from webapp.languages import named
from webapp.modeler.changes import Change, Fact
from webapp.modeler.drawing_changes import drawing_changes
from webapp.modeler.facts import Facts, decision_facts, field_facts
from webapp.modeler.residue import further_changes


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
        changes = drawing_changes(old, new) if kind == "bpmn" else _of_two(kind, old, new)
        return Comparison(tuple(changes), readable=True, same=old == new)
    except (errors.Rejected, dmn.RejectedDecisions):
        return Comparison((), readable=False, same=False)


def _of_two(kind: str, old: bytes | None, new: bytes) -> Iterator[Change]:
    before, after = _things(kind, old), _things(kind, new)
    found = list(_changes(before, after))
    yield from found
    titles = {key: (what, title) for key, (what, title, _facts) in {**before, **after}.items()}
    yield from further_changes(kind, old, new, {one.id for one in found}, titles)


def _things(kind: str, content: bytes | None) -> Things:
    if content is None:
        return {}
    if kind == "dmn":
        return _of_tables(dmn.read_with_findings(content, "table")[0])
    return _of_form(forms.parse_form(content, "form"))


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
