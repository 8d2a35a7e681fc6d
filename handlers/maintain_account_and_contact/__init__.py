"""The steps of Maintain Account and Contact, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.maintain_account_and_contact import (
    choose_or_new,
    load_context,
    queue_verification,
    record_account,
    record_contact,
    search_account,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    search_account.search_account,
    choose_or_new.choose_or_new,
    record_account.record_account,
    record_contact.record_contact,
    queue_verification.queue_verification,
)
