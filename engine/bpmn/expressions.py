"""How FEEL stands in a drawing: as `${...}`, after `=`, or as a literal that editors write bare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.errors import Sentence, expected
from engine.feel import spelled
from engine.feel.literals import parse_duration
from engine.feel.values import kind

KINDS: Mapping[str, Sentence] = {
    "string": Sentence("a text"),
    "number": Sentence("a number"),
    "list": Sentence("a list"),
    "context": Sentence("a context"),
    "date": Sentence("a date"),
    "time": Sentence("a time of day"),
    "date and time": Sentence("a date and time"),
    "days and time duration": Sentence("a duration"),
    "years and months duration": Sentence("a duration"),
    "range": Sentence("a range"),
    "function": Sentence("a function"),
}
"""What FEEL's kinds of values are called in sentences; true, false and null are called by themselves."""

DURATION = re.compile(r"-?P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}|@[\w/+-]+)?", re.ASCII)

LONGEST_SHOWN = 300
SPEAKS_OF_NULL = re.compile(r"\bnull\b")
"""Whether a timer's expression says itself what is meant where there is no time."""


def expression(text: str) -> str | None:
    """The FEEL inside `${...}`, `#{...}` or after `=`; None when the text is a literal."""
    text = text.strip()
    if text[:2] in ("${", "#{") and text.endswith("}"):
        return text[2:-1].strip()
    return text[1:].strip() if text.startswith("=") else None


def unwrap(text: str) -> str:
    """The text without its wrapper, for places that always hold FEEL or a name."""
    inner = expression(text)
    return text.strip() if inner is None else inner


def timer_expression(kind: str, text: str) -> str:
    """A timer's text as FEEL: literals become `duration("...")` and `date and time("...")`.

    `kind` is timeDuration, timeDate or timeCycle. A cycle literal (`R3/PT10M`) stays as it is, and so does a
    duration that FEEL has none for, because months and days are in it.
    """
    text = unwrap(text)
    if kind == "timeCycle":
        return text
    if DURATION.fullmatch(text) and parse_duration(_days(text)) is not None:
        return f'duration("{_days(text)}")'
    if DATE.fullmatch(text):
        return f'date and time("{text}T00:00:00Z")'
    if DATE_TIME.fullmatch(text):
        return f'date and time("{_with_seconds(text)}")'
    return text


def _days(text: str) -> str:
    """FEEL durations know no weeks: `P2W` is `P14D`."""
    match = re.fullmatch(r"(-?P)(\d{1,9})W", text)
    return f"{match[1]}{int(match[2]) * 7}D" if match else text


def _with_seconds(text: str) -> str:
    match = re.match(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(.*)", text)
    if match is None or match[2].startswith(":"):
        return text
    return f"{match[1]}:00{match[2]}"


def shortened(text: str) -> str:
    """A text of the drawing as a sentence quotes it: the beginning of a long one."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def shown(value: Any) -> str | Sentence:
    """A value of an expression, for people: a text, number or truth value itself, anything else by its kind."""
    if isinstance(value, str):
        return f'"{value[:100]}"'
    name = kind(value)
    return spelled(value)[:100] if name in ("number", "boolean") else KINDS.get(name, name)


def no_truth(text: str, element: str, value: Any) -> Sentence:
    """That a condition gave a value which is neither true nor false."""
    return expected(
        "true or false from '%(text)s' at '%(element)s'",
        'it gave %(value)s; compare it with what is meant, as in status = "won"',
        text=text,
        element=element,
        value=shown(value),
    )
