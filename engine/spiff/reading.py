"""What the parser reads from the XML of one element: triggers, mappings, calls."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from engine.bpmn import expression
from engine.bpmn.correlation import KeyRule, key_rules
from engine.bpmn.expressions import unwrap
from engine.bpmn.extensions import attributes, extensions, properties
from engine.bpmn.vocabulary import (
    Node,
    associations,
    camunda,
    children,
    event_definitions,
    first,
    identity,
    line_of,
    local,
    text_of,
    within,
)
from engine.errors import EngineError, Finding, Rejected, Sentence, expected
from engine.feel import mentioned
from engine.port import RECORD
from engine.spiff.correlation import Key
from engine.spiff.expressions import Formula
from engine.spiff.mappings import Mapped
from engine.spiff.timers import Timer
from engine.spiff.triggers import NONE, Trigger

CALLS = {"serviceTask": "service", "businessRuleTask": "rule", "scriptTask": "script", "sendTask": "send"}
SAME_RECORD = ("#{execution.processBusinessKey}", "${execution.processBusinessKey}")
HANDLER = ("topic", "delegateExpression", "class", "expression")
_NUMBERS = re.compile(r"\b(?:nrOf|numberOf)(?:Active|Completed|Terminated)?Instances\b")
_OF_THE_LOOP = ("completionCondition", "complexBehaviorDefinition")
"""Where the numbers of a loop are in sight anyway."""


class Reader:
    """Reads the elements of one file; messages, signals, errors and escalations are found by their ids."""

    def __init__(self, root: Node, file: str) -> None:
        self.root = root
        self.file = file
        kinds = ("message", "signal", "error", "escalation")
        self.declared = {identity(node): node for node in children(root, *kinds)}
        self.keys = key_rules(root, next(children(root, "process")))
        self.associated = associations(root)

    @cached_property
    def names_numbers(self) -> bool:
        """Whether anything inside the runs of a multi-instance activity may want to know how many there are."""
        conditions = {one for kind in _OF_THE_LOOP for part in within(self.root, kind) for one in part.iter("*")}
        return any(
            _NUMBERS.search(text)
            for node in self.root.iter("*")
            if node not in conditions
            for text in (node.text or "", *map(str, node.attrib.values()))
        )

    def formula(self, text: str | None, element: str) -> Formula | None:
        """A compiled expression, or None for no text."""
        return Formula(text, element, self.file) if text and text.strip() else None

    def refuse(self, node: Node, message: Sentence, remedy: Sentence) -> EngineError:
        """The refusal of one element."""
        return Rejected([Finding(self.file, identity(node), line_of(node), "runnable", message, remedy)])

    def triggers(self, node: Node) -> tuple[Trigger, ...]:
        """What an event, or a receive or send task, waits for or throws; nothing, for a plain event."""
        if node.get("messageRef"):
            return (self.named(node, node, "message"),)
        return tuple(self.defined(node, one) for one in event_definitions(node)) or (NONE,)

    def defined(self, node: Node, definition: Node) -> Trigger:
        """The trigger of one event definition."""
        kind = local(definition).removesuffix("EventDefinition")
        if kind == "timer":
            trigger = Trigger("timer")
            trigger.timer = self.timer(node, definition)
            return trigger
        if kind in ("terminate", "cancel"):
            return Trigger(kind)
        if kind == "compensate":
            trigger = Trigger(kind, definition.get("activityRef", "").rpartition(":")[2])
            trigger.waits = flag(definition, "waitForCompletion", True)
            return trigger
        if kind == "conditional":
            trigger = Trigger("conditional")
            trigger.condition = self.formula(text_of(first(definition, "condition")), identity(node))
            if trigger.condition is not None:
                trigger.names = mentioned(trigger.condition.text)
                return trigger
            message = expected("a condition at '%(element)s'", "it has none", element=identity(node))
            raise self.refuse(node, message, Sentence("Write the condition as FEEL."))
        if kind in ("message", "signal", "error", "escalation"):
            return self.named(node, definition, kind)
        message = expected(
            "a timer, message, signal, condition, error, escalation or terminate event at '%(element)s'",
            "it is a %(kind)s event",
            element=identity(node),
            kind=kind,
        )
        raise self.refuse(node, message, Sentence("Draw it with one of the events that can run."))

    def named(self, node: Node, definition: Node, kind: str) -> Trigger:
        """A trigger that refers to a declared message, signal, error or escalation."""
        reference = definition.get(f"{kind}Ref", "").rpartition(":")[2]
        declared = self.declared.get(reference)
        name = declared.get("name", "") if declared is not None else ""
        if (reference and declared is None) or (not name and kind in ("message", "signal")):
            found = {"kind": kind, "element": identity(node)}
            message = expected("a %(kind)s with a name at '%(element)s'", "none is named", **found)
            raise self.refuse(node, message, Sentence("Choose the %(kind)s in the drawing.", kind=kind))
        trigger = Trigger(kind, name)
        trigger.called = self.formula(name, identity(node)) if expression(name) is not None else None
        if declared is not None:
            trigger.code = declared.get(f"{kind}Code") or None
            trigger.says = declared.get(camunda("errorMessage"), "")
            trigger.saying = self.formula(trigger.says, identity(node)) if expression(trigger.says) else None
        trigger.code_variable = definition.get(camunda(f"{kind}CodeVariable"))
        trigger.message_variable = definition.get(camunda(f"{kind}MessageVariable"))
        given = properties(node)
        trigger.correlation = self.formula(unwrap(given.get("correlation", "")), identity(node))
        trigger.payload = self.formula(unwrap(given.get("payload", "")), identity(node))
        trigger.sends_all = given.get("sends_all") == "true"
        if trigger.correlation is None and kind == "message":
            trigger.keys = tuple(self.key(rule, identity(node)) for rule in self.keys.get(reference, ()))
        return trigger

    def key(self, rule: KeyRule, element: str) -> Key:
        """A correlation key of a message."""
        paths, bindings = [
            tuple(Formula(text, element, self.file) for text in texts) for texts in (rule.paths, rule.bindings)
        ]
        return Key(rule.name, paths, bindings)

    def timer(self, node: Node, definition: Node) -> Timer | None:
        """A timer's text, whatever of date, duration or cycle it is; None when it is only set by configuration."""
        text = text_of(first(definition, "timeDate", "timeDuration", "timeCycle"))
        return Timer(text, identity(node), self.file) if text else None

    def mappings(self, node: Node, name: str) -> tuple[Mapped, ...]:
        """The `camunda:in` or `camunda:out` of a call activity; `businessKey` names the record it is about."""
        found = list(extensions(node, name))
        plain = tuple(self.mapping(node, one) for one in found if one.get("businessKey") is None)
        keys = [one.get("businessKey") for one in found if one.get("businessKey") not in (None, *SAME_RECORD)]
        return plain + tuple(Mapped(RECORD, formula=self.formula(key, identity(node))) for key in keys)

    def mapping(self, node: Node, one: Node) -> Mapped:
        """One `camunda:in` or `camunda:out`."""
        local, at_end = flag(one, "local", False), flag(one, "atEnd", False)
        if one.get("variables") == "all":
            return Mapped(None, local=local, at_end=at_end)
        source, target = one.get("source"), one.get("target")
        formula = self.formula(one.get("sourceExpression"), identity(node))
        if not target or (source is None and formula is None):
            what = "a source and a target in each mapping of '%(element)s'"
            message = expected(what, "one lacks them", element=identity(node))
            raise self.refuse(node, message, Sentence("Complete the variable mapping."))
        return Mapped(target, source, formula, local=local, at_end=at_end)

    def parameters(self, node: Node, name: str) -> tuple[Mapped, ...]:
        """The `inputParameter` or `outputParameter` of an activity, in their order: FEEL where wrapped, else a text."""
        given = [one for holder in extensions(node, "inputOutput") for one in holder.iterchildren(camunda(name))]
        return tuple(self.parameter(node, one) for one in given)

    def parameter(self, node: Node, one: Node) -> Mapped:
        """One parameter."""
        if not one.get("name") or len(one):
            what = "a name and a text in each parameter of '%(element)s'"
            message = expected(what, "one has not", element=identity(node))
            raise self.refuse(node, message, Sentence("Write the parameter as an expression such as ${amount}."))
        text = text_of(one)
        if expression(text) is None:
            return Mapped(one.get("name"), literal=text)
        follows = not flag(one, "apart", False)
        return Mapped(one.get("name"), formula=self.formula(text, identity(node)), follows=follows)


def has_handler(node: Node) -> bool:
    """Whether a send task is performed by a handler."""
    given = attributes(node)
    return any(given.get(name) for name in HANDLER)


def loop_of(node: Node) -> Node | None:
    """The loop marker of an activity, of either kind."""
    return first(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


def flag(node: Any, name: str, default: bool) -> bool:
    """A boolean attribute."""
    return str(node.get(name, str(default))).lower() in ("true", "1")
