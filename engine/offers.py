"""Putting a step before people: a user task with its candidates, dates and form; and taking it back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine import approvals, expressions, plain
from engine.bpmn import Element
from engine.bpmn.expressions import no_truth, shown
from engine.bpmn.extensions import BASE_LANGUAGE
from engine.contract import Warn
from engine.errors import Stuck, Trouble, expected
from engine.feel import Function, Range, spelled
from engine.identity import new_id
from engine.incidents import OPERATIONS
from engine.live import Live
from engine.port import Place
from engine.prepared import Prepared
from engine.states import TaskState
from engine.tables import task_candidate, user_task
from engine.timers import setting_of

LONGEST_NAME = 300
_NO_NAMES = (list, dict, Function, Range)
USUAL_PRIORITY, HIGHEST_PRIORITY = 50, 999_999_999
_WHOLE = re.compile(r"-?[0-9]{1,30}(?:\.0+)?")
WARNING_FORM = "shared.warning"
_UNSET = {"round": 0, "priority": USUAL_PRIORITY, "assignee": None, "follow_up_at": None, "detail": "{}"}
_OPEN = Prepared(
    user_task.insert(),
    *("id", "instance_id", "token", "process_key", "process", "element", "round", "names", "kind", "business_key"),
    *("subject", "form", "state", "assignee", "priority", "created_at", "due_at", "follow_up_at", "detail"),
)
_OFFER = Prepared(task_candidate.insert(), *task_candidate.c.keys())


@dataclass(frozen=True)
class Offer:
    """Who may work a task: an assignee, or candidates among users and groups."""

    assignee: str | None
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def may_skip(live: Live, place: Place) -> bool:
    """Whether the step's `skip_when` says that no person is needed (pattern SK)."""
    text = live.element(place).properties.get("skip_when")
    if not text:
        return False
    found = expressions.feel(text, live.execution.variables(place.token), live.now)
    if found is not None and not isinstance(found, bool):
        raise Stuck(Trouble("CONDITION", place.element, no_truth(text, place.element, found)))
    return found is True


def offer(live: Live, place: Place) -> None:
    """Opens the user task for a waiting token."""
    element = live.element(place)
    variables = live.execution.variables(place.token)
    task_id = new_id()
    subject = expressions.subject(live, variables, element.properties.get("subject"))
    plan = approvals.plan(live, place.process, place.element, variables) if element.approval else None
    if plan is not None:
        to = Offer(None, plan.candidates)
    else:
        to = _candidates(live, element, variables)
    row = _row(live, place, element, variables, task_id, subject)
    row["assignee"] = to.assignee
    if plan is not None:
        row["due_at"] = plan.due_at
    _insert(live, row, to)
    if plan is not None:
        approvals.open_request(live, place, task_id, plan, subject)


def _insert(live: Live, row: dict[str, Any], to: Offer) -> None:
    connection = live.transaction.connection
    _OPEN.run(connection, {**_UNSET, **row})
    candidates = [
        {"task_id": row["id"], "kind": kind, "name": name}
        for kind, names in (("user", to.users), ("group", to.groups))
        for name in dict.fromkeys(names)
    ]
    if candidates:
        _OFFER.many(connection, candidates)
    live.opened_tasks.append(row["id"])
    live.journal.record(
        "task.opened",
        row["process"],
        row["element"],
        task=row["id"],
        assignee=to.assignee,
        users=list(to.users),
        groups=list(to.groups),
        due=row["due_at"],
    )


def _row(
    live: Live, place: Place, element: Element, variables: Mapping[str, Any], task_id: str, subject: str
) -> dict[str, Any]:
    attributes = element.attributes
    priority = expressions.value(attributes.get("priority"), variables, live.now)
    return {
        "id": task_id,
        "instance_id": live.instance_id,
        "token": place.token,
        "process_key": live.key_of(place.process),
        "process": place.process,
        "element": place.element,
        "round": place.round,
        "names": _names(live, element, variables),
        "kind": "approval" if element.approval else "task",
        "business_key": live.about(variables),
        "subject": subject,
        "form": element.form,
        "state": TaskState.OPEN,
        "priority": _priority(element.id, priority),
        "created_at": live.now,
        "due_at": due_moment(live, place.process, element, variables),
        "follow_up_at": _moment(live, element.id, attributes.get("followUpDate"), variables),
    }


