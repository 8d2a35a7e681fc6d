"""The targeting round that a process works on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import account_scoring, targeting, thresholds
from crm.account_scoring import Scored
from crm.accounts import Account
from crm.targeting import Candidate, Round
from engine.contract import TaskContext
from handlers.shared import subject


def round_of(context: TaskContext[Any]) -> Round:
    """The round that this process opened; raises `RecordNotFound`."""
    return targeting.get(context.session, str(context.variables.get("round_number")))


def candidate_of(context: TaskContext[Any], current: Round, account_number: str) -> Candidate | None:
    """The candidate for an account in a round, or None."""
    return targeting.candidate_for(context.session, current.id, account_number)


def actor_of(context: TaskContext[Any], current: Round) -> str:
    """Who did it: the person whose command runs, else (a timer, a retry) the round's owner."""
    return context.actor or current.owner


def scored(context: TaskContext[Any], current: Round, customer: Account) -> Scored:
    """The scores of an account by the weights of a round."""
    large: Decimal = thresholds.in_force(context.session, context.now).limits["limit_strategic"]
    today = subject.today(context, current.owner)
    return account_scoring.scored(context.session, customer, current.weight_of, today=today, large=large)
