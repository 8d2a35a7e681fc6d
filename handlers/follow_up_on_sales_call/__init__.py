"""The steps of 3.3.4.3.1 Follow Up on Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.follow_up_on_sales_call import (
    check_customer_side,
    close_call_record,
    create_follow_ups,
    do_follow_ups,
    escalate_follow_up,
    load_context,
    send_summary,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    create_follow_ups.create_follow_ups,
    send_summary.send_summary,
    do_follow_ups.do_follow_ups,
    escalate_follow_up.escalate_follow_up,
    check_customer_side.check_customer_side,
    close_call_record.close_call_record,
)