def _names(live: Live, element: Element, variables: Mapping[str, Any]) -> str:
    """What people see as the task's name: as drawn, or what its property `worked_out_name` gives, if anything."""
    text = element.properties.get("worked_out_name")
    given = expressions.feel(text, variables, live.now) if text else None
    found = "" if given is None or isinstance(given, _NO_NAMES) else spelled(given).replace("\0", "\ufffd").strip()
    return expressions.names_text({BASE_LANGUAGE: found[:LONGEST_NAME]} if found else element.names)


def _priority(element: str, found: Any) -> int:
    """The number from what a drawing gives, or the nearest that is kept; raises `Stuck` for no whole number."""
    text = found.strip() if isinstance(found, str) else None
    if found is None or text == "":
        return USUAL_PRIORITY
    number = Decimal(text) if text and _WHOLE.fullmatch(text) else found
    if isinstance(number, bool) or not isinstance(number, int | Decimal) or number != int(number):
        message = expected(
            "a whole number as the priority of '%(element)s'", "it is %(value)s", element=element, value=shown(found)
        )
        raise Stuck(Trouble("PRIORITY", element, message))
    return max(-HIGHEST_PRIORITY, min(int(number), HIGHEST_PRIORITY))


def due_moment(live: Live, process: str, element: Element, variables: Mapping[str, Any]) -> datetime | None:
    """When a task is due: as configured for the step, else as drawn."""
    text = setting_of(live, process, element.id) or element.attributes.get("dueDate")
    return _moment(live, element.id, text, variables)


def _moment(live: Live, element: str, text: str | None, variables: Mapping[str, Any]) -> datetime | None:
    """When something is due, None where nobody says; raises `Stuck` for what is no time."""
    given = None if text is None else expressions.time_given(text, variables, live.now)
    found = expressions.as_moment(given, live.now)
    if found is None and given is not None:
        message = expected(
            "a date, a date and time or a duration as the due date of '%(element)s'",
            "'%(text)s' gave %(value)s",
            element=element,
            text=text,
            value=shown(given),
        )
        raise Stuck(Trouble("DUE_DATE", element, message))
    return found


def _candidates(live: Live, element: Element, variables: Mapping[str, Any]) -> Offer:
    attributes = element.attributes
    assignee = expressions.value(attributes.get("assignee"), variables, live.now)
    if isinstance(assignee, str) and live.directory.exists(assignee):
        return Offer(assignee)
    users = expressions.names(attributes.get("candidateUsers"), variables, live.now)
    groups = expressions.names(attributes.get("candidateGroups"), variables, live.now)
    if not users and not groups:
        groups = [element.group or OPERATIONS]
    if not _reaches_anybody(live, users, groups):
        groups.append(OPERATIONS)
    return Offer(None, tuple(users), tuple(groups))


def _reaches_anybody(live: Live, users: Sequence[str], groups: Sequence[str]) -> bool:
    """Whether the company knows one of the candidates: a drawing of another company names people of its own."""
    known = live.directory.known_groups()
    return any(group in known for group in groups) or any(live.directory.exists(user) for user in users)


def withdraw(live: Live, place: Place, reason: str = "withdrawn") -> None:
    """Closes the open task of a token that was cancelled."""
    query = user_task.update().where(
        user_task.c.instance_id == live.instance_id,
        user_task.c.token == place.token,
        user_task.c.state.in_([TaskState.OPEN, TaskState.CLAIMED]),
    )
    closed = live.transaction.execute(
        query.values(
            state=TaskState.CANCELLED, completed_at=live.now, row_version=user_task.c.row_version + 1
        ).returning(user_task.c.id, user_task.c.kind)
    ).all()
    for row in closed:
        if row.kind == "approval":
            live.withdrawn_approvals.append(row.id)
        live.journal.record("task.cancelled", place.process, place.element, task=row.id, reason=reason)


def warn(live: Live, place: Place, warning: Warn) -> None:
    """Opens a plain task beside the flow: somebody of a group is to read a warning; nothing waits for it."""
    names = {"en": str(warning.title)}
    variables = live.execution.variables(place.token)
    row = {
        "id": new_id(),
        "instance_id": live.instance_id,
        "token": None,
        "process_key": live.key_of(place.process),
        "process": place.process,
        "element": place.element,
        "names": expressions.names_text(names),
        "kind": "warning",
        "business_key": live.about(variables),
        "subject": expressions.subject(live, variables),
        "form": WARNING_FORM,
        "state": TaskState.OPEN,
        "created_at": live.now,
        "due_at": None,
        "detail": plain.write(
            {
                "title": warning.title.template,
                "title_values": dict(warning.title.values),
                "text": warning.text.template,
                "text_values": dict(warning.text.values),
            }
        ),
    }
    _insert(live, row, Offer(None, (), (warning.group,)))
