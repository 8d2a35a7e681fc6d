"""The steps of 3.3.4.2.1 Open Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.open_sales_call import adjust_agenda, confirm_attendance, load_context, log_opening, open_conversation

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    confirm_attendance.confirm_attendance,
    open_conversation.open_conversation,
    adjust_agenda.adjust_agenda,
    log_opening.log_opening,
)
