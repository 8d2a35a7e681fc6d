"""What an event waits for or throws: a timer, a message, a signal, a condition, an error, an escalation, an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition

from engine.errors import expected
from engine.feel import Function
from engine.port import RECORD
from engine.spiff.expressions import Formula, stuck
from engine.spiff.timers import Timer

AWAITED = frozenset({"timer", "message", "signal", "conditional"})
"""What somebody has to wait for; errors and escalations find who catches them by themselves."""


ANY = ""
"""In place of a name that is worked out when an event is awaited."""
LONGEST_KEY = 200
"""How long a declared correlation key may be."""


OWN = frozenset({RECORD, "business_key", "started_by"})
"""Variables that say what an instance is about and who began it; no event carries them to another one."""


class Trigger(EventDefinition):
    """One event definition of a drawing; frozen after compiling.

    `kind` is none, timer, message, signal, conditional, error, escalation, compensate, cancel or terminate;
    `name` is the message's or signal's name as drawn, `called` the expression that gives it instead; of
    compensation, `name` is the activity's id, empty for all, and `waits` whether the thrower waits; `code` is
    the error's or escalation's code (None catches all), `says` the error's message, `saying` the expression that
    gives it instead; `names` are those in the condition.
    """

    def __init__(self, kind: str, name: str = "") -> None:
        super().__init__(name)
        self.kind = kind
        self.called: Formula | None = None
        self.code: str | None = None
        self.timer: Timer | None = None
        self.condition: Formula | None = None
        self.names: frozenset[str] = frozenset()
        self.correlation: Formula | None = None
        self.payload: Formula | None = None
        self.sends_all = False
        self.keys: tuple[Any, ...] = ()
        self.code_variable: str | None = None
        self.message_variable: str | None = None
        self.says = ""
        self.saying: Formula | None = None
        self.waits = True

    def key(self, variables: Mapping[str, Any], now: datetime) -> str | None:
        """The declared correlation key's value as text, or None when none is declared or it is null.

        Raises `Stuck` for one that is too long to be looked up.
        """
        if self.correlation is None:
            return None
        value = self.correlation.value(variables, now)
        if value is None or len(str(value)) <= LONGEST_KEY:
            return None if value is None else str(value)
        element = self.correlation.element
        wanted = "a correlation key of at most %(limit)s characters at '%(element)s'"
        message = expected(wanted, "it has %(size)s", limit=LONGEST_KEY, element=element, size=len(str(value)))
        raise stuck("CORRELATION", element, message)

    def named(self, element: str, variables: Mapping[str, Any], now: datetime) -> str:
        """The message's or signal's name; raises `Stuck` when its expression gives no text that can be kept."""
        if self.called is None:
            return str(self.name)
        value = self.called.value(variables, now)
        if isinstance(value, str) and 0 < len(value) <= LONGEST_KEY and "\0" not in value:
            return value
        wanted = "a text of at most %(limit)s characters as the name of the event '%(element)s'"
        text = self.called.text
        message = expected(wanted, "'%(text)s' gave something else", element=element, text=text, limit=LONGEST_KEY)
        raise stuck("NAME", element, message)

    def told(self, variables: Mapping[str, Any], now: datetime) -> str:
        """What an error says: a text, or what an expression gives, as FEEL writes it; empty when that is null."""
        if self.saying is None:
            return self.says
        written = Formula("string(given)", self.saying.element, "")
        return written.value({"given": self.saying.value(variables, now)}, now) or ""

    def outgoing(self, element: str, variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """What a throwing event sends: its `payload` expression, over all variables where it sends them all."""
        sent = {name: value for name, value in variables.items() if name not in OWN} if self.sends_all else {}
        if self.payload is None:
            return sent
        value = self.payload.value(variables, now)
        if value is None or isinstance(value, dict):
            return sent | {name: None if isinstance(one, Function) else one for name, one in (value or {}).items()}
        wanted = "a context as payload of '%(element)s'"
        message = expected(wanted, "'%(text)s' gave something else", element=element, text=self.payload.text)
        raise stuck("PAYLOAD", element, message)


NONE = Trigger("none")
