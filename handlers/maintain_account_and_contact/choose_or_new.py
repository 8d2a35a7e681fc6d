"""Choose or create: one of the candidates is meant, or it really is a new customer."""

from __future__ import annotations

from typing import Any

from crm import account_merging, accounts
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import customers
from handlers.shared.outcomes import completion
from handlers.shared.turning import shell_of, turn_to_account


@handler("maintain_account_and_contact.choose_or_new")
@completion
def choose_or_new(context: TaskContext[Any]) -> Outcome:
    """What hung on a customer known by name only goes over to the one that was chosen."""
    if context.form["create_new"]:
        return Done({"account": None})
    if not context.form.get("account"):
        return Refuse({"account": Sentence("Choose the customer that is meant, or say that it is a new one.")})
    chosen = accounts.get(context.session, customers.number_of(context.form["account"]))
    shell = shell_of(context)
    if shell is not None and shell.id != chosen.id:
        by = customers.doer(context, chosen)
        account_merging.merge(context.session, shell, chosen, by=by, at=context.now)
    return turn_to_account(context, chosen, {"contact": None})
