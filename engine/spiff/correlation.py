"""Which messages belong to an instance: by the keys that its conversations have, or its variables give (8.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.correlation import key_text
from engine.errors import expected
from engine.port import record_of
from engine.spiff.expressions import Formula, stuck
from engine.spiff.tokens import Token
from engine.spiff.triggers import Trigger

KEPT = "correlation"
BUSINESS_KEY = "business_key"
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Key:
    """One correlation key of a message: how to take it from a payload, and from the variables if they say it."""

    name: str
    paths: tuple[Formula, ...]
    bindings: tuple[Formula, ...]

    def carried(self, payload: Mapping[str, Any], now: datetime) -> str | None:
        """The key of a message with this payload."""
        return self._text(self.values(payload, now))

    def values(self, payload: Mapping[str, Any], now: datetime) -> list[Any]:
        """What a message with this payload says of the key."""
        return [path.value(payload, now) for path in self.paths]

    def expected(self, token: Token) -> str | None:
        """The key that a message for this token has to carry; None while nothing is known of it."""
        if self.bindings:
            variables, now = token.scope.view(), token.top.services.now()
            return self._text([binding.value(variables, now) for binding in self.bindings])
        known = known_values(token.workflow, self.name)
        return None if known is None else self._text(known)

    def _text(self, values: list[Any]) -> str | None:
        return key_text([path.text for path in self.paths], values)


def holders(flow: Any) -> Iterator[Any]:
    """What may hold the keys of conversations, the innermost first: each run of a sub-process, and the process."""
    while flow.host is not None and not flow.host.task_spec.called:
        if flow.host.task_spec.loop is not None:
            yield flow
        flow = flow.host.workflow
    yield flow


def known_values(flow: Any, name: str) -> list[Any] | None:
    """What the conversation that goes on here says of a key; None while it says nothing."""
    return next((known[name] for one in holders(flow) if name in (known := one.kept.get(KEPT, {}))), None)


def awaited_key(token: Token, trigger: Trigger) -> str | None:
    """The key that a message has to carry, declared in our words or the standard's; None when any will do.

    Raises `Stuck` for one that is too long to be kept.
    """
    if trigger.correlation is not None:
        found = trigger.key(token.task_spec.in_sight(token), token.top.services.now())
    else:
        found = next((text for key in trigger.keys if (text := key.expected(token)) is not None), None)
    if found is not None and len(found) > LONGEST_KEY:
        element = token.task_spec.element
        message = expected(
            "a correlation key of at most %(limit)s characters at '%(element)s'",
            "it has %(count)s",
            limit=LONGEST_KEY,
            element=element,
            count=len(found),
        )
        raise stuck("CORRELATION", element, message)
    return found


def learn(flow: Any, trigger: Trigger, payload: Mapping[str, Any], now: datetime) -> None:
    """The first message of a conversation, sent or received, sets its keys."""
    for key in trigger.keys:
        if not key.bindings and known_values(flow, key.name) is None and key.carried(payload, now) is not None:
            next(holders(flow)).kept.setdefault(KEPT, {})[key.name] = key.values(payload, now)


@dataclass(frozen=True, slots=True)
class Sent:
    """Under which key a message is sent, and about which record."""

    key: str | None
    about: Any

    @classmethod
    def by(cls, token: Token, trigger: Trigger) -> Sent:
        """What a throwing step says of its message."""
        variables = token.scope.view()
        about = record_of(variables) or variables.get(BUSINESS_KEY)
        return cls(trigger.key(variables, token.top.services.now()), about)


def belongs(token: Token, trigger: Trigger, payload: Mapping[str, Any], sent: Sent) -> bool:
    """Whether a message sent inside the instance carries the key that the token waits for, if it waits for one."""
    wanted = token.internal_data.get("key")
    if wanted is None:
        return True
    if trigger.correlation is not None:
        return bool(wanted == (sent.about if sent.key is None else sent.key))
    return any(key.carried(payload, token.top.services.now()) == wanted for key in trigger.keys)
