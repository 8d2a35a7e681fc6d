"""Sentences as rows keep them: the template apart from its values, so that each reader gets his or her language.

A value may be a sentence itself (the cause within an incident); it is kept as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import plain
from engine.errors import Sentence


def kept(sentence: Sentence) -> dict[str, Any]:
    """A sentence as a plain value."""
    return {"template": sentence.template, **_apart(sentence.values)}


def told(value: Mapping[str, Any] | str) -> Sentence | str:
    """The sentence of a plain value; a text, which is what was stored before, stays one."""
    return value if isinstance(value, str) else Sentence(value["template"], **_together(value))


def values_text(sentence: Sentence) -> str:
    """The values of a sentence as stored text; what is no plain value is kept as its text."""
    return plain.write(_apart(sentence.values))


def restored(template: str, text: str) -> Sentence:
    """The sentence of a stored template and its stored values."""
    return Sentence(template, **_together(plain.read(text)))


def _apart(values: Mapping[str, object]) -> dict[str, Any]:
    inner = {name: value for name, value in values.items() if isinstance(value, Sentence)}
    return {
        "values": {name: value for name, value in values.items() if name not in inner},
        "sentences": {name: kept(one) for name, one in inner.items()},
    }


def _together(kept: Mapping[str, Any]) -> dict[str, Any]:
    inner = {name: Sentence(one["template"], **_together(one)) for name, one in kept["sentences"].items()}
    return {**kept["values"], **inner}
