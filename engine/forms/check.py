"""What would make a form fail or harm later: names, options, expressions, patterns, missing Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import regex

from engine.errors import Finding, Sentence
from engine.feel import FeelSyntaxError, compile_expression
from engine.forms.model import CHOICES, MOMENTS, STATIC, Field, walk
from engine.forms.read import Reader
from engine.forms.values import LONGEST_TEXT
from engine.forms.vocabulary import CHINESE, KEY, RESERVED, UNITS

PATTERN_SECONDS = 0.2
LONGEST_KEY, LONGEST_SHOWN = 200, 80
# Runs of one kind of sign as long as a text may be, with a wrong one at the end: a careless pattern tries for ever.
_PROBES = tuple(
    sign * (max(LONGEST_TEXT.values()) // len(sign)) + "\n!" for sign in ("a", "A", "0", " ", "a0", "é", "a.")
)


def quoted(text: str) -> str:
    """A text of the form as a sentence quotes it: its beginning, and nothing that cannot be seen."""
    shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return "'" + "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown) + "'"


def check_form(schema: bytes, file: str) -> list[Finding]:
    """Everything wrong with a form; `error` findings stop a deployment, `warning` findings do not."""
    reader = Reader(schema, file)
    form = reader.form()
    if form is not None:
        _check_names(reader, form.fields)
        for field in walk(form.fields):
            _check_field(reader, field)
    return reader.findings


def _check_names(reader: Reader, fields: tuple[Field, ...]) -> None:
    keys = list(_keys(fields))
    for key, count in Counter(keys).items():
        if count > 1:
            reader.fault(
                key,
                "form-duplicate-key",
                Sentence("%(count)s fields have the key %(key)s.", count=count, key=key),
                Sentence("Give each field a key of its own."),
            )
    for field in walk(fields):
        if field.type == "rows":
            _check_names(reader, field.fields)
        if field.holds_value or field.type in ("rows", "expression") or field.key:
            _check_key(reader, field)


def _keys(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        if field.key and field.type != "group":
            yield field.key
        if field.type == "group":
            yield from _keys(field.fields)


def _check_key(reader: Reader, field: Field) -> None:
    if field.key in RESERVED:
        reader.fault(
            field.key,
            "form-reserved-key",
            Sentence("The key %(key)s is reserved.", key=field.key),
            Sentence("Choose another key, for example %(key)s_value.", key=field.key),
        )
    elif not KEY.match(field.key) or len(field.key) > LONGEST_KEY:
        reader.fault(
            field.key,
            "form-key",
            Sentence("%(key)s cannot be a variable's name.", key=quoted(field.key)),
            Sentence("Begin with a letter and use letters, digits and _ only."),
        )


def _check_field(reader: Reader, field: Field) -> None:
    if not field.key and field.type not in (*STATIC, "group"):
        reader.fault(
            field.label,
            "form-key",
            Sentence("A field of type %(type)s has no key.", type=field.type),
            Sentence("Give it a key: the variable that it sets."),
        )
    if field.type in CHOICES:
        _check_choices(reader, field)
    if field.unit not in UNITS:
        reader.fault(
            field.key,
            "form-unit",
            Sentence("The unit %(unit)s is not known.", unit=quoted(field.unit)),
            Sentence("Use money, percent or integer, or leave it out."),
        )
    _check_bounds(reader, field)
    _check_expressions(reader, field)
    _check_pattern(reader, field)
    _check_labels(reader, field)


def _check_choices(reader: Reader, field: Field) -> None:
    told = any(one.rule == "form-options" and one.element == field.key for one in reader.findings)
    if not field.choices and not field.reference and not field.choices_from and not told:
        reader.fault(
            field.key,
            "form-options",
            Sentence("%(field)s has no options.", field=field.label),
            Sentence("Add options, or a reference property that names where they come from."),
        )
    repeated = [text for text, count in Counter(choice.text for choice in field.choices).items() if count > 1]
    if repeated:
        reader.fault(
            field.key,
            "form-options",
            Sentence("The option %(value)s is there twice.", value=repeated[0]),
            Sentence("Give every option a value of its own."),
        )


def _check_bounds(reader: Reader, field: Field) -> None:
    pairs = ((field.min_length, field.max_length), (_number(field.minimum), _number(field.maximum)))
    for low, high in pairs:
        if low is not None and high is not None and low > high:
            reader.fault(
                field.key,
                "form-bounds",
                Sentence("The smallest allowed value %(low)s is above the largest %(high)s.", low=low, high=high),
                Sentence("Swap the two, or remove one."),
            )
    if field.type == "number" and any(text and _number(text) is None for text in (field.minimum, field.maximum)):
        reader.fault(
            field.key,
            "form-bounds",
            Sentence("A bound of %(field)s is not a number.", field=field.label),
            Sentence("Write it as 0 or 100.5, or as FEEL in the property min or max."),
        )


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _check_expressions(reader: Reader, field: Field) -> None:
    texts = (
        field.hide_if,
        field.required_if,
        field.prefill,
        field.choices_from,
        field.minimum_if,
        field.maximum_if,
    )
    for text in filter(None, texts):
        try:
            compile_expression(text, ())
        except FeelSyntaxError as error:
            reader.fault(
                field.key or field.label,
                "form-expression",
                Sentence(
                    "The expression %(text)s cannot be read: %(reason)s.",
                    text=quoted(text),
                    reason=Sentence.of(error.placed),
                ),
                Sentence("Correct it; it must be FEEL."),
            )


def _check_pattern(reader: Reader, field: Field) -> None:
    if not field.pattern:
        return
    try:
        pattern = regex.compile(field.pattern)
    except regex.error as error:
        reader.fault(
            field.key,
            "form-pattern",
            Sentence(
                "The pattern %(pattern)s cannot be read from its sign %(place)s on.",
                pattern=quoted(field.pattern),
                place=cast(Any, error).pos + 1,
            ),
            Sentence("Correct the regular expression."),
        )
        return
    try:
        for probe in _PROBES:
            pattern.search(probe, timeout=PATTERN_SECONDS)
    except TimeoutError:
        reader.fault(
            field.key,
            "form-pattern",
            Sentence("The pattern %(pattern)s takes far too long on some texts.", pattern=quoted(field.pattern)),
            Sentence("Do not repeat a group that repeats itself, such as (a+)+."),
        )


def _check_labels(reader: Reader, field: Field) -> None:
    if field.holds_value and not field.labels.get("en"):
        reader.fault(
            field.key,
            "form-label",
            Sentence("%(field)s has no label.", field=field.key),
            Sentence("Say in a few words what is asked."),
            "warning",
        )
    named = [field.labels, field.descriptions, field.texts, *(choice.labels for choice in field.choices)]
    missing = next((names["en"] for names in named if "en" in names and CHINESE not in names), None)
    if missing is not None and field.type not in ("separator", "spacer"):
        reader.fault(
            field.key,
            "form-chinese",
            Sentence("%(text)s has no Chinese.", text=quoted(missing)),
            Sentence('Add "label:zh-Hans" (or "text:zh-Hans", "description:zh-Hans") beside it.'),
            "warning",
        )
    if field.type in MOMENTS and field.minimum:
        reader.fault(
            field.key,
            "form-bounds",
            Sentence("A date has its bounds as FEEL in the properties min and max."),
            Sentence("Move the bound there, for example =today()."),
        )
