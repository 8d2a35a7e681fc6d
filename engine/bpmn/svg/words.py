"""How wide a text is, and breaking it into lines; for Latin and Chinese text, without a font at hand."""

from __future__ import annotations

import re
import unicodedata

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] -"), frozenset("mwMWQO@%&")
# Latin words, runs of blanks, and single ideographs: the pieces between which a line may end.
_PIECES = re.compile(r"\s+|[^\s\u2e80-\uffef]+|[\u2e80-\uffef]")
# Signs of both scripts; the full-width ones that look like Latin ones are written by their numbers.
_NEVER_FIRST = frozenset("\uff0c。、\uff1b\uff1a\uff1f\uff01\uff09》」』】…\uff05,.;:?!)]}%")
_NEVER_LAST = frozenset("\uff08《「『【([{")
_NARROWEST = 0.34
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """The estimated width of a text at a font size, in the same units."""
    return sum(_share(letter) for letter in text) * size


def _share(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return _NARROWEST
    if letter in _WIDE:
        return 0.86
    return 0.68 if letter.isupper() else 0.59


def wrap(text: str, room: float, size: float, limit: int) -> list[str]:
    """The text in at most `limit` lines no wider than `room`; what does not fit ends in an ellipsis."""
    text = text[: int((limit + 1) * room / size / _NARROWEST) + 1]
    lines = [line for part in text.splitlines() for line in _fill(part, room, size)]
    if len(lines) <= limit:
        return lines
    return [*lines[: limit - 1], _cut(f"{lines[limit - 1]}{ELLIPSIS}", room, size)]


def _fill(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for piece in _tokens(text):
        for part in _broken(piece, room, size):
            if width((lines[-1] + part).strip(), size) <= room or not lines[-1]:
                lines[-1] += part
            else:
                lines.append(part)
    return [line.strip() for line in lines if line.strip()]


def _tokens(text: str) -> list[str]:
    """Pieces of the text, with signs kept beside the letter they belong to."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if found and (piece[0] in _NEVER_FIRST or found[-1][-1] in _NEVER_LAST):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _broken(piece: str, room: float, size: float) -> list[str]:
    """A piece much too long for a whole line is broken, at a sign if it has one; a little over is left alone."""
    if width(piece.strip(), size) <= room * 1.15:
        return [piece]
    parts = [part for part in re.split(r"(?<=[/_.\-])", piece) if part]
    if len(parts) > 1:
        return [smaller for part in parts for smaller in _broken(part, room, size)]
    count = max(1, int(len(piece) * room / width(piece, size)))
    return [piece[start : start + count] for start in range(0, len(piece), count)]


def _cut(text: str, room: float, size: float) -> str:
    while len(text) > 2 and width(text, size) > room:
        text = text[:-2].rstrip() + ELLIPSIS
    return text
