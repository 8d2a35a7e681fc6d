"""Gathers what a task's page shows, within what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from crm import access, users
from engine import bpmn, bundles, errors, forms, inbox
from webapp import people
from webapp.current import application, engine, now, person, reader, reading
from webapp.diagrams import around, drawn
from webapp.inbox import path
from webapp.languages import language, named
from webapp.names import Names
from webapp.picking import sought
from webapp.scopes import seen
from webapp.tables import Connection


@dataclass(frozen=True)
class Found:
    """A task for one reader: the engine's page, the process, how it came, the panels, names of people, choices."""

    page: inbox.TaskPage
    model: bpmn.Model
    past: list[path.Past]
    process_names: Mapping[str, str]
    panels: Mapping[str, Any]
    names: Mapping[str, str]
    choices: Mapping[str, list[Any]]

    @property
    def is_open(self) -> bool:
        """Whether the task still waits."""
        return self.page.task.state in ("open", "claimed")

    @property
    def needs(self) -> str:
        """The permission of whoever is to finish the task."""
        return people.DECIDES if self.page.task.kind == "approval" else people.WORKS

    @property
    def may_work(self) -> bool:
        """Whether the reader may fill and finish it now (a group's task is claimed first)."""
        return self.is_open and self.page.right is not None


def load(task_id: str) -> Found:
    """The task as its reader may see it; raises NotFound also when it is none of the reader's business.

    Panels are for those who work it, worked it, or stand above: they show what the work needs, not what is open to
    every reader of the record. Where all answers are a secret that is closed to a reader, so is the task.
    """
    with reading() as connection:
        page = inbox.page(engine(), connection, task_id, person().login)
        who = reader(connection)
        concerned = page.right is not None or page.task.completed_by == who.login or _is_of_team(connection, page)
        if not concerned and not access.may_read(connection, who, page.task.business_key):
            raise errors.NotFound("Expected a task %(id)s, but there is none.", id=task_id)
        model = bundles.bundle(engine(), connection, page.definition_id).models[page.process]
        if not concerned and _is_closed(connection, page, model):
            raise errors.NotFound("Expected a task %(id)s, but there is none.", id=task_id)
        views = page.form.views if page.form and concerned else ()  # others have the pages of records
        panels = {name: _panel(connection, name, page) for name in dict.fromkeys(views)}
        return Found(
            page=page,
            model=model,
            past=path.past(page, model, Names(connection)),
            process_names=page.task.process_names,
            panels=panels,
            names=names_of(connection, _people(page) | _logins(panels)),
            choices=_choices(connection, page),
        )


def _is_closed(connection: Connection, page: inbox.TaskPage, model: bpmn.Model) -> bool:
    """Whether the drawing keeps the answers of the step secret, as a field whose name is closed to the reader."""
    element = model.elements.get(page.task.element)
    secret = element.properties.get("secret", "") if element is not None else ""
    return bool(secret) and seen(connection, page.task.business_key).hides(secret)


def _is_of_team(connection: Connection, page: inbox.TaskPage) -> bool:
    """Whether somebody below the reader has the task, or is the one to take it."""
    holders = {page.task.assignee} if page.task.assignee else set(page.users)
    return not holders.isdisjoint(engine().directory(connection).reports_of(person().login))


def names_of(connection: Connection, logins: Iterable[str | None]) -> Mapping[str, str]:
    """The names of people in the reader's language, by login; an unknown login names itself."""
    wanted = {login for login in logins if login}
    if not wanted:
        return {}
    known = {user.login: user.display_name(language()) for user in users.listing(connection)}
    return {login: known.get(login, login) for login in wanted}


def shown(
    found: Found, values: Mapping[str, Any] | None, wrong: Mapping[str, errors.Sentence] | None = None
) -> tuple[forms.Shown, ...]:
    """The form's fields with answers (or the draft, or the first values) and sentences."""
    if found.page.form is None:
        return ()
    return forms.show(
        found.page.form,
        values if values is not None else found.page.draft,
        _known(found.page),
        lambda reference, _known: found.choices.get(reference, []),
        now(),
        wrong,
    )


