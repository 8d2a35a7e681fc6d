"""Map contacts and relationships: who plays which part in buying, and who of us knows them how well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import contacts, relationships
from crm.accounts import Account
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.customers import customer_of, doer, number_of
from handlers.shared.outcomes import completion

ROWS = "contacts"


@handler("develop_account_profile.map_contacts")
@completion
def map_contacts(context: TaskContext[Any]) -> Outcome:
    """Writes the contacts and our relationships with them; one of us and one contact may stand together once only."""
    customer, rows = customer_of(context), context.form[ROWS]
    if twice := _twice(rows):
        return Refuse(twice)
    for row in rows:
        _write(context, customer, row)
    return Done({})


def _twice(rows: list[Mapping[str, Any]]) -> dict[str, Sentence]:
    seen, errors = set(), {}
    for index, row in enumerate(rows):
        pair = (row["contact"], row["our_owner"])
        if pair in seen:
            errors[f"{ROWS}.{index}.our_owner"] = Sentence(
                "Expected each of us once per contact, but this is a repeat."
            )
        seen.add(pair)
    return errors


def _write(context: TaskContext[Any], customer: Account, row: Mapping[str, Any]) -> None:
    by = doer(context, customer)
    person = contacts.get(context.session, number_of(row["contact"]))
    part = {name: row[name] for name in ("buying_role", "influence", "stance")}
    if any(getattr(person, name) != value for name, value in part.items()):
        contacts.change(context.session, person, part, by=by, at=context.now)
    known = {"strength": row["strength"], "last_contact": row.get("last_contact")}
    relationships.put(context.session, customer.id, person.id, row["our_owner"], by=by, at=context.now, **known)
