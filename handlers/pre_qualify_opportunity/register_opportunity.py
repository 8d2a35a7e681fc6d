"""Register opportunity: a draft with its customer, which may be new and known by name only."""

from __future__ import annotations

from typing import Any

from crm import accounts, opportunities
from crm.accounts import Account
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared import customers, registering, subject
from handlers.shared.outcomes import completion


@handler("pre_qualify_opportunity.register_opportunity")
@completion
def register_opportunity(context: TaskContext[Any]) -> Outcome:
    """From here on the process is about this opportunity."""
    form, by = context.form, subject.doer(context)
    person = registering.contact_of(context)
    if errors := registering.misfits(context, person):
        return Refuse(errors)
    customer = _customer(context, by)
    fields = {
        "name": form["name"],
        "account_id": customer.id,
        "primary_contact_id": person.id if person else None,
        "source": registering.SOURCES.get(form["source"], form["source"]),
        "need": form["need"],
        "amount": form["est_amount"],
        "expected_close_date": form["est_close_date"],
        "sales_mode": form["sales_mode"],
        "rfp": bool(form.get("rfp")),
        "rfp_due_date": form.get("rfp_due_date"),
    }
    deal = _kept(context, fields, by)
    known = {**subject.naming(deal, customer), "amount_base": deal.amount_base}
    return Done(known, business_key=deal.business_key)


def _customer(context: TaskContext[Any], by: str) -> Account:
    chosen = context.form.get("account")
    if chosen:
        return accounts.get(context.session, customers.number_of(chosen))
    name, owner = context.form["new_account_name"], str(context.variables.get("owner") or by)
    return accounts.create(context.session, name, owner, by=by, at=context.now, status="provisional")


def _kept(context: TaskContext[Any], fields: dict[str, Any], by: str) -> Opportunity:
    kind, number = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY:
        there = opportunities.get(context.session, number)
        return opportunities.change(context.session, there, fields, by=by, at=context.now)
    name, account_id = fields.pop("name"), fields.pop("account_id")
    owner = str(context.variables.get("owner") or by)
    return opportunities.create(context.session, name, account_id, owner, by=by, at=context.now, **fields)
