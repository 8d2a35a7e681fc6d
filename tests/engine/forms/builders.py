"""Small form-js schemas for the tests."""

import json
from datetime import UTC, datetime
from typing import Any

from engine.core import Option
from engine.forms import Form, parse_form, validate

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def schema(*components: dict[str, Any]) -> bytes:
    return json.dumps({"type": "default", "schemaVersion": 18, "components": list(components)}).encode()


def a_form(*components: dict[str, Any]) -> Form:
    return parse_form(schema(*components), "test.form")


def a_field(key: str, kind: str = "textfield", **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": key.title(), "label:zh-Hans": "字段", **more}


def reasons(reference: str, variables: Any) -> list[Option]:
    if reference != "reason_code:disqualify":
        return []
    return [Option("Q01", {"en": "no need", "zh-Hans": "无需求"}), Option("Q02", {"en": "no budget"})]


def answer(components: list[dict[str, Any]], raw: dict[str, Any], **variables: Any) -> dict[str, Any]:
    return validate(a_form(*components), raw, variables, reasons, NOW)
