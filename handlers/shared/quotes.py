"""The quote that a step is about."""

from __future__ import annotations

from typing import Any

from crm import quotes
from crm.errors import RecordNotFound
from crm.quotes import Quote
from crm.titles import both
from engine.contract import TaskContext


def quote_of(context: TaskContext[Any]) -> Quote:
    """The quote of the process; raises `RecordNotFound`."""
    number = context.variables.get("quote_number")
    if not number:
        raise RecordNotFound(record=both("the quote", "报价"))
    return quotes.get(context.session, str(number))
