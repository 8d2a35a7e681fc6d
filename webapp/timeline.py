"""Who did what when: history events as lines in the reader's language, without what is closed to the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from engine import bpmn, history
from webapp.languages import listed, named
from webapp.layout import moment, role
from webapp.names import Names
from webapp.scopes import Seen
from webapp.sentences import CAUGHT, CHOSEN, ENDED, MESSAGES, MINOR, OTHER, SENTENCES, THROWN


@dataclass(frozen=True)
class Change:
    """One value that an event set: what it is called, what it was (None: not told) and what it became."""

    name: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the timeline; `by_person` is False for what Salesflow did itself."""

    at: datetime
    kind: str
    text: str
    who: str
    on_behalf_of: str
    by_person: bool
    minor: bool
    step: str
    changes: tuple[Change, ...]
    instance_id: str
    seq: int


class Timeline:
    """Turns events into lines. `definitions` are the version ids by instance."""

    def __init__(self, names: Names, record: Seen, definitions: Mapping[str, str]) -> None:
        self._names, self._record, self._definitions = names, record, definitions

    def lines(self, events: Iterable[history.Event], *, minor: bool = True) -> list[Line]:
        """The lines of events, in their order; without the technical ones unless they are asked for."""
        lines = [self._line(event) for event in events]
        return [line for line in lines if minor or not line.minor]

    def closed(self, events: Iterable[history.Event]) -> frozenset[str]:
        """The names of the answers to steps that are closed to the reader: variables of these names are so, too."""
        own = [event for event in events if self._is_closed(self._definitions[event.instance_id], event)]
        return frozenset(name for event in own for name in event.detail.get("values", ()))

    def _line(self, event: history.Event) -> Line:
        definition = self._definitions[event.instance_id]
        chosen = self._chosen(definition, event)
        step = self._names.step(definition, event.process, event.element) if event.element else ""
        passed = self._passed(definition, event)
        values = {**self._facts(definition, event), "step": step, "flow": chosen}
        template = passed or (CHOSEN if chosen else SENTENCES.get(event.kind, OTHER))
        return Line(
            at=event.at,
            kind=event.kind,
            text=str(template) % values,
            who=str(values["who"]),
            on_behalf_of=self._names.person(event.on_behalf_of),
            by_person=event.actor is not None,
            minor=event.kind in MINOR and not chosen and passed is None,
            step=step,
            changes=tuple(self._changes(definition, event)),
            instance_id=event.instance_id,
            seq=event.seq,
        )

    def _facts(self, definition: str, event: history.Event) -> dict[str, object]:
        detail, names = event.detail, self._names
        return {
            "who": names.person(event.actor) or "Salesflow",
            "kind": event.kind,
            "process": names.process(str(detail.get("key", ""))),
            "version": detail.get("version", ""),
            "ends": self._ends(definition, event),
            "reason": detail.get("reason") or "–",
            "for": self._offered(detail),
            "assignee": names.person(detail.get("assignee")),
            "level": detail.get("level", ""),
            "candidates": names.people(detail.get("candidates") or []) or _("operations"),
            "comment": detail.get("comment") or "–",
            "user": names.person(detail.get("user")),
            "attempt": detail.get("attempt", ""),
            "code": detail.get("code", ""),
            "message": detail.get("message", ""),
            "decision": names.decision(definition, str(detail.get("decision", ""))),
            "result": self._result(definition, event),
            "due": moment(detail.get("due")),
            "name": str(MESSAGES.get(str(detail.get("name")), detail.get("name", ""))),
            "business_key": str(detail.get("business_key", "")).partition(":")[2],
            "target": names.process(str(detail.get("target", ""))),
            **self._event(definition, event),
        }

    def _event(self, definition: str, event: history.Event) -> dict[str, object]:
        """The name of the event that an element throws or catches, and the step it is attached to."""
        element = self._element(definition, event)
        host = element.attached_to if element is not None else None
        name = element.event_name if element is not None else None
        return {"event": name or "–", "host": self._names.step(definition, event.process, host) if host else ""}

    def _passed(self, definition: str, event: history.Event) -> object | None:
        """The sentence of an event that was passed, or of an end, where there is more or less to say than usually."""
        if event.kind == "instance.ended" and not self._ends(definition, event):
            return ENDED
        element = self._element(definition, event)
        if event.kind != "element.left" or element is None or element.event is None:
            return None
        throws = element.kind in ("endEvent", "intermediateThrowEvent")
        return (THROWN if throws else CAUGHT).get(element.event)

    def _element(self, definition: str, event: history.Event) -> bpmn.Element | None:
        model = self._names.bundle(definition).models.get(event.process)
        return model.elements.get(event.element) if model is not None else None

    def _ends(self, definition: str, event: history.Event) -> str:
        """The names of the ends that a process reached, or the error it ended by; empty where none has a name."""
        ends = [one for one in event.detail.get("ends", []) if self._names.is_named(definition, event.process, one)]
        names = [self._names.step(definition, event.process, one) for one in ends]
        return listed(names) or str(event.detail.get("error") or "")

    def _offered(self, detail: Mapping[str, Any]) -> str:
        if detail.get("assignee"):
            return self._names.person(detail["assignee"])
        people = self._names.people(detail.get("users") or [])
        groups = listed(map(role, detail.get("groups") or []))
        return listed(part for part in (people, groups) if part) or "–"

    def _result(self, definition: str, event: history.Event) -> str:
        result = event.detail.get("result")
        if any(self._record.hides(name) for row in event.detail.get("rows", []) for name in row["inputs"]):
            return "…"
        told = self._record.open_part(result) if isinstance(result, Mapping) else result
        return self._names.result(definition, str(event.detail.get("decision", "")), told)

    def _chosen(self, definition: str, event: history.Event) -> str:
        """The name of the way taken at a gateway that asks a question."""
        model = self._names.bundle(definition).models.get(event.process)
        element = model.elements.get(event.element) if model is not None else None
        if event.kind != "element.left" or model is None or element is None or len(element.outgoing) < 2:
            return ""
        flows = [model.flows[flow] for flow in event.detail.get("flows", []) if flow in model.flows]
        return listed(named(flow.names) for flow in flows if flow.name)

    def _is_closed(self, definition: str, event: history.Event) -> bool:
        """Whether the drawing keeps all answers of the step secret, as a field whose name is closed to the reader."""
        element = self._element(definition, event)
        secret = element.properties.get("secret", "") if element is not None else ""
        return bool(secret) and self._record.hides(secret)

    def _changes(self, definition: str, event: history.Event) -> Iterable[Change]:
        if self._is_closed(definition, event):
            return
        values = event.detail.get("values") or event.detail.get("variables") or event.detail.get("payload") or {}
        before = event.detail.get("before") or {}
        for name, value in values.items():
            if self._record.hides(name):
                continue
            old = self._names.answer(definition, name, before[name]) if before.get(name) is not None else None
            new = self._names.answer(definition, name, value)
            yield Change(self._names.field(definition, name), None if old == new else old, new)
