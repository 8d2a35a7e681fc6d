"""English and 简体中文: which language a reader gets, the catalogue, and sentences that came as values.

Message ids are the English sentences. Every `.po` file of `translations/zh_Hans/LC_MESSAGES/` belongs
to the one catalogue (a part of the project may keep its own file); they are read when the app starts,
so nothing has to be compiled.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from flask_babel import Babel, Domain, format_date, format_datetime, get_locale, gettext
from flask_login import current_user

from crm import people
from crm.kinds import KINDS
from engine import errors
from webapp.current import reading

LANGUAGES: Mapping[str, str] = {"en": "English", "zh-Hans": "简体中文"}
CHINESE_FILES = Path(__file__).parent / "translations" / "zh_Hans" / "LC_MESSAGES"
_LOCALES: Mapping[str, str] = {"en": "en", "zh-Hans": "zh_Hans_CN"}


class _Catalogue(Domain):
    """Gives Flask-Babel the catalogue that was read at start instead of compiled files."""

    def __init__(self, chinese: Translations) -> None:
        super().__init__()
        self._chinese = chinese
        self._english = NullTranslations()

    def get_translations(self) -> Translations | NullTranslations:
        locale = get_locale()
        return self._chinese if locale is not None and locale.language == "zh" else self._english


class _OurBabel(Babel):
    def __init__(self, app: Flask, catalogue: _Catalogue) -> None:
        self.domain_instance = catalogue
        super().__init__(app, locale_selector=_locale, timezone_selector=_zone)


def install(app: Flask) -> None:
    """Reads the catalogue and gives templates `language`, `say`, `named` and gettext."""
    _OurBabel(app, _Catalogue(_chinese()))
    app.jinja_env.filters.update(say=say, named=named, listed=listed)
    app.jinja_env.globals.update(language=language, languages=LANGUAGES)


def translations(folder: Path) -> Translations:
    """The catalogue of all `.po` files in a folder; the first file (by name) decides about a sentence."""
    whole = Catalog(locale="zh_Hans_CN")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans_CN"):
                if message.id and message.string and not message.fuzzy and message.id not in whole:
                    whole.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """The reader's language: `en` or `zh-Hans`. Their choice counts before the browser's wish."""
    chosen = current_user.language if current_user.is_authenticated else session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans", "zh-SG"], default="en")
    return "zh-Hans" if best.startswith("zh") else "en"


def say(sentence: object) -> str:
    """A Sentence (or anything with text) in the reader's language, and so its values."""
    if not isinstance(sentence, errors.Sentence):
        return "" if sentence is None else str(sentence)
    template = str(gettext(sentence.template))
    if not sentence.values:
        return template
    return template % {name: _shown(value) for name, value in sentence.values.items()}


def _shown(value: object) -> object:
    """A value within a sentence: moments in the reader's time zone, names in the reader's own, records by number."""
    if isinstance(value, datetime):
        return format_datetime(value, "medium")
    if isinstance(value, date):
        return format_date(value, "medium")
    if isinstance(value, str) and _is_key(value):
        return record(value)
    if isinstance(value, Mapping):
        return named(value)
    return say(value) if isinstance(value, errors.Sentence) else value


def _is_key(text: str) -> bool:
    kind, _, number = text.partition(":")
    return kind in KINDS and bool(number) and " " not in text


def record(business_key: str) -> str:
    """A record by its number; a process that has come to no record yet by the name of who began it."""
    kind, _, number = business_key.partition(":")
    if kind != "user":
        return number
    with reading() as connection:
        return people.Directory(connection, language()).display_name(number)


@cache
def _chinese() -> Translations:
    return translations(CHINESE_FILES)


def translate(sentence: errors.Sentence, wanted: str) -> str:
    """A sentence in a language (`en`, `zh-Hans`), also where no request says whose."""
    template = _chinese().gettext(sentence.template) if wanted.startswith("zh") else sentence.template
    inner = {name: _value_in(wanted, value) for name, value in sentence.values.items()}
    return template % inner if inner else template


def _value_in(wanted: str, value: object) -> object:
    """A value of a sentence in a language: sentences and names have several."""
    if isinstance(value, errors.Sentence):
        return translate(value, wanted)
    if isinstance(value, str) and _is_key(value):
        return value.partition(":")[2]
    return value.get(wanted) or value.get("en", value) if isinstance(value, Mapping) else value


def named(names: Mapping[str, Any] | str | None) -> str:
    """The name in the reader's language out of `{"en": …, "zh-Hans": …}`; English, then any, when missing."""
    if not isinstance(names, Mapping):
        return names or ""
    for key in (language(), "en", ""):
        if names.get(key):
            return str(names[key])
    return str(next((name for name in names.values() if name), ""))


def listed(texts: Iterable[str]) -> str:
    """Several texts one after the other, as the reader's language divides them."""
    return ("、" if language().startswith("zh") else ", ").join(texts)


def paired(parts: Iterable[tuple[str, str]]) -> str:
    """Names, each with its value, one after the other, as the reader's language divides them."""
    chinese = language().startswith("zh")
    texts = (f"{name}：{value}" if chinese else f"{name}: {value}" for name, value in parts)
    return ("；" if chinese else ", ").join(texts)


def _zone() -> str | None:
    return current_user.zone if current_user.is_authenticated else None


def _locale() -> str:
    return _LOCALES[language()]
