"""Rows that become contacts of accounts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select

from crm.imports.account_of import account_of
from crm.imports.kinds import Kind, Reading, Values
from crm.imports.staged import Draft, Setting
from crm.tables import account, contact, import_contact
from crm.tables.imports import CONTACT_FIELDS


class ContactsKind(Kind):
    """Contacts: told apart by account and e-mail, or account and name."""

    key = "contacts"
    target = contact
    waiting = import_contact
    fields = (*CONTACT_FIELDS, "account_id")

    def given(self, draft: Draft, setting: Setting) -> Values:
        reading = Reading(draft)
        values = {key: draft.values[key] for key in ("title", "department", "email", "consent") if key in draft.values}
        name = reading.text("name") or _whole_name(reading.text("first_name"), reading.text("last_name"))
        if not name:
            reading.wrong("name", "Expected a name, but the cell is empty.")
        phone = reading.text("phone") or reading.text("mobile")
        if phone:
            values["phone"] = phone
        found = account_of(reading, setting)
        if found is not None:
            values["account_id"] = found.id
            if setting.own_only and found.owner != setting.who.login:
                key = "account" if reading.text("account") else "account_id"
                reading.wrong(key, "Expected an account of your own, because you may import contacts only for those.")
        values["name"] = name
        reading.raise_if_wrong()
        return values

    def natural(self, values: Mapping[str, Any]) -> Hashable:
        return values["account_id"], str(values.get("email") or values["name"]).casefold()

    def alike(self, given: Sequence[Values]) -> Select[Any]:
        return self.existing().where(contact.c.account_id.in_({one["account_id"] for one in given}))

    def existing(self) -> Select[Any]:
        """With the owner of the account, who decides about its contacts."""
        query = super().existing().add_columns(account.c.owner)
        return query.join(account, account.c.id == contact.c.account_id)

    def lacks(self, given: Values) -> tuple[str, str] | None:
        if given.get("phone") or given.get("email"):
            return None
        template = "Expected a phone number or an e-mail, but the row has neither."
        return "phone", template

    def created(self, given: Values, setting: Setting) -> Values:
        return {**dict.fromkeys(self.fields), "consent": False, **given}


def _whole_name(first: str, last: str) -> str:
    """Chinese names have the family name first, without a space."""
    if first and last and not (first + last).isascii() and len(first + last) <= 6:
        return f"{last}{first}"
    return f"{first} {last}".strip()
