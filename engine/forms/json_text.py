"""The JSON text in the file of a form, read without any risk; what else the file may be is told in plain words."""

from __future__ import annotations

import json
import re
from typing import Any

from engine.errors import Sentence
from engine.files import Unreadable, kind_of_bytes, kind_of_text, other_kind

LARGEST_FILE = 1_000_000
_FORM, _SAVE = Sentence("a form"), Sentence("Save it with the form editor as form-js JSON.")
# What the JSON library says, and what we say.
_JSON = {
    "Expecting value": Sentence("a value is missing"),
    "Expecting property name enclosed in double quotes": Sentence("a name in double quotes is missing"),
    "Expecting ',' delimiter": Sentence("a comma or a closing bracket is missing"),
    "Expecting ':' delimiter": Sentence("a colon is missing"),
    "Unterminated string starting at": Sentence("a text begins there that does not end"),
    "Extra data": Sentence("something stands behind the end"),
}


def text_of(schema: bytes) -> str:
    """The text of a file that may be JSON. Raises `Unreadable`."""
    if len(schema) > LARGEST_FILE:
        template = "The file has %(size)s bytes; a form has at most %(most)s."
        raise Unreadable(Sentence(template, size=len(schema), most=LARGEST_FILE), _SAVE)
    kind = kind_of_bytes(schema)
    if kind is not None:
        raise other_kind(_FORM, kind)
    try:
        text = schema.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        template = "Expected text in %(name)s, but the bytes in line %(line)s are not."
        line = schema.count(b"\n", 0, error.start) + 1
        raise Unreadable(Sentence(template, name="UTF-8", line=line), _SAVE) from error
    begin = text.lstrip()[:1]
    if begin == "<":
        raise other_kind(_FORM, Sentence("XML (a drawing?)"))
    if not begin:
        raise Unreadable(Sentence("Expected %(what)s, but the file is empty.", what=_FORM), _SAVE)
    kind = kind_of_text(text) if begin not in "{[" else None
    if kind is not None:
        raise other_kind(_FORM, kind)
    return text


def json_of(text: str) -> Any:
    """What a JSON text says. Raises `Unreadable`."""
    try:
        tree = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        template = "The file is not JSON: line %(line)s, column %(column)s: %(reason)s."
        reason = _JSON.get(error.msg, Sentence("the signs there are not JSON"))
        message = Sentence(template, line=error.lineno, column=error.colno, reason=reason)
        raise Unreadable(message, _SAVE) from error
    except (RecursionError, ValueError) as error:
        message = Sentence("The file is nested too deep, or a number in it is none or too long.")
        raise Unreadable(message, _SAVE) from error
    if re.search(r"\\u[dD][89a-fA-F]", text) and not _is_unicode(tree):
        raise Unreadable(
            Sentence("The file holds half of a character (\\ud800 to \\udfff without its partner)."), _SAVE
        )
    return tree


def _no_number(name: str) -> None:
    raise ValueError(name)


def _is_unicode(tree: Any) -> bool:
    """Whether no text in there has a half of a character."""
    try:
        json.dumps(tree, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
