"""Built-in functions on strings (DMN 10.3.4.3)."""

from decimal import Decimal

from engine.feel.registry import builtin
from engine.feel.run import Run


@builtin("string length(string: string)")
def _length(run: Run, string: str) -> object:
    return len(string)


@builtin("substring(string: string, start position: number, length?: number)")
def _substring(run: Run, string: str, start: object, length: object) -> object:
    first, size = _truncated(start), None if length is None else _truncated(length)
    if not first or abs(first) > len(string) or (length is not None and (size is None or size < 1)):
        return run.fail("substring() needs a position within the text and a length above 0.")
    begin = first - 1 if first > 0 else len(string) + first
    return string[begin:] if size is None else string[begin : begin + size]


def _truncated(value: object) -> int | None:
    """A number without its fraction; None when it is far out of any text or list."""
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value.adjusted() < 20 else None
    return value if isinstance(value, int) else None


@builtin("upper case(string: string)")
def _upper(run: Run, string: str) -> object:
    return run.text(string.upper())


@builtin("lower case(string: string)")
def _lower(run: Run, string: str) -> object:
    return run.text(string.lower())


@builtin("trim(string: string)")
def _trim(run: Run, string: str) -> object:
    return string.strip()


@builtin("substring before(string: string, match: string)")
def _before(run: Run, string: str, match: str) -> object:
    return string[: max(string.find(match), 0)]


@builtin("substring after(string: string, match: string)")
def _after(run: Run, string: str, match: str) -> object:
    position = string.find(match)
    return string[position + len(match) :] if position >= 0 else ""


@builtin("contains(string: string, match: string)")
def _contains(run: Run, string: str, match: str) -> object:
    return match in string


@builtin("starts with(string: string, match: string)")
def _starts(run: Run, string: str, match: str) -> object:
    return string.startswith(match)


@builtin("ends with(string: string, match: string)")
def _ends(run: Run, string: str, match: str) -> object:
    return string.endswith(match)


@builtin("string join(list: list, delimiter?: string?)")
def _join(run: Run, items: list[object], delimiter: str | None) -> object:
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) + sum(item is None for item in items) < len(items):
        return run.fail("string join() takes texts only.")
    run.charge(sum(map(len, texts)) + len(texts) * len(delimiter or "") >> 4)
    return run.text((delimiter or "").join(texts))
