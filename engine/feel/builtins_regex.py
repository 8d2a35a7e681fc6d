"""Built-in functions with regular expressions (DMN 10.3.4.3; patterns as in XPath), within a time limit."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from time import monotonic
from typing import Any

import regex

from engine.feel.patterns import PatternError, translate
from engine.feel.problems import BudgetExceeded
from engine.feel.registry import builtin
from engine.feel.run import MAX_STEPS, MAX_TEXT, Run

MAX_PATTERN = 2_000
MAX_REPEAT = 1_000
_REPEAT = regex.compile(r"\{([0-9]+)(?:,([0-9]*))?\}")
_GROUP = regex.compile(r"\\(.)|\$([0-9]+)|([$\\])", regex.DOTALL)


@lru_cache(maxsize=512)
def _pattern(text: str, flags: str) -> Any:
    """The compiled pattern; raises PatternError when it is none, or too big to try."""
    if any(flag not in "smixq" for flag in flags):
        raise PatternError("only the flags s, m, i, x and q are known")
    if len(text) > MAX_PATTERN:
        raise PatternError("it is too long")
    bits = regex.VERSION1 | (regex.IGNORECASE if "i" in flags else 0)
    if "q" in flags:
        return regex.compile("(?-f)" + regex.escape(text), bits)
    size = 1
    for match in _REPEAT.finditer(text):
        size *= max(int(match[1][:9]), int((match[2] or "0")[:9]), 1)
        if size > MAX_REPEAT:
            raise PatternError("it repeats too often")
    try:
        return regex.compile("(?-f)" + translate(text, flags), bits)
    except (regex.error, OverflowError, RecursionError) as error:
        raise PatternError("it cannot be understood") from error


def _compiled(run: Run, pattern: str, flags: str | None) -> Any:
    try:
        return _pattern(pattern, flags or "")
    except PatternError as error:
        return run.fail(
            "'%(pattern)s' is not a pattern that can be used: %(problem)s.", pattern=pattern[:80], problem=error.reason
        )


@contextmanager
def _timed(run: Run, pattern: str, text: str) -> Iterator[None]:
    """Keeps the time that patterns take within what the evaluation has left; raises BudgetExceeded."""
    run.charge(1 + len(text) // 64)
    started = monotonic()
    try:
        yield
    except TimeoutError:
        raise BudgetExceeded("The pattern '%(pattern)s' needs too long for this text", pattern=pattern[:80]) from None
    run.pattern_seconds = max(run.pattern_seconds - (monotonic() - started), 0.001)


@builtin("matches(input: string, pattern: string, flags?: string?)")
def _matches(run: Run, text: str, pattern: str, flags: str | None) -> object:
    found = _compiled(run, pattern, flags)
    if found is None:
        return None
    with _timed(run, pattern, text):
        return found.search(text, timeout=run.pattern_seconds) is not None


def _template(run: Run, replacement: str, groups: int) -> list[str | int] | None:
    """The replacement as texts and group numbers; null for a lone ``$`` or backslash."""
    parts: list[str | int] = []
    position = 0
    for match in _GROUP.finditer(replacement):
        parts.append(replacement[position : match.start()])
        position = match.end()
        if match[3] or (match[1] and match[1] not in "$\\"):
            return run.fail("The replacement '%(text)s' has a $ or \\ that means nothing.", text=replacement[:80])
        if match[1]:
            parts.append(match[1])
        else:
            parts += _numbered(match[2], groups)
    return [*parts, replacement[position:]]


def _numbered(digits: str, groups: int) -> list[str | int]:
    """The group that digits after ``$`` name: as many digits as name one, the rest as text."""
    size = next((size for size in range(min(len(digits), 4), 1, -1) if int(digits[:size]) <= groups), 1)
    number = int(digits[:size])
    return [number if number <= groups else "", digits[size:]]


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string?)")
def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> object:
    found = _compiled(run, pattern, flags)
    if found is None:
        return None
    if found.fullmatch("") is not None:
        return run.fail("'%(pattern)s' matches the empty text, so nothing can be replaced.", pattern=pattern[:80])
    parts = [replacement] if "q" in (flags or "") else _template(run, replacement, found.groups)
    if parts is None:
        return None
    size = 0

    def insert(match: Any) -> str:
        nonlocal size
        piece = "".join(part if isinstance(part, str) else match[part] or "" for part in parts)
        size += len(piece)
        run.text(piece)
        run.charge(1 + size // MAX_TEXT * MAX_STEPS)
        return piece

    with _timed(run, pattern, text):
        replaced = found.sub(insert, text, timeout=run.pattern_seconds)
    return run.text(replaced)


@builtin("split(string: string, delimiter: string)")
def _split(run: Run, text: str, delimiter: str) -> object:
    found = _compiled(run, delimiter, None)
    if found is None:
        return None
    run.charge(1 + len(text) // 8)
    with _timed(run, delimiter, text):
        return _pieces(found, text, run.pattern_seconds)


def _pieces(pattern: Any, text: str, seconds: float) -> list[str]:
    pieces, position = [], 0
    for match in pattern.finditer(text, timeout=seconds):
        if match.end() > match.start():
            pieces.append(text[position : match.start()])
            position = match.end()
    return [*pieces, text[position:]]
