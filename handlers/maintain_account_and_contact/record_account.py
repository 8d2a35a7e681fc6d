"""Record account: a new customer, or the rest of one known by name only."""

from __future__ import annotations

from typing import Any

from crm import account_matching, accounts
from crm.accounts import Account
from engine.contract import Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion
from handlers.shared.turning import shell_of, turn_to_account

FIELDS = ("name", "tax_id", "industry", "region", "size", "address", "phone", "website", "owner")


@handler("maintain_account_and_contact.record_account")
@completion
def record_account(context: TaskContext[Any]) -> Outcome:
    """Refuses a customer that is there already: the same tax number, or the same name in the same region."""
    fields: dict[str, Any] = {name: context.form.get(name) for name in FIELDS}
    shell = shell_of(context)
    refused = _twice(context, fields, shell)
    if refused is not None:
        return refused
    by, at = subject.doer(context), context.now
    if shell is not None:
        customer = accounts.change(context.session, shell, fields, by=by, at=at)
    else:
        name, owner = fields.pop("name"), fields.pop("owner")
        customer = accounts.create(context.session, name, owner, by=by, at=at, status="provisional", **fields)
    return turn_to_account(context, customer, {})


def _twice(context: TaskContext[Any], fields: dict[str, Any], shell: Account | None) -> Refuse | None:
    for field, found in (
        ("tax_id", account_matching.candidates(context.session, tax_id=fields["tax_id"])),
        ("name", account_matching.same_in_region(context.session, fields["name"], fields["region"])),
    ):
        others = [one for one in found if shell is None or one.id != shell.id]
        if others:
            text = "Expected a new customer, but %(number)s %(name)s is there already. Correct this field."
            return Refuse({field: Sentence(text, number=others[0].number, name=others[0].name)})
    return None
