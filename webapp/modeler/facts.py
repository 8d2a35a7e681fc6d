"""The properties of decisions and fields that a change can touch, by their names for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from engine import dmn, forms
from webapp.layout import cell

Facts = Mapping[str, str]


def decision_facts(decision: dmn.Decision) -> Facts:
    """What is said about a decision apart from its rows."""
    return _filled(
        {
            **_texts(_("Called"), decision.names),
            _("Which rows count"): decision.hit_policy,
            _("Conditions"): ", ".join(f"{one.label or one.expression} ({one.expression})" for one in decision.inputs),
            _("Results"): ", ".join(one.name for one in decision.outputs),
            _("Expression"): "" if decision.table is not None else decision.expression,
        }
    )


def field_facts(field: forms.Field) -> Facts:
    """What is said about one field of a form."""
    choices = ", ".join(f"{choice.text} ({choice.labels.get('en', '')})" for choice in field.choices)
    return _filled(
        {
            **_texts(_("Label"), field.labels),
            **_texts(_("Help"), field.descriptions),
            **_texts(_("Text"), field.texts),
            _("Kind"): field.type,
            _("Required"): cell(True) if field.required else field.required_if,
            _("Hidden when"): field.hide_if,
            _("First value"): field.prefill or _shown(field.default),
            _("Read only"): cell(True) if field.read_only else "",
            _("Choices"): choices or field.choices_from or field.reference,
            _("Shows"): field.view,
            _("At least"): field.minimum or field.minimum_if,
            _("At most"): field.maximum or field.maximum_if,
            _("Length"): f"{_shown(field.min_length)}–{_shown(field.max_length)}" if _bounded(field) else "",
            _("Pattern"): field.pattern,
            _("Unit"): field.unit,
        }
    )


def _bounded(field: forms.Field) -> bool:
    return field.min_length is not None or field.max_length is not None


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _texts(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {name if language == "en" else f"{name} ({language})": text for language, text in texts.items()}


def _filled(facts: Mapping[str, str]) -> Facts:
    return {name: text for name, text in facts.items() if text}
