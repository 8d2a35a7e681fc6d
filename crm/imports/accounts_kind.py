"""Rows that become accounts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select

from crm import accounts
from crm.imports.kinds import Kind, Reading, Values, owner_of
from crm.imports.staged import Draft, Setting
from crm.tables import account, import_account
from crm.tables.imports import ACCOUNT_FIELDS

TAKEN = ("tax_id", "industry", "region", "size", "address", "phone", "website", "tier", "is_target", "prior_customer")


class AccountsKind(Kind):
    """Accounts: told apart by name; credit is good until somebody says otherwise."""

    key = "accounts"
    target = account
    waiting = import_account
    fields = ACCOUNT_FIELDS

    def given(self, draft: Draft, setting: Setting) -> Values:
        reading = Reading(draft)
        values = {key: draft.values[key] for key in (*TAKEN, "credit_standing") if key in draft.values}
        name = reading.text("name")
        if not name and "name" not in {one.column for one in draft.findings}:
            reading.wrong("name", "Expected a name, but the cell is empty.")
        if "credit_limit" in draft.values:
            values["credit_limit"] = draft.values["credit_limit"].value
        values |= {"name": name, "name_key": accounts.name_key(name)}
        if draft.values.get("owner") or setting.options.owner or setting.own_only:
            found = owner_of(reading, setting)
            if found is not None:
                values["owner"], values["org_unit_id"] = found
        reading.raise_if_wrong()
        return values

    def natural(self, values: Mapping[str, Any]) -> Hashable:
        return str(values["name_key"])

    def alike(self, given: Sequence[Values]) -> Select[Any]:
        return self.existing().where(account.c.name_key.in_({one["name_key"] for one in given}))

    def lacks(self, given: Values) -> tuple[str, str] | None:
        if "owner" in given:
            return None
        template = "Expected an owner, but the row names none. Choose one for the whole import."
        return "owner", template

    def created(self, given: Values, setting: Setting) -> Values:
        neutral = {"credit_standing": "good", "is_target": False, "prior_customer": False}
        return {**dict.fromkeys(self.fields), **neutral, **given}
