"""Resources of a task (BPMN 2.0, 10.2.1 and 10.2.4): who may do it, as candidates or as the one who is to do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import one_list
from engine.bpmn.notations import jbpm
from engine.bpmn.vocabulary import Node, camunda, children, first, identity, local, text_of, within

_PART = re.compile(r"\s*(?:user|group)\([^()]*(?:\([^()]*\)[^()]*)*\)|(?:[#$]\{[^{}]*\}|[^,])+")
_NAMED = re.compile(r"(user|group)\((.*)\)", re.DOTALL)


@dataclass
class _People:
    users: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def offer_to_resources(root: Node) -> None:
    """Writes the people and groups of a task as Camunda's attributes, beside those that are there, but for an assignee.

    `user(mara), group(managers)` names both; a bare name is a group, and for a performer, and in files of jBPM, a user.
    """
    bare_owner = "user" if jbpm.wrote(root) else "group"
    resources = {identity(node): node.get("name") or identity(node) for node in children(root, "resource")}
    for task in within(root, "userTask", "manualTask", "task"):
        if task.get(camunda("assignee")):
            continue
        people, performers = _People(), _People()
        for role in children(task, "potentialOwner", "humanPerformer", "performer"):
            target, bare = (people, bare_owner) if local(role) == "potentialOwner" else (performers, "user")
            _add(target, role, bare, resources)
        _offer(task, people, performers)


def _add(people: _People, role: Node, bare: str, resources: dict[str, str]) -> None:
    resource = resources.get(text_of(first(role, "resourceRef")).rpartition(":")[2])
    if resource:
        people.groups.append(resource)
    for assignment in children(role, "resourceAssignmentExpression"):
        for kind, name in _names(text_of(assignment), bare):
            (people.users if kind == "user" else people.groups).append(name)


def _names(text: str, bare: str) -> Iterator[tuple[str, str]]:
    parts = [text] if expression(text) is not None else _PART.findall(text)
    for part in map(str.strip, parts):
        named = _NAMED.fullmatch(part)
        kind, name = (named[1], named[2].strip()) if named else (bare, part)
        if name:
            yield kind, name


def _offer(task: Node, people: _People, performers: _People) -> None:
    if len(performers.users) == 1:
        task.set(camunda("assignee"), performers.users[0])
    else:
        people.users += performers.users
    for attribute, names in (
        ("candidateUsers", people.users),
        ("candidateGroups", people.groups + performers.groups),
    ):
        if names:
            task.set(camunda(attribute), one_list(task.get(camunda(attribute), ""), *names))
