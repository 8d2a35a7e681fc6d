"""The requirement graph: nothing unknown, no circles, and an order in which every decision finds its requirements."""

from collections.abc import Mapping

from engine.dmn.document import Document, Element
from engine.dmn.model import Decision, DecisionModel
from engine.errors import Sentence


def order_of(decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    """Ids so that requirements come before what requires them; decisions on a circle are left out."""
    ordered: dict[str, None] = {}
    waiting = dict(decisions)
    while True:
        ready = [key for key, decision in waiting.items()
                 if all(each in ordered or each not in decisions for each in decision.requires)]
        if not ready:
            return tuple(ordered)
        for key in ready:
            ordered[key] = None
            del waiting[key]


def check_graph(model: DecisionModel, document: Document) -> None:
    """Note requirements that point nowhere, and circles."""
    elements = {each.get("id", ""): each for each in document.root.iter() if each.get("id")}
    functions = {**model.knowledge, **model.services}
    for decision in model.decisions.values():
        for key in decision.requires:
            if key not in model.decisions:
                _unknown(document, elements[decision.id], decision.name, "decision", key)
        for key in decision.knowledge:
            if key not in functions:
                _unknown(document, elements[decision.id], decision.name, "business knowledge model", key)
    for knowledge in model.knowledge.values():
        for key in knowledge.requires:
            if key not in functions:
                _unknown(document, elements[knowledge.id], knowledge.name, "business knowledge model", key)
    for service in model.services.values():
        for key in (*service.outputs, *service.input_decisions):
            if key not in model.decisions:
                _unknown(document, elements[service.id], service.name, "decision", key)
        for key in service.input_data:
            if key not in model.input_data:
                _unknown(document, elements[service.id], service.name, "input", key)
    _check_circles(model, document, elements)


def _unknown(document: Document, element: Element, name: str, kind: str, key: str) -> None:
    document.find(element, "dmn.unknown-requirement", Sentence(
        f"'%(name)s' requires the {kind} '%(key)s', which is not in this file.", name=name, key=key),
        Sentence("Draw the requirement to an element of this file, or remove it."))


def _check_circles(model: DecisionModel, document: Document, elements: Mapping[str, Element]) -> None:
    requirements = {key: decision.requires for key, decision in model.decisions.items()}
    requirements |= {key: knowledge.requires for key, knowledge in model.knowledge.items()}
    for circle in _circles(requirements):
        names = " → ".join(elements[key].get("name", key) for key in (*circle, circle[0]))
        document.find(elements[circle[0]], "dmn.circle", Sentence("Decisions require each other: %(names)s.",
                                                                  names=names),
                      Sentence("Remove one of these requirements."))


def _circles(requirements: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Circles that have no element in common, at least one for every knot of them."""
    waiting = dict(requirements)
    circles: list[list[str]] = []
    while True:
        while free := [key for key, needs in waiting.items() if not any(each in waiting for each in needs)]:
            for key in free:
                del waiting[key]
        if not waiting:
            return circles
        path = [next(iter(waiting))]
        while (after := next(each for each in waiting[path[-1]] if each in waiting)) not in path:
            path.append(after)
        circles.append(path[path.index(after):])
        for key in circles[-1]:
            del waiting[key]
