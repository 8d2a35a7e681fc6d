"""How large shapes and labels are, so that their texts fit in every language of the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from engine.bpmn.boxes import Size
from engine.bpmn.svg.words import width, wrap
from engine.bpmn.vocabulary import ACTIVITIES, DATA, EVENTS, GATEWAYS

TASK: Size = (120, 80)
EVENT, GATEWAY = 36, 50
DATA_OBJECT: Size = (36, 50)
LINE = 14
_LABEL_TEXT, _SHAPE_TEXT, _NARROWEST = 11.0, 12.0, 0.54
_LABEL_ROOM, _NOTE_ROOM = 84, 140
_LOWEST_BAND = 100.0
_TASK_LINES, _WIDEST_TASK = 3, 220


def label(texts: Iterable[str], room: float = _LABEL_ROOM) -> Size | None:
    """The size of a label that has room for each of these texts; None when there is nothing to say."""
    filled = [_fill(text, room, _LABEL_TEXT) for text in texts if text.strip()]
    if not filled:
        return None
    wide = max(_measure(line, _LABEL_TEXT) for lines in filled for line in lines)
    return 2 * ceil(wide / 2 + 2), max(map(len, filled)) * LINE


def band(texts: Iterable[str]) -> float:
    """The least height of a lane or pool whose name runs up its side, in two lines at most."""
    high = _LOWEST_BAND
    while any(len(wrap(text, high - 16, 13, limit=9)) > 2 for text in texts):
        high += 10
    return high


def note(texts: Iterable[str]) -> Size:
    """The size of a text annotation."""
    found = [text for text in texts if text.strip()] or ["…"]
    lines = max(len(_fill(text, _NOTE_ROOM - 14, _LABEL_TEXT)) for text in found)
    return _NOTE_ROOM, max(2, lines) * LINE + 8


def shape(kind: str, texts: Iterable[str]) -> Size:
    """The size of an activity, event, gateway or data symbol with that text."""
    if kind in EVENTS:
        return EVENT, EVENT
    if kind in GATEWAYS:
        return GATEWAY, GATEWAY
    if kind in DATA:
        return DATA_OBJECT if kind != "dataStoreReference" else (50, 50)
    assert kind in ACTIVITIES, kind
    return _task([text for text in texts if text.strip()])


def _task(texts: list[str]) -> Size:
    wide, high = TASK
    while wide < _WIDEST_TASK and any(len(_fill(text, wide - 14, _SHAPE_TEXT)) > _TASK_LINES for text in texts):
        wide += 20
    lines = max((len(_fill(text, wide - 14, _SHAPE_TEXT)) for text in texts), default=1)
    return wide, high + max(0, lines - _TASK_LINES) * 15


def _fill(text: str, room: float, size: float) -> list[str]:
    """The lines of a text: by our own measure of letters, and never fewer than with letters of one width."""
    lines: list[str] = []
    for part in wrap(text, room, size, limit=99):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and _measure(longer, size) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _measure(text: str, size: float) -> float:
    return max(width(text, size), len(text) * size * _NARROWEST)
