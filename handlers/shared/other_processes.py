"""What else runs about a record beside the process of a step, and ending it (catalogue 0.1: CX)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.contract import Message, RunningFigure, TaskContext

WITHDRAWN = "record_withdrawn"


def about(context: TaskContext[Any], business_key: str) -> list[RunningFigure]:
    """The other instances that run about a record."""
    found = context.figures.running(business_key) if context.figures else ()
    return [one for one in found if one.instance_id != context.instance_id]


def withdrawals(context: TaskContext[Any], business_key: str, payload: Mapping[str, Any]) -> list[Message]:
    """The messages that end them; `payload` says why, in their histories."""
    return [Message(WITHDRAWN, business_key, payload, one.instance_id) for one in about(context, business_key)]
