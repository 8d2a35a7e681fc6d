"""The steps of 3.3.4.1.1 Schedule Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.schedule_sales_call import (
    book_call,
    cancel_request,
    check_conflicts,
    choose_purpose,
    coordinate,
    load_context,
    record_answer,
    request_appointment,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    choose_purpose.choose_purpose,
    check_conflicts.check_conflicts,
    coordinate.coordinate,
    request_appointment.request_appointment,
    record_answer.record_answer,
    book_call.book_call,
    cancel_request.cancel_request,
)
