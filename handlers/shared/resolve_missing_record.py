"""Resolve a missing record: link an existing one, have one created, or give up."""

from __future__ import annotations

from typing import Any

from crm import access
from crm.errors import RecordNotFound
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.outcomes import completion, sentence
from handlers.shared.subject import kind_and_number

FIELD = "record_ref"


@handler("shared.resolve_missing_record")
@completion
def resolve_missing_record(context: TaskContext[Any]) -> Outcome:
    """Checks that the record to link exists; the next loading of the context then finds it.

    The reference is a number (OPP-1042, ACC-0007) or a key (opportunity:OPP-1042) of the kind
    that the instance is about.
    """
    if context.form.get("resolution") != "link_existing":
        return Done({})
    kind, _ = kind_and_number(context)
    number = str(context.form.get(FIELD) or "").strip().removeprefix(f"{kind}:").upper()
    key = f"{kind}:{number}"
    if not access.exists(context.session, key):
        return Refuse({FIELD: sentence(RecordNotFound(record=key))})
    return Done({"business_record": key})
