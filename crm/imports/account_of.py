"""The account that a row of contacts or opportunities belongs to."""

from __future__ import annotations

from crm.imports.kinds import Reading
from crm.imports.lookups import FoundAccount
from crm.imports.refusals import Unfit
from crm.imports.staged import Setting


def account_of(reading: Reading, setting: Setting) -> FoundAccount | None:
    """By the id of the other system, else by name; None when it is wrong or missing, which the reading then says."""
    by_id, by_name = reading.text("account_id"), reading.text("account")
    if not by_id and not by_name:
        reading.wrong("account", "Expected an account, but the row names none.")
        return None
    refused: tuple[str, Unfit] | None = None
    for key, text, find in (
        ("account_id", by_id, setting.accounts.by_external_id),
        ("account", by_name, setting.accounts.by_name),
    ):
        if not text:
            continue
        try:
            return find(text)
        except Unfit as error:
            refused = (key, error)
    if refused is not None:
        reading.note_unfit(*refused)
    return None
