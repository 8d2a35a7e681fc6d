"""Bytes as text, in the encoding that their first bytes or their XML declaration name (XML 1.0, appendix F)."""

from __future__ import annotations

import codecs
import re

from engine.errors import Sentence
from engine.files.kinds import Unreadable

_BEGINNINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# Editors write the older name and mean the larger set of characters that came after it.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932"}
_ASIAN = frozenset("gb18030 big5hkscs cp932 cp949 cp950 euc_jp euc_kr iso2022_jp shift_jisx0213 hz".split())
_ONE_BYTE = re.compile(r"iso8859-\d+|cp125\d|cp437|cp85\d|koi8-[rut]|mac-\w+|tis-620")
_NEVER_BY_CHANCE = 10
_SAVE = Sentence("Save the file again as UTF-8 from your editor, or correct the encoding in its first line.")


def decoded(content: bytes) -> str:
    """The text of a file. Raises `Unreadable` for an encoding that is not known, or that the bytes are not in."""
    for mark, name in _BEGINNINGS:
        if content.startswith(mark):
            return _decode(content, name, name.removesuffix("-sig"))
    declared = _DECLARED.match(content)
    if declared is None:
        return _decode(content, "utf-8", "utf-8")
    name = declared[1].decode()
    codec = _codec(name)
    text = _decode(content, codec, name)
    if codec != "utf-8" and _is_utf8(content, 1 if _ONE_BYTE.fullmatch(codec) else _NEVER_BY_CHANCE):
        raise Unreadable(
            Sentence("Expected text in %(name)s, as the file declares, but it is UTF-8.", name=name), _SAVE
        )
    return text


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    codec = _MEANT.get(codec, codec)
    if codec in ("utf-8", "ascii") or codec in _ASIAN or _ONE_BYTE.fullmatch(codec):
        return codec
    message = Sentence("Expected a known encoding such as UTF-8, but the file declares %(name)s.", name=name)
    if codec.startswith(("utf-16", "utf-32")):
        message = Sentence("Expected text in %(name)s, as the file declares, but it is not.", name=name)
    raise Unreadable(message, _SAVE)


def _decode(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        template = "Expected text in %(name)s, but the bytes in line %(line)s are not."
        raise Unreadable(Sentence(template, name=name, line=line), _SAVE, line) from problem


def _is_utf8(content: bytes, at_least: int) -> bool:
    """Whether the bytes are UTF-8, with so many characters beyond ASCII that it is no coincidence."""
    if content.isascii():
        return False
    try:
        return sum(character > "\x7f" for character in content.decode()) >= at_least
    except UnicodeDecodeError:
        return False
