"""What a text that is nearly FEEL was probably meant to be."""

from __future__ import annotations

import html
import re
import unicodedata

from engine.feel import FeelSyntaxError, compile_expression

_LONGEST = 1_000
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_QUOTED = re.compile(r"'([^'\"]*)'")
_OPEN = re.compile(r"""['"]([^'"]*)$""")
_SIGNS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "×": "*",
    "÷": "/",
    "–": "-",
}
_WORDS = {
    r"={2,3}": "=",
    r"!==": "!=",
    r"<>": "!=",
    r"\s*&&\s*": " and ",
    r"\s*\|\|\s*": " or ",
    r"!(?!=)\s*(\w[\w.]*)": r"not(\1)",
    r"\bTrue\b": "true",
    r"\bFalse\b": "false",
    r"\b(?:None|NULL|Null|nil)\b": "null",
    r"\bAND\b": "and",
    r"\bOR\b": "or",
}


def nearly_feel(text: str) -> str | None:
    """The FEEL that a text was probably meant to be: with its signs, words and quotation marks; None where none is."""
    if len(text) > _LONGEST:
        return None
    plain = "".join(_SIGNS.get(sign, unicodedata.normalize("NFKC", sign)) for sign in html.unescape(text))
    plain = re.sub(r"^[$#]\{", "", plain.strip()).rstrip(";} ")
    for closed in (plain, _OPEN.sub(r'"\1"', plain), f"{plain})", f"{plain}]", f"{plain}}}"):
        meant = _outside_texts(_QUOTED.sub(r'"\1"', closed))
        if meant != text and _is_feel(meant):
            return meant
    return None


def _outside_texts(text: str) -> str:
    """The words of other languages as FEEL's, but not those inside texts."""
    parts, position = list[str](), 0
    for found in [*_TEXT.finditer(text), None]:
        between = text[position : found.start() if found else len(text)]
        for other, ours in _WORDS.items():
            between = re.sub(other, ours, between)
        parts += [between, found[0] if found else ""]
        position = found.end() if found else position
    return "".join(parts)


def _is_feel(text: str) -> bool:
    try:
        expression = compile_expression(text)
    except FeelSyntaxError:
        return False
    return not expression.called and not any(" " in name for name in expression.names)
