"""The account plan that a process works on: finding it, naming it, and who acts for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from crm import account_plans, accounts, states
from crm.account_plans import AccountPlan
from crm.accounts import Account
from crm.errors import RecordNotFound
from crm.rows import stored
from crm.titles import both
from engine.contract import TaskContext
from handlers.shared import subject
from handlers.shared.customers import ACCOUNT_PLAN, customer_of, naming

TIERS = ("KEY", "GROWTH", "MAINTAIN", "SELECTIVE", "OPPORTUNISTIC")
SHORT = "short"
Finder = Callable[[Any, int], AccountPlan | None]


def plan_of(context: TaskContext[Any], found_by: Finder = account_plans.current) -> AccountPlan:
    """The plan a process is about; raises `RecordNotFound`.

    Of an account, it is the plan that the process has named, else what `found_by` finds: the newest that has not
    ended, or the one in use.
    """
    kind, number = subject.kind_and_number(context)
    named = number if kind == ACCOUNT_PLAN else context.variables.get("plan_number")
    if named:
        return account_plans.get(context.session, str(named))
    customer = customer_of(context)
    found = found_by(context.session, customer.id)
    if found is None:
        raise RecordNotFound(
            record=both(
                f"an account plan of {customer.number} {customer.name}", f"{customer.number} {customer.name} 的客户计划"
            )
        )
    return found


def plan_in_force(context: TaskContext[Any]) -> AccountPlan:
    """The plan a process is about, which must be approved or in force; raises `RecordNotFound`."""
    plan = plan_of(context, account_plans.in_use)
    if plan.status not in account_plans.IN_USE:
        stands = states.ACCOUNT_PLAN.named(plan.status)
        raise RecordNotFound(
            record=both(
                f"a plan in force, but {plan.number} is “{stands['en']}”",
                f"执行中的计划，但 {plan.number} 的状态是“{stands['zh-Hans']}”",
            )
        )
    return plan


def account_of(context: TaskContext[Any], plan: AccountPlan) -> Account:
    """The account that a plan is for."""
    return accounts.by_id(context.session, plan.account_id)


def plan_naming(plan: AccountPlan, customer: Account) -> dict[str, Any]:
    """The variables by which people recognise a plan in lists and forms; the owner is the plan's."""
    return {**naming(customer), "owner": plan.owner, "plan_number": plan.number, "plan_period": plan.period}


def planner(context: TaskContext[Any], plan: AccountPlan) -> str:
    """Who did it: the person whose command runs, else (a timer, a retry) the plan's owner."""
    return context.actor or plan.owner


def write(context: TaskContext[Any], plan: AccountPlan, **changes: Any) -> AccountPlan:
    """Changes the plan as the person or timer that runs this step."""
    return account_plans.change(context.session, plan, changes, by=planner(context, plan), at=context.now)


def kept_lists(context: TaskContext[Any], plan: AccountPlan, *names: str) -> AccountPlan:
    """Keeps the lists and texts of a form in the plan's columns of the same names."""
    return write(context, plan, **{name: stored(context.form.get(name)) for name in names})


def invite(context: TaskContext[Any], plan: AccountPlan, logins: Iterable[str]) -> None:
    """Lets people who work on a plan into the team of its account."""
    today, by = subject.today(context, plan.owner), planner(context, plan)
    customer = account_of(context, plan)
    accounts.join_team(context.session, customer, logins, valid_from=today, by=by, at=context.now)
