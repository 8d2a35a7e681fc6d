"""The steps of Quote Approval, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.quote_approval import (
    approve_quote,
    expire_quote,
    load_context,
    prepare_quote,
    price_quote,
    record_customer_answer,
    release_quote,
    route_quote,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    prepare_quote.prepare_quote,
    price_quote.price_quote,
    route_quote.route_quote,
    approve_quote.approve_quote,
    release_quote.release_quote,
    record_customer_answer.record_customer_answer,
    expire_quote.expire_quote,
)
