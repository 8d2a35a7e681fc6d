"""Remind rep: the report is a day late."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("document_sales_call_results.remind_report")
@automatic
def remind_report(context: TaskContext[Any]) -> Outcome:
    """The report itself stays with the rep."""
    call = calls.call_of(context)
    customer = calls.customer_of(context, call)
    text = Sentence(
        "Please write the report on %(number)s at %(customer)s.", number=call.number, customer=customer.name
    )
    return Done({}, notices=[Notice(call.owner, None, text)])
