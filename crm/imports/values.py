"""Reading one cell for one field; what does not fit raises `Unfit` with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm.imports import dates, numbers
from crm.imports.evidence import Evidence
from crm.imports.fields import Field, key_of
from crm.imports.refusals import Unfit

YES = frozenset(("true", "yes", "y", "1", "x", "是", "有", "对", "ja", "oui", "si"))
NO = frozenset(("false", "no", "n", "0", "否", "无", "不是", "nein", "non"))
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
CODE = re.compile(r"\b[A-Z]{3}\b", re.ASCII)
CURRENCY_NAMES = {
    name: code
    for code, names in {
        "CNY": "yuan, chinese yuan, yuan renminbi, chinese yuan renminbi, renminbi, 人民币元",
        "EUR": "euro",
        "USD": "us dollar, u.s. dollar, united states dollar, 美金",
        "GBP": "pound sterling, british pound, british pound sterling, 英镑",
        "JPY": "yen, japanese yen, 日元",
        "HKD": "hong kong dollar, 港元, 港币",
        "CHF": "swiss franc, schweizer franken, 瑞士法郎",
    }.items()
    for name in names.split(", ")
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LARGEST = Decimal(10) ** 14
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Cell:
    """One cell with what is known about its column; `longest` is how many characters the record takes."""

    text: str
    column: str
    field: Field
    evidence: Evidence
    longest: int | None = None


def read(cell: Cell) -> Any:
    """The typed value of a cell that is not empty; raises `Unfit`."""
    return READERS.get(cell.field.kind, _text)(cell)


def _text(cell: Cell) -> str:
    plain = CONTROL.sub("", cell.text).strip()
    if cell.longest is not None:
        plain = " ".join(plain.split())
    longest = cell.longest or LONGEST_TEXT
    if len(plain) > longest:
        raise Unfit("Expected at most %(most)s characters, but this has %(count)s.", most=longest, count=len(plain))
    return plain


def _email(cell: Cell) -> str:
    text = _text(cell)
    if not EMAIL.fullmatch(text):
        raise Unfit("Expected an e-mail address such as name@example.com, but this is not one.")
    return text


def _money(cell: Cell) -> numbers.Number:
    found = numbers.parse(cell.text, cell.evidence.marks.get(cell.column))
    if found.percent:
        raise Unfit("Expected an amount, but this is a percentage.")
    if not 0 <= found.value < LARGEST:
        raise Unfit("Expected an amount from 0 to %(most)s, but this is outside.", most=LARGEST - 1)
    return numbers.Number(numbers.cents(found.value), found.currency)


def _percent(cell: Cell) -> Decimal:
    found = numbers.parse(cell.text, cell.evidence.marks.get(cell.column))
    value = found.value * 100 if cell.column in cell.evidence.fractions else found.value
    if not 0 <= value <= 100:
        raise Unfit("Expected a percentage from 0 to 100, but this is outside.")
    return numbers.cents(value)


def _date(cell: Cell) -> Any:
    return dates.parse(cell.text, cell.evidence.orders.get(cell.column))


def _yes_or_no(cell: Cell) -> bool:
    word = cell.text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Unfit("Expected yes or no, but this is neither.")


def _choice(cell: Cell) -> str:
    word = key_of(cell.text)
    choices = cell.field.choices or {}
    for value, names in choices.items():
        if word in {key_of(name) for name in (value, *names)}:
            return value
    raise Unfit("Expected one of %(choices)s, but this is none of them.", choices=", ".join(choices))


def _currency(cell: Cell) -> str:
    """By code, sign or name, or by the one code among other words: `EUR - Euro`."""
    word = " ".join(cell.text.casefold().split())
    code = numbers.CURRENCIES.get(word) or CURRENCY_NAMES.get(word)
    found = [code] if code else CODE.findall(cell.text.upper() if len(word) == 3 else cell.text)
    if len(found) != 1:
        raise Unfit("Expected a currency such as CNY or EUR, but this is not one.")
    return found[0]


READERS: Mapping[str, Callable[[Cell], Any]] = {
    "email": _email,
    "money": _money,
    "percent": _percent,
    "date": _date,
    "yesno": _yes_or_no,
    "choice": _choice,
    "currency": _currency,
}
