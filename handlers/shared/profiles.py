"""The account profile that a process works on: its draft, and what the forms write to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm import account_profiles, relationships
from crm.account_profiles import AccountProfile
from crm.accounts import Account
from crm.rows import stored
from engine.contract import TaskContext
from handlers.shared.customers import doer

# Fields of the forms that the record calls otherwise.
COLUMNS = {"strategy_initiatives": "initiatives", "industry_trends": "trends", "competitors_present": "competitors"}
ASKED = (
    "business_summary",
    "strategy_initiatives",
    "size",
    "ownership",
    "locations",
    "fiscal_year_end",
    "buying_centres",
    "industry_trends",
    "competitors_present",
    "news",
    "share_of_wallet_pct",
    "installed_products",
    "satisfaction",
    "issues",
    "white_space",
)


def draft_of(context: TaskContext[Any], customer: Account) -> AccountProfile:
    """The draft of the account's next profile version."""
    by = doer(context, customer)
    return account_profiles.draft(context.session, customer.id, by=by, at=context.now)


def shown(profile: AccountProfile) -> dict[str, Any]:
    """The variables that the forms begin with: what the draft says so far."""
    return {name: getattr(profile, COLUMNS.get(name, name)) for name in ASKED}


def mapped_contacts(context: TaskContext[Any], customer: Account) -> list[dict[str, Any]]:
    """The relationships with an account as rows of the form."""
    return [
        {
            "contact": f"contact:{each.contact_number}",
            "buying_role": each.buying_role,
            "influence": each.influence,
            "stance": each.stance,
            "our_owner": each.our_owner,
            "strength": each.strength,
            "last_contact": each.last_contact,
        }
        for each in relationships.of_account(context.session, customer.id)
    ]


def write(context: TaskContext[Any], customer: Account, names: Iterable[str] = ASKED) -> AccountProfile:
    """Keeps the answers of a form in the draft."""
    changes = {COLUMNS.get(name, name): stored(context.form[name]) for name in names if name in context.form}
    by = doer(context, customer)
    draft = draft_of(context, customer)
    if not changes:
        return draft
    if "share_of_wallet_pct" in changes:
        changes["share_of_wallet_pct"] = context.form["share_of_wallet_pct"]
    return account_profiles.change(context.session, draft, changes, by=by, at=context.now)
