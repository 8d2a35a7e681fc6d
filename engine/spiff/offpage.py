"""Off-page references: what an end event with the property `handover` asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import expected
from engine.port import HandedOver, record_of
from engine.spiff.expressions import Formula, stuck
from engine.spiff.tokens import Token

NEXT_KEY, NEXT_PAYLOAD = "next_key", "next_payload"
KEY = "business_key"


@dataclass(frozen=True, slots=True)
class Handover:
    """The process `target` (public key) takes over: with a payload, about this or another record, once or often.

    `payload` and every item of `each` are contexts; `business_key` names the record, and so does
    `business_key` in an item. Without a payload all variables go along.
    """

    element: str
    target: str
    payload: Formula | None = None
    business_key: Formula | None = None
    each: Formula | None = None

    def reach(self, token: Token) -> None:
        """Asks for the next process, or tells a caller which one is next."""
        variables, now = token.scope.view(), token.top.services.now()
        items = [self._payload(variables, now)] if self.each is None else self._items(variables, now)
        called = caller(token)
        if called is not None:
            payload = items[0] if self.each is None else items
            called.internal_data.update({NEXT_KEY: self.target, NEXT_PAYLOAD: payload})
            return
        about = self._about(variables, now)
        for number, item in enumerate(items):
            key = item.get(KEY, about) if self.each is not None else about
            place = "" if self.each is None else str(number)
            token.top.effects.append(HandedOver(token.place, self.target, item, key, place))

    def _about(self, variables: Mapping[str, Any], now: Any) -> str | None:
        if self.business_key is None:
            return record_of(variables)
        key = self.business_key.value(variables, now)
        if isinstance(key, str) and key:
            return key
        raise self._stuck("a business key such as opportunity:OPP-1042", self.business_key)

    def _payload(self, variables: Mapping[str, Any], now: Any) -> dict[str, Any]:
        if self.payload is None:
            return dict(variables)
        value = self.payload.value(variables, now)
        if isinstance(value, dict):
            return value
        raise self._stuck("a context as payload", self.payload)

    def _items(self, variables: Mapping[str, Any], now: Any) -> list[dict[str, Any]]:
        assert self.each is not None
        value = self.each.value(variables, now)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        raise self._stuck("a list of contexts, one for each hand-over", self.each)

    def _stuck(self, what: str, formula: Formula) -> Exception:
        message = expected(
            f"{what} at '%(element)s'", "'%(text)s' gave something else", element=self.element, text=formula.text
        )
        return stuck("PAYLOAD", self.element, message)


def caller(token: Token) -> Token | None:
    """The call activity's token that the process of this token was called by; None at the top."""
    host: Token | None = token.workflow.host
    while host is not None and not host.task_spec.called:
        host = host.workflow.host
    return host
