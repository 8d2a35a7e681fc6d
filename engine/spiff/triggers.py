"""What an event waits for or throws: a timer, a message, a signal, an error, an escalation, an end of everything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition

from engine.errors import expected
from engine.spiff.expressions import Formula, stuck
from engine.spiff.timers import Timer


class Trigger(EventDefinition):
    """One event definition of a drawing; frozen after compiling.

    `kind` is none, timer, message, signal, error, escalation or terminate; `name` the message's or
    signal's name; `code` the error's or escalation's code (None catches all).
    """

    def __init__(self, kind: str, name: str = "") -> None:
        super().__init__(name)
        self.kind = kind
        self.code: str | None = None
        self.timer: Timer | None = None
        self.correlation: Formula | None = None
        self.payload: Formula | None = None
        self.code_variable: str | None = None

    def key(self, variables: Mapping[str, Any], now: datetime) -> str | None:
        """The declared correlation key's value as text, or None when none is declared or it is null."""
        if self.correlation is None:
            return None
        value = self.correlation.value(variables, now)
        return None if value is None else str(value)

    def outgoing(self, element: str, variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """The payload a throwing event sends: its `payload` expression, or nothing."""
        if self.payload is None:
            return {}
        value = self.payload.value(variables, now)
        if value is None or isinstance(value, dict):
            return value or {}
        message = expected(
            "a context as payload of '%(element)s'",
            "'%(text)s' gave something else",
            element=element,
            text=self.payload.text,
        )
        raise stuck("PAYLOAD", element, message)


NONE = Trigger("none")
