"""The steps of 3.3.4.2.3 Close Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.close_sales_call import (
    agree_next_steps,
    ask_commitment,
    end_call,
    load_context,
    offer_fallback,
    probe_reason,
    summarise,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    summarise.summarise,
    ask_commitment.ask_commitment,
    offer_fallback.offer_fallback,
    probe_reason.probe_reason,
    agree_next_steps.agree_next_steps,
    end_call.end_call,
)