def _known(page: inbox.TaskPage) -> Mapping[str, Any]:
    """What the form may prefill. An approval begins undecided, whatever was decided in an earlier round."""
    if page.approval is None:
        return page.values
    return {name: value for name, value in page.values.items() if name not in ("decision", "comment")}


def render(
    found: Found,
    values: Mapping[str, Any] | None = None,
    wrong: Mapping[str, errors.Sentence] | None = None,
    trouble: errors.Sentence | None = None,
    newer: Iterable[tuple[str, Any]] = (),
) -> str:
    """The page: the form when the reader may work the task, else what it says; `newer` values by label."""
    page = found.page
    return render_template(
        "inbox/task.html",
        found=found,
        page=page,
        task=page.task,
        element=found.model.elements.get(page.task.element),
        fields=shown(found, values, wrong),
        form_address=url_for("inbox.complete", task_id=page.task.id),
        wrong=wrong or {},
        trouble=trouble,
        newer=list(newer),
        past=found.past,
        following=path.following(found.model, page.task.element) if page.task.element in found.model.elements else [],
        diagram=_diagram(found),
        colleagues=_colleagues(found) if person().may("task.reassign") or person().may("approval.pick") else (),
    )


def readable(form: forms.Form | None, values: Mapping[str, Any]) -> list[tuple[Mapping[str, str], Any]]:
    """Typed answers with their labels, to show somebody whose task was finished by another person."""
    fields = ((form.field(key), value) for key, value in values.items()) if form else ()
    return [(field.labels or {"en": field.key}, _told(field, value)) for field, value in fields if field and value]


def _told(field: forms.Field, value: Any) -> Any:
    """An answer as the form shows it: options by their labels."""
    labels = {str(choice.value).lower(): named(choice.labels) or choice.value for choice in field.choices}
    if isinstance(value, list):
        return [labels.get(str(each).lower(), each) for each in value]
    return labels.get(str(value).lower(), value)


def _panel(connection: Connection, name: str, page: inbox.TaskPage) -> Any:
    view = application().views.get(name)
    if view is None:
        return None
    return view(connection, person().login, page.task.business_key, page.values)


def _choices(connection: Connection, page: inbox.TaskPage) -> dict[str, list[Any]]:
    """The choices of every reference in the form, asked once while the connection is open."""
    references = {field.reference for field in _all(page.form.fields) if field.reference} if page.form else set()
    about = str(page.values.get("business_record") or page.task.business_key)
    user = (page.right.on_behalf_of if page.right else None) or person().login
    known = (page.values, page.draft)
    return {name: engine().references(connection, name, user, about, sought(name, *known)) for name in references}


def _all(fields: tuple[forms.Field, ...]) -> Iterable[forms.Field]:
    for field in fields:
        yield field
        yield from _all(field.fields)


def _logins(panels: Mapping[str, Any]) -> set[str | None]:
    """The people whom panels name."""
    return {value for panel in panels.values() if panel for label, value in panel.values if panel.is_person(label)}


def _people(page: inbox.TaskPage) -> set[str | None]:
    asked = page.approval or {}
    away = page.right.on_behalf_of if page.right else None
    told = {event.actor for event in page.steps} | {event.on_behalf_of for event in page.steps}
    task = page.task
    return {task.assignee, task.completed_by, asked.get("requester"), away, *page.users, *told}


def _colleagues(found: Found) -> tuple[users.User, ...]:
    with reading() as connection:
        return people.able(connection, found.needs)


def refuse_unable(found: Found, login: str) -> None:
    """Raises NotAllowed when the task is to go to somebody who could not finish it."""
    with reading() as connection:
        people.refuse_unable(connection, login, found.needs)


def _diagram(found: Found) -> str:
    if found.page.task.element not in found.model.elements:
        return ""
    been = path.marks(found.model, found.page.process, found.page.steps)
    here = found.page.task.element
    return around(drawn(found.page.definition_id, found.page.process, been - {here}, {here}), here)
