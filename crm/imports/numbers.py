"""Numbers as people and systems write them: 1,234.56 and 1.234,56 and 1 234,56 and ¥12.5万."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from crm.imports.refusals import Unfit

CURRENCIES = {
    "¥": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "us$": "USD",
    "$": "USD",
    "usd": "USD",
    "美元": "USD",
    "€": "EUR",
    "eur": "EUR",
    "欧元": "EUR",
    "£": "GBP",
    "gbp": "GBP",
}
FACTORS = {"亿": 10**8, "万": 10**4, "萬": 10**4, "k": 10**3, "m": 10**6, "": 1}
_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_SHAPE = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+])?\s*(?P<before>{_CURRENCY})?\s*(?P<sign2>[-+])?\s*"
    rf"(?P<digits>[0-9][0-9.,' \u2019\u202f]*|[.,][0-9]+)"
    rf"\s*(?P<factor>亿|万|萬|k|m)?\s*(?P<after>{_CURRENCY})?\s*(?P<percent>%)?(?P<close>\))?"
)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Written:
    """A number taken apart: digits with their marks, sign, factor, currency, percent sign."""

    digits: str
    negative: bool
    factor: int
    currency: str | None
    percent: bool


@dataclass(frozen=True)
class Number:
    """A number read, and the currency it was written with, if any."""

    value: Decimal
    currency: str | None = None
    percent: bool = False


def taken_apart(text: str) -> Written:
    """The parts of a number as written; raises `Unfit` when it is none."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").casefold().strip()
    found = _SHAPE.fullmatch(plain)
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["sign2"]):
        raise Unfit("Expected a number such as 1234.56, but this is not one.")
    digits = re.sub(r"[' \u2019\u202f]", "", found["digits"])
    currency = CURRENCIES.get(found["before"] or found["after"] or "")
    negative = "-" in (found["sign"], found["sign2"]) or bool(found["open"])
    return Written(digits, negative, FACTORS[found["factor"] or ""], currency, bool(found["percent"]))


def mark_of(digits: str) -> str | None:
    """Which mark certainly is the decimal mark: `.`, `,`; `none` when there is none; None when it cannot be told.

    One mark with three digits behind it may separate thousands or decimals.
    """
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
        return mark if digits.count(mark) == 1 else _refuse()
    if dots + commas == 0:
        return "none"
    mark = "." if dots else ","
    if dots + commas > 1:
        return "," if mark == "." else "."
    before, after = digits.split(mark)
    grouping = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return None if grouping else mark


def _refuse() -> str:
    raise Unfit("Expected a number such as 1234.56, but its commas and points do not fit together.")


def parse(text: str, mark: str | None = None) -> Number:
    """Reads a number; `mark` is the decimal mark of its column, where that is known.

    Without it, 1,234 and 1.234 are taken as one thousand two hundred and thirty-four. Raises `Unfit`.
    """
    written = taken_apart(text)
    certain = mark_of(written.digits)
    if certain not in (None, "none") and mark is not None and certain != mark:
        raise Unfit(
            "Expected %(mark)s before the decimals as in the rest of the column, but this number has it otherwise.",
            mark=mark,
        )
    decimal = _decimal_mark(written.digits, certain, mark)
    value = Decimal(_plain(written.digits, decimal)) * written.factor
    return Number(-value if written.negative else value, written.currency, written.percent)


def _decimal_mark(digits: str, certain: str | None, mark: str | None) -> str:
    if certain is not None:
        return certain
    return mark or ("," if "." in digits else ".")


def _plain(digits: str, decimal: str) -> str:
    whole, _, places = digits.partition(decimal) if decimal != "none" else (digits, "", "")
    grouping = "," if decimal == "." else "."
    groups = whole.split(grouping)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) in (2, 3, 4) for group in groups[1:])):
        _refuse()
    if len(groups) > 1 and len(groups[-1]) != 3 and not all(len(group) == 4 for group in groups[1:]):
        _refuse()
    if not places.isdigit() and places:
        _refuse()
    return f"{''.join(groups) or '0'}.{places or '0'}"


def cents(value: Decimal) -> Decimal:
    """Rounded half up to two places."""
    return value.quantize(CENT, ROUND_HALF_UP)
