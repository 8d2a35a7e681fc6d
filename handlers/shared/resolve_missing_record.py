"""Resolve a missing record: link an existing one, have one created, or give up."""

from __future__ import annotations

from typing import Any

from crm import accounts, opportunities
from crm.errors import RecordNotFound
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.outcomes import completion, sentence
from handlers.shared.subject import ACCOUNT, OPPORTUNITY, business_record

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
    kind = business_record(context).partition(":")[0]
    number = str(context.form.get(FIELD) or "").strip().removeprefix(f"{kind}:").upper()
    try:
        _find(context, kind, number)
    except RecordNotFound as error:
        return Refuse({FIELD: sentence(error)})
    return Done({"business_record": f"{kind}:{number}"})


def _find(context: TaskContext[Any], kind: str, number: str) -> None:
    if kind == OPPORTUNITY:
        opportunities.get(context.session, number)
    elif kind == ACCOUNT:
        accounts.get(context.session, number)
    else:
        raise RecordNotFound(record=f"{kind}:{number}")
