"""What can be imported: the fields of each kind of record, their names in both languages and in other systems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field that a column may fill.

    `kind` says how its cells are read: text, email, money, percent, date, yesno, choice, account,
    account_id, user, stage, currency, id. `also` are names that other systems give the column.
    """

    key: str
    label: str
    label_zh: str
    kind: str = "text"
    required: bool = False
    also: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] | None = None

    @property
    def names(self) -> frozenset[str]:
        """All names by which the field is known, in the form of `key_of`."""
        return frozenset(key_of(name) for name in (self.key, self.label, self.label_zh, *self.also))

    def display_name(self, language: str = "en") -> str:
        """The label in the reader's language."""
        return self.label_zh if language.startswith("zh") else self.label


def key_of(name: str) -> str:
    """The form in which names of columns are compared: width, case, spaces and punctuation set aside."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", plain)
