"""The panels beside the forms of account planning: the account, our history with it, its profile and its plan."""

from __future__ import annotations

from crm import access, account_history, account_plans, account_profiles, accounts, opportunities, relationships
from crm.accounts import Account
from crm.panels import Asked, Panel, Panels, share


def customer(asked: Asked) -> Account:
    """The account a form is about: the record's own, or the one the process names; raises `RecordNotFound`."""
    kind, connection = asked.business_key.partition(":")[0], asked.connection
    if kind == "account":
        return accounts.get(connection, asked.number)
    if kind == "account_plan":
        return accounts.by_id(connection, account_plans.get(connection, asked.number).account_id)
    if kind == "opportunity":
        return accounts.by_id(connection, opportunities.get(connection, asked.number).account_id)
    return accounts.get(connection, str(asked.variables.get("account_number")))


def _basics(asked: Asked) -> Panel:
    found = customer(asked)
    facts: list[tuple[str, object]] = [
        ("Customer", f"{found.number} {found.name}"),
        ("Owner", found.owner),
        ("Industry", found.industry),
        ("Region", found.region),
        ("Segment", found.segment),
        ("Tier", found.tier),
    ]
    if "credit_standing" not in access.hidden_fields(asked.who, found.owner):
        facts.append(("Credit standing", found.credit_standing))
    return Panel("The account", tuple(facts))


def _history(asked: Asked) -> Panel:
    found = account_history.gathered(asked.connection, customer(asked))
    hidden = asked.who.roles <= {"team", "mkt", "anl"}
    rows = tuple((year["year"], year["revenue"], None if hidden else year["margin"]) for year in found["years"])
    facts = (
        ("Products bought", ", ".join(found["products"]) or None),
        ("Open opportunities", ", ".join(f"{one['number']} {one['name']}" for one in found["open"]) or None),
    )
    return Panel("Our history", facts, ("Year", "Revenue", "Margin"), rows, "Nothing was won here yet.")


def _profile(asked: Asked) -> Panel:
    found = account_profiles.published(asked.connection, customer(asked).id)
    if found is None:
        return Panel("Account profile", empty="This account has no published profile yet.")
    facts = (
        ("Version", found.version),
        ("Valid until", found.valid_until),
        ("Business summary", found.business_summary),
        ("Industry trends", found.trends),
        ("Share of wallet", share(found.share_of_wallet_pct)),
        ("Satisfaction", found.satisfaction),
        ("Open issues", found.issues),
        ("Completeness", share(found.completeness_pct)),
    )
    rows = tuple((row.get("initiative"), row.get("driver"), row.get("timing")) for row in found.initiatives or [])
    return Panel("Account profile", facts, ("Initiative", "Driver", "Timing"), rows)


def _contacts(asked: Asked) -> Panel:
    found = relationships.of_account(asked.connection, customer(asked).id)
    columns = ("Contact", "Part in buying", "Influence", "Stance", "Our person", "Strength", "Last contact")
    rows = tuple(
        (one.contact_name, one.buying_role, one.influence, one.stance, one.our_owner, one.strength, one.last_contact)
        for one in found
    )
    return Panel("Contacts and relationships", (), columns, rows, "No relationship is mapped yet.")


def _power_map(asked: Asked) -> Panel:
    found = relationships.power_map(asked.connection, customer(asked).id)
    rows = tuple((link.source, link.type, link.target, link.strength, link.dated) for link in found)
    columns = ("Contact", "Link", "To", "Strength", "Seen on")
    return Panel("Power map", (), columns, rows, "No link between contacts is mapped yet.")


PANELS: Panels = {
    "account_basics": _basics,
    "account_contacts": _contacts,
    "account_history": _history,
    "account_power_map": _power_map,
    "published_profile": _profile,
}
