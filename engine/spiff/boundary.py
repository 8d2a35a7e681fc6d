"""Events on the edge of an activity."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent as LibraryBoundaryEvent

from engine.spiff.catching import Catching, done, repeat
from engine.spiff.tokens import Scope, Token
from engine.spiff.triggers import AWAITED


class BoundaryEvent(Catching, LibraryBoundaryEvent):
    """An event on the edge of an activity; `cancel_activity` says whether it interrupts."""

    @property
    def interrupting(self) -> bool:
        """Whether the activity is cancelled when this happens."""
        return bool(self.cancel_activity)

    def sight(self, token: Token) -> Scope:
        """Also the variables of the activity that it guards."""
        host = token.parent
        return token.scope if host is None else host.scope

    def arm(self, host: Token) -> None:
        """Begins to wait beside the activity; errors and escalations need no waiting."""
        self.wait(partial(Token, host.workflow, self, host), host.task_spec.element)

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        host = token.parent
        if self.lacking(token):
            self.take(token, payload)
            done(token)
            return
        token.detach()
        self.happen(token, host, payload)

    def caught(self, host: Token, payload: Mapping[str, Any]) -> None:
        """An error or escalation from inside the activity arrives here."""
        token = Token(host.workflow, self)
        self.happen(token, host, payload)

    def happen(self, token: Token, host: Token, payload: Mapping[str, Any]) -> None:
        """Enters the event, stops the activity or waits for the next time, and goes on from the event."""
        token.begin()
        if self.interrupting:
            host.cancel()
        elif self.every:
            self.arm(host)
        elif self.awaited(token).kind in AWAITED:
            repeat(token, Token(host.workflow, self, parent=host), host.task_spec.element)
        self.take(token, payload)
        token.complete()
