"""Correlation as the standard draws it (BPMN 2.0, 8.3.2): what a message has to carry to belong to an instance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from engine.bpmn.expressions import unwrap
from engine.bpmn.vocabulary import Node, children, first, identity, text_of, within

MARK = "="
_LONGEST, _ENOUGH = 150, 2
_COMPARED = (str, int, Decimal, date, time, timedelta)


@dataclass(frozen=True)
class KeyRule:
    """How a message is matched by one correlation key.

    `paths` tell (FEEL over the payload) the values that a message carries, `bindings` (FEEL over the variables)
    those that the process expects; without bindings the first message of a conversation sets them.
    """

    name: str
    paths: tuple[str, ...]
    bindings: tuple[str, ...] = ()


def key_rules(root: Node, process: Node) -> Mapping[str, tuple[KeyRule, ...]]:
    """The rules for each message of a file, by the message's id, as they hold in one of its processes.

    A message that several keys read has the first two: one too many, and lint says so.
    """
    paths = _paths(root)
    bindings = _bindings(process)
    messages: dict[str, set[str]] = {}
    for message, properties in paths.items():
        for one in properties:
            messages.setdefault(one, set()).add(message)
    found: dict[str, tuple[KeyRule, ...]] = {}
    for key in within(root, "correlationKey"):
        wanted = [_bare(text_of(one)) for one in children(key, "correlationPropertyRef")]
        expected = bindings.get(identity(key), {})
        bound = tuple(expected[one] for one in wanted) if set(wanted) <= expected.keys() else ()
        for message in sorted(_read_by(wanted, messages)):
            rule = KeyRule(identity(key), tuple(paths[message][one] for one in wanted), bound)
            found[message] = (*found.get(message, ()), rule)
            if len(found[message]) == _ENOUGH:
                for one in paths[message]:
                    messages[one].discard(message)
    return found


def _read_by(properties: Sequence[str], messages: Mapping[str, set[str]]) -> set[str]:
    """The messages that have all of these properties."""
    having = sorted((messages.get(one, set()) for one in properties), key=len)
    return set[str]().union(*having[:1]).intersection(*having[1:])


def key_text(paths: Sequence[str], values: Sequence[object]) -> str | None:
    """A key as one text, the same for the message that carries these values and the process that expects them.

    None while one of the values is missing, or is nothing that could be compared.
    """
    if not all(isinstance(value, _COMPARED) for value in values):
        return None
    words = (f"{value.normalize():f}" if isinstance(value, Decimal) else str(value) for value in values)
    text = f"{MARK}{';'.join(paths)}={';'.join(words)}"
    return text if len(text) <= _LONGEST else MARK + hashlib.sha256(text.encode()).hexdigest()


def _paths(root: Node) -> dict[str, dict[str, str]]:
    """For each message and property the expression that takes the property's value out of the message."""
    found: dict[str, dict[str, str]] = {}
    for one in children(root, "correlationProperty"):
        for expression in children(one, "correlationPropertyRetrievalExpression"):
            path = unwrap(text_of(first(expression, "messagePath")))
            found.setdefault(_bare(expression.get("messageRef", "")), {})[identity(one)] = path
    return found


def _bindings(process: Node) -> dict[str, dict[str, str]]:
    """For each key and property the expression that says what the process expects."""
    return {
        _bare(one.get("correlationKeyRef", "")): {
            _bare(binding.get("correlationPropertyRef", "")): unwrap(text_of(first(binding, "dataPath")))
            for binding in children(one, "correlationPropertyBinding")
        }
        for one in children(process, "correlationSubscription")
    }


def _bare(reference: str) -> str:
    return reference.rpartition(":")[2]
