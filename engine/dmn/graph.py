"""The requirement graph: nothing unknown, no circles, and an order in which every decision finds its
requirements.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from engine.dmn.document import Document, Element, attribute, identity
from engine.dmn.elements import Decision
from engine.dmn.model import DecisionModel
from engine.errors import Sentence

T = TypeVar("T")


def order_of(decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    """Ids so that requirements come before what requires them; without those that require themselves."""
    waiting = {key: {each for each in decision.requires if each in decisions} for key, decision in decisions.items()}
    users: dict[str, list[str]] = {}
    for key, needs in waiting.items():
        for each in needs:
            users.setdefault(each, []).append(key)
    order = [key for key, needs in waiting.items() if not needs]
    for key in order:
        for user in users.get(key, ()):
            waiting[user].discard(key)
            if not waiting[user]:
                order.append(user)
    return tuple(order)


def check_graph(model: DecisionModel, document: Document) -> None:
    """Note requirements that point nowhere, and circles."""
    elements = {identity(each): each for each in document.children(document.root)}
    a_decision, a_function = Sentence("decision"), Sentence("business knowledge model")
    known = dict(model.decisions)
    functions: dict[str, object] = {**model.knowledge, **model.services}
    inputs: dict[str, object] = dict(model.input_data)
    for space, imported in model.imports.items():
        known |= _with_space(space, imported.model.decisions)
        functions |= _with_space(space, {**imported.model.knowledge, **imported.model.services})
        inputs |= _with_space(space, imported.model.input_data)
    for decision in model.decisions.values():
        _check(document, elements[decision.id], a_decision, decision.requires, known)
        _check(document, elements[decision.id], a_function, decision.knowledge, functions)
    for knowledge in model.knowledge.values():
        _check(document, elements[knowledge.id], a_function, knowledge.requires, functions)
    for service in model.services.values():
        decisions = (*service.outputs, *service.input_decisions)
        _check(document, elements[service.id], a_decision, decisions, known)
        _check(document, elements[service.id], Sentence("input"), service.input_data, inputs)
    _check_circles(model, document, elements)


def _with_space(space: str, elements: Mapping[str, T]) -> dict[str, T]:
    return {f"{space}#{key}": element for key, element in elements.items()}


def _check(
    document: Document, element: Element, kind: Sentence, keys: Iterable[str], known: Mapping[str, object]
) -> None:
    for key in keys:
        if key not in known:
            document.find(
                element,
                "dmn.unknown-requirement",
                Sentence(
                    "'%(name)s' requires the %(kind)s '%(key)s', which is neither in this file nor imported.",
                    kind=kind,
                    name=attribute(element, "name"),
                    key=key,
                ),
                Sentence("Draw the requirement to an element of this file, or remove it."),
            )


def _check_circles(model: DecisionModel, document: Document, elements: Mapping[str, Element]) -> None:
    requirements = {key: decision.requires for key, decision in model.decisions.items()}
    requirements |= {key: knowledge.requires for key, knowledge in model.knowledge.items()}
    for circle in _circles(requirements):
        names = " → ".join(elements[key].get("name", key) for key in (*circle, circle[0]))
        document.find(
            elements[circle[0]],
            "dmn.circle",
            Sentence("Decisions require each other: %(names)s.", names=names),
            Sentence("Remove one of these requirements."),
        )


def _circles(requirements: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Circles that have no element in common, at least one for every knot of them."""
    waiting: dict[str, dict[str, None]] = {
        key: dict.fromkeys(each for each in needs if each in requirements) for key, needs in requirements.items()
    }
    users: dict[str, list[str]] = {}
    for key, needs in waiting.items():
        for each in needs:
            users.setdefault(each, []).append(key)
    free = [key for key, needs in waiting.items() if not needs]
    circles: list[list[str]] = []
    while True:
        while free:
            gone = free.pop()
            del waiting[gone]
            for user in users.get(gone, ()):
                needs = waiting.get(user, {})
                if gone in needs:
                    del needs[gone]
                    free += [] if needs else [user]
        if not waiting:
            return circles
        after, path = next(iter(waiting)), dict[str, None]()
        while after not in path:
            path[after] = None
            after = next(iter(waiting[after]))
        circles.append(list(path)[list(path).index(after) :])
        for key in circles[-1]:
            waiting[key] = {}
        free = circles[-1].copy()
