"""What an instance leaves on its drawings: done, waiting, in trouble, and the ways taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from engine import bpmn, bundles, history, incidents, instances
from webapp import diagrams
from webapp.languages import named
from webapp.layout import moment


@dataclass(frozen=True)
class Picture:
    """One drawing with its marks, as SVG; empty where it is too large to be shown."""

    process: str
    title: str
    svg: Markup


def pictures(view: instances.InstanceView, bundle: bundles.Bundle) -> list[Picture]:
    """The instance's own drawing, then those of called processes that were entered."""
    entered = dict.fromkeys([bundle.process, *(event.process for event in view.events if event.process)])
    return [_picture(view, bundle, process) for process in entered if process in bundle.drawings]


def _picture(view: instances.InstanceView, bundle: bundles.Bundle, process: str) -> Picture:
    title = named(bundle.models[process].names) or bundle.keys[process]
    marks = marks_of(view, bundle, process)
    return Picture(process, title, diagrams.picture(bundle.drawings[process], marks, title))


def marks_of(view: instances.InstanceView, bundle: bundles.Bundle, process: str) -> dict[str, bpmn.Mark]:
    """The marks of one process: classes `is-done`, `is-active`, `is-waiting` (for its time), `is-failed`."""
    classes: dict[str, list[str]] = {}
    badges: dict[str, str] = {}
    visits, taken = _walked(view.events, process)
    for element, count in visits.items():
        classes.setdefault(element, []).append("is-done")
        if count > 1:
            badges[element] = f"×{count}"
    classes |= {flow: ["is-done"] for flow in taken}
    for element, (token, badge) in _waiting(view, bundle, process).items():
        classes[element] = [token]
        badges[element] = badge
    for element in _troubled(view.incidents, bundle, process):
        classes[element] = ["is-failed"]
        badges[element] = "!"
    return {name: bpmn.Mark(" ".join(tokens), badges.get(name, "")) for name, tokens in classes.items()}


def _walked(events: Iterable[history.Event], process: str) -> tuple[dict[str, int], set[str]]:
    visits: dict[str, int] = {}
    taken: set[str] = set()
    for event in events:
        if event.kind == "element.left" and event.process == process:
            visits[event.element] = visits.get(event.element, 0) + 1
            taken |= set(event.detail.get("flows", []))
    return visits, taken


def _waiting(view: instances.InstanceView, bundle: bundles.Bundle, process: str) -> dict[str, tuple[str, str]]:
    """Where the instance waits: class and badge by element. Guards of other steps get no badge, there is no room."""
    found: dict[str, tuple[str, str]] = {}
    for one in view.waiting:
        place = one.place
        if place.process != process:
            found |= dict.fromkeys(_callers(bundle, process, place.process), ("is-active", _("now")))
            continue
        due = getattr(one, "due", None)
        guard = bundle.element(process, place.element).kind in ("boundaryEvent", "startEvent")
        badge = "" if guard else moment(due, "short") if due is not None else _("now")
        found[place.element] = ("is-waiting" if due is not None or guard else "is-active", badge)
    return found


def _callers(bundle: bundles.Bundle, process: str, inner: str) -> list[str]:
    """The call activities of a process inside which another one runs."""
    calls = {one.id: one.called_element for one in bundle.models[process].elements.values() if one.called_element}
    return [name for name, called in calls.items() if called and inner in _reached(bundle.models, called)]


def _reached(models: Mapping[str, bpmn.Model], process: str) -> set[str]:
    found, todo = {process}, [process]
    while todo:
        model = models.get(todo.pop())
        new = (model.called if model is not None else frozenset()) - found
        found |= new
        todo.extend(new)
    return found


def _troubled(rows: Iterable[incidents.IncidentRow], bundle: bundles.Bundle, process: str) -> list[str]:
    known = bundle.models[process].elements
    return [row.element for row in rows if row.element in known]
