"""The steps of 3.3.4.2.2 Execute Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.execute_sales_call import (
    bring_expert,
    explore_needs,
    handle_concerns,
    load_context,
    present_value,
    qualify_on_call,
    suggest_commitment,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    explore_needs.explore_needs,
    qualify_on_call.qualify_on_call,
    present_value.present_value,
    handle_concerns.handle_concerns,
    bring_expert.bring_expert,
    suggest_commitment.suggest_commitment,
)
