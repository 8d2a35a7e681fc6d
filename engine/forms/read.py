"""Reads a form-js schema into a `Form`, with a finding for everything that is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from engine.errors import Finding, Rejected, Sentence
from engine.feel import wrap
from engine.files import Unreadable
from engine.forms.json_text import json_of, text_of
from engine.forms.model import CONTAINERS, MOMENTS, Choice, Field, Form, Names
from engine.forms.vocabulary import CHINESE, IGNORED, TYPES

DEEPEST = 10
MOST_FIELDS = 500
_SAVE = Sentence("Save it with the form editor as form-js JSON.")


_WHOLE, _NUMBER = Sentence("a whole number"), Sentence("a number")
_CHECKS: dict[str, tuple[Any, Sentence]] = {
    "validate": (dict, Sentence("an object")),
    "required": (bool, Sentence("true or false")),
    "minLength": (int, _WHOLE),
    "maxLength": (int, _WHOLE),
    "min": (int | float | str, _NUMBER),
    "max": (int | float | str, _NUMBER),
    "pattern": (str, Sentence("a text")),
}


class Reader:
    """Reads one file; `findings` collects what is wrong while `form` goes on reading."""

    def __init__(self, schema: bytes, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._schema = schema
        self._text = ""
        self._count = 0

    def form(self) -> Form | None:
        """The form, or None when the file is no form at all."""
        tree = self._tree()
        if tree is None:
            return None
        return Form(self.file, self._components(tree.get("components"), "", 0))

    def fault(self, element: str, rule: str, message: Sentence, remedy: Sentence, severity: str = "error") -> None:
        """Notes one thing that is wrong."""
        self.findings.append(Finding(self.file, element, self.line_of(element), rule, message, remedy, severity))

    def line_of(self, element: str) -> int:
        """The line where a key or path stands, counted from 1; 0 when it cannot be found."""
        if not element:
            return 0
        found = re.search(rf'"(?:key|path|id)"\s*:\s*"{re.escape(element)}"', self._text)
        return self._text.count("\n", 0, found.start()) + 1 if found else 0

    def _tree(self) -> Mapping[str, Any] | None:
        try:
            self._text = text_of(self._schema)
            tree = json_of(self._text)
        except Unreadable as problem:
            self._no_form(problem.message)
            return None
        if not isinstance(tree, dict) or not isinstance(tree.get("components"), list):
            self._no_form(Sentence("The file has no list of components."))
            return None
        return tree

    def _no_form(self, message: Sentence) -> None:
        self.fault("", "form-json", message, _SAVE)

    def _components(self, components: Any, inside: str, depth: int) -> tuple[Field, ...]:
        if not isinstance(components, list):
            self.fault(
                inside,
                "form-json",
                Sentence("The components are not a list."),
                Sentence("Write them as a JSON list."),
            )
            return ()
        if depth > DEEPEST:
            self.fault(
                inside,
                "form-size",
                Sentence("Groups are nested more than %(most)s deep.", most=DEEPEST),
                Sentence("Flatten the form."),
            )
            return ()
        fields = [self._component(each, inside, depth) for each in components]
        return tuple(each for each in fields if each is not None)

    def _component(self, component: Any, inside: str, depth: int) -> Field | None:
        kind = component.get("type") if isinstance(component, dict) else None
        if isinstance(kind, str) and kind in IGNORED:
            return None
        if not isinstance(component, dict) or not isinstance(kind, str) or kind not in TYPES:
            name = _name(component.get("key") or component.get("id")) if isinstance(component, dict) else inside
            self.fault(
                name,
                "form-type",
                Sentence(
                    "The component type %(type)s is not known here.",
                    type=_written(kind) if kind else Sentence("(empty)"),
                ),
                Sentence("Use one of: %(types)s.", types=", ".join(sorted(TYPES))),
            )
            return None
        self._count += 1
        if self._count == MOST_FIELDS + 1:
            self.fault(
                "",
                "form-size",
                Sentence("The form has more than %(most)s fields.", most=MOST_FIELDS),
                Sentence("Split it into several steps."),
            )
        return self._field(component, depth) if self._count <= MOST_FIELDS else None

    def _field(self, component: Mapping[str, Any], depth: int) -> Field:
        kind = _type(component)
        key = _name(component.get("path" if kind in CONTAINERS else "key"))
        inner = self._components(component.get("components"), key, depth + 1) if kind in CONTAINERS else ()
        checks = self._checks(component, key)
        extra = {name: str(value) for name, value in _mapping(component.get("properties")).items()}
        read_only = component.get("readonly") is True or component.get("disabled") is True
        return Field(
            key=key,
            type=kind,
            labels=_names(component, "dateLabel" if kind in MOMENTS and "label" not in component else "label"),
            descriptions=_names(component, "description"),
            texts=_names(component, "text"),
            required=checks.get("required") is True or extra.get("required") == "true",
            required_if=wrap(extra.get("required_if", "")),
            hide_if=wrap(str(_mapping(component.get("conditional")).get("hide") or "")),
            prefill=_prefill(component, kind, extra),
            read_only=read_only,
            default=component.get("defaultValue"),
            choices=self._choices(component, key),
            choices_from=wrap(str(component.get("valuesExpression") or component.get("valuesKey") or "")),
            reference=extra.get("reference", ""),
            view=extra.get("view", ""),
            unit=extra.get("unit", ""),
            decimals=_whole(component.get("decimalDigits")),
            minimum=_text(checks.get("min")),
            maximum=_text(checks.get("max")),
            minimum_if=wrap(extra.get("min", "")),
            maximum_if=wrap(extra.get("max", "")),
            min_length=_whole(checks.get("minLength")),
            max_length=_whole(checks.get("maxLength")),
            pattern=_text(checks.get("pattern")),
            format=_text(checks.get("validationType")),
            fixed_rows=component.get("allowAddRemove") is False,
            fields=inner,
            line=self.line_of(key),
        )

    def _checks(self, component: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """What an answer has to be; a finding for what would be passed over because of its type."""
        checks = component.get("validate") or {}
        if not isinstance(checks, dict):
            checks = {"validate": checks}
        for name, value in checks.items():
            kinds, wanted = _CHECKS.get(name, (object, Sentence("a value")))
            if value not in (None, "") and (not isinstance(value, kinds) or (value is True and kinds is not bool)):
                self.fault(
                    key,
                    "form-bounds",
                    Sentence(
                        "Expected %(name)s to be %(wanted)s, but it is: %(value)s.",
                        name=name,
                        wanted=wanted,
                        value=_written(value),
                    ),
                    Sentence("Correct it in the form editor."),
                )
        return checks

    def _choices(self, component: Mapping[str, Any], key: str) -> tuple[Choice, ...]:
        values = component.get("values", [])
        if isinstance(values, list) and all(isinstance(each, dict) and "value" in each for each in values):
            return tuple(Choice(each["value"], _names(each, "label")) for each in values)
        self.fault(
            key,
            "form-options",
            Sentence("The options are not a list of labels and values."),
            Sentence('Write each as {"label": "High", "label:zh-Hans": "高", "value": "high"}.'),
        )
        return ()


def parse_form(schema: bytes, file: str) -> Form:
    """The form in a form-js schema; raises Rejected with every finding when it is not one.

    Whether names, expressions and patterns in it are sound is the business of `check_form`.
    """
    reader = Reader(schema, file)
    form = reader.form()
    if form is None or reader.findings:
        raise Rejected(reader.findings)
    return form


def _type(component: Mapping[str, Any]) -> str:
    kind = TYPES[component["type"]]
    if kind == "datetime":
        subtype = component.get("subtype", "datetime")
        return subtype if subtype in MOMENTS else "datetime"
    if kind == "static" and _mapping(component.get("properties")).get("view"):
        return "view"
    return kind


def _prefill(component: Mapping[str, Any], kind: str, extra: Mapping[str, str]) -> str:
    """What fills the field at first; for a computed field, its expression."""
    return wrap(str(component.get("expression") or "") if kind == "expression" else extra.get("prefill", ""))


def _names(component: Mapping[str, Any], name: str) -> Names:
    found = {"en": component.get(name), CHINESE: component.get(f"{name}:{CHINESE}")}
    return {language: str(text) for language, text in found.items() if text}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _name(value: Any) -> str:
    """A text or number as a name; nothing else is one."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _written(value: Any) -> str:
    """The beginning of a value, as the file writes it; a text without its quotes."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:80]


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) else str(value)
