"""Gathers what the page of an account shows, within what its reader may see."""

from __future__ import annotations

from dataclasses import dataclass

from crm import access, account_plans, account_profiles, accounts, contacts, opportunity_search
from crm.account_plans import AccountPlan, PendedLine
from crm.account_profiles import AccountProfile
from crm.accounts import Account
from crm.contacts import Contact
from crm.opportunity_search import Filters, OpportunityPage
from engine import inbox, instances
from webapp.current import now, reader
from webapp.names import Names
from webapp.scopes import Seen, seen
from webapp.tables import Connection

DEALS = 100


@dataclass(frozen=True)
class AccountPage:
    """An account for one reader; of its opportunities only those that the reader may see."""

    account: Account
    record: Seen
    names: Names
    profile: AccountProfile | None
    contacts: tuple[Contact, ...]
    deals: OpportunityPage
    plan: AccountPlan | None
    pended: tuple[PendedLine, ...]
    runs: list[instances.InstanceRow]
    tasks: list[inbox.InboxRow]


def load(connection: Connection, number: str) -> AccountPage:
    """The page of an account; raises NotFound when it is missing or not visible to the reader."""
    record = seen(connection, f"account:{number}")
    account = accounts.get(connection, number)
    plan = account_plans.in_use(connection, account.id)
    visible = access.visible_opportunities(reader(connection))
    return AccountPage(
        account=account,
        record=record,
        names=Names(connection),
        profile=account_profiles.published(connection, account.id),
        contacts=contacts.listing(connection, account.id),
        deals=opportunity_search.search(connection, visible, Filters(account=number), limit=DEALS),
        plan=plan,
        pended=account_plans.pended(connection, plan.id) if plan else (),
        runs=instances.for_record(connection, record.business_key),
        tasks=inbox.of_record(connection, record.business_key, now()),
    )
