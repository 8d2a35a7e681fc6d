"""What codes are called: the values of a choice with their English and their Chinese names."""

from __future__ import annotations

from collections.abc import Mapping

Choice = tuple[str, str, str]
"""A value with its English and its Chinese name."""

Choices = tuple[Choice, ...]

Names = Mapping[str, str]
"""What one thing is called, by language."""


def named(choices: Choices, *codes: object) -> Names:
    """Codes as their names by language, one after the other; a code that is none of the choices names itself."""
    names = {code: (en, zh) for code, en, zh in choices}
    found = [names.get(str(code), (str(code), str(code))) for code in codes]
    return both(", ".join(en for en, _ in found), "、".join(zh for _, zh in found))


def both(en: str, zh: str) -> Names:
    """A name in both languages, for the sentence of a refusal."""
    return {"en": en, "zh-Hans": zh}


NOTHING = both("nothing", "空")
