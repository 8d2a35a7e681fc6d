"""Who may work a task: its assignee or candidates, whoever stands in for them, never the requester of an approval."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine import approvals
from engine.company import Directory
from engine.errors import NotAllowed, Sentence
from engine.prepared import Prepared, given
from engine.tables import Row, task_candidate

_CANDIDATES = Prepared(
    select(task_candidate.c.kind, task_candidate.c.name).where(task_candidate.c.task_id == given("task"))
)


@dataclass(frozen=True)
class Right:
    """Somebody may act, for himself or (`on_behalf_of`) for somebody who is away."""

    actor: str
    on_behalf_of: str | None = None


def right_to_work(connection: Connection, directory: Directory, task: Row, actor: str, now: datetime) -> Right:
    """The actor's right to claim and complete a task; raises `NotAllowed` saying who may."""
    four_eyes(connection, directory, task, actor)
    assignee = task["assignee"]
    if assignee == actor:
        return Right(actor)
    if assignee is not None:
        if assignee in directory.stands_in_for(actor, now.date(), task["process_key"]):
            return Right(actor, assignee)
        raise NotAllowed(
            "Expected to work a task of your own, but it is assigned to %(name)s.",
            name=directory.names(assignee),
        )
    users, groups = candidates(connection, task["id"])
    if actor in users or groups & set(directory.groups_of(actor)):
        return Right(actor)
    for user in directory.stands_in_for(actor, now.date(), task["process_key"]):
        if user in users or groups & set(directory.groups_of(user)):
            return Right(actor, user)
    raise NotAllowed(
        "Expected a task offered to you or your groups, but this one is for %(who)s.",
        who=_who(directory, users, groups),
    )


def _who(directory: Directory, users: AbstractSet[str], groups: AbstractSet[str]) -> object:
    """Those to whom a task is offered, by language."""
    offered = [*map(directory.names, sorted(users)), *map(directory.group_names, sorted(groups))]
    if not offered:
        return Sentence("operations to assign")
    return {
        language: join.join(names.get(language, names["en"]) for names in offered)
        for language, join in (("en", ", "), ("zh-Hans", "、"))
    }


def four_eyes(connection: Connection, directory: Directory, task: Row, actor: str) -> None:
    """Refuses somebody who would decide his or her own request."""
    if task["kind"] != "approval":
        return
    request = approvals.current(connection, task["id"])
    if request is not None and request["requester"] == actor:
        raise NotAllowed(
            "Expected somebody else than the requester to decide, but %(name)s asked for this approval (four eyes).",
            name=directory.names(actor),
        )


def candidates(connection: Connection, task_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """The candidate users and groups of a task."""
    rows = _CANDIDATES.rows(connection, {"task": task_id})
    users = frozenset(row["name"] for row in rows if row["kind"] == "user")
    groups = frozenset(row["name"] for row in rows if row["kind"] == "group")
    return users, groups
