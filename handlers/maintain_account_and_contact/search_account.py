"""Search: the customers in use that may be meant."""

from __future__ import annotations

from typing import Any

from crm import account_matching, verification
from crm.accounts import Account
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic


@handler("maintain_account_and_contact.search_account")
@automatic
def search_account(context: TaskContext[Any]) -> Outcome:
    """Sets match_count and account_choices (by name, tax number, phone); a customer known by name only is no match."""
    said = context.variables
    found = account_matching.candidates(
        context.session, name=said.get("customer_name"), tax_id=said.get("tax_id"), phone=said.get("phone")
    )
    matches = [one for one in found if not (one.number == said.get("account_number") and verification.is_shell(one))]
    choices = [{"value": f"account:{one.number}", "label": _label(one)} for one in matches]
    return Done({"match_count": len(matches), "account_choices": choices})


def _label(customer: Account) -> str:
    return " · ".join(filter(None, (customer.number, customer.name, customer.region)))
