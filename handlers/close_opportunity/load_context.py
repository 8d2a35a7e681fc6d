"""Load opportunity, quotes, competitors: its size and team, and how the end was proposed."""

from __future__ import annotations

from typing import Any

from crm import accounts, closing, reason_codes, sales_teams
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import deals, sales_module, subject
from handlers.shared.outcomes import loading

KINDS = (
    ("win", "Won", "赢单"),
    ("loss", "Lost", "丢单"),
    ("cancel", "Cancelled", "取消"),
    ("disqualify", "Disqualified", "不合格"),
)


@handler("close_opportunity.load_context", decisions=("amount_band",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """What a hand-over proposes is only a proposal; an outcome or a reason that is not known here is left out."""
    deal = subject.opportunity_of(context)
    today = subject.today(context, deal.owner)
    proposed = context.variables.get("proposed_outcome")
    reasons, reason = _reasons(context), context.variables.get("reason")
    team = [member.login for member in sales_teams.members(context.session, deal, today)]
    return Done(
        {
            **subject.naming(deal, accounts.by_id(context.session, deal.account_id)),
            **deals.sizes(context, deal),
            "opp_status": deal.status,
            "proposed_outcome": proposed if proposed in closing.REASONS else None,
            "sales_module_enabled": sales_module.is_on(context),
            "reason_choices": reasons,
            "reason_codes": [each["value"] for each in reasons if each["value"] == reason],
            "team_members": list(dict.fromkeys([deal.owner, *team])),
            "outcome_date": None,
            "actual_amount": None,
            "closing_note": None,
            "win_reasons": None,
            "loss_reasons": None,
            "enter_order": False,
            "order_number": None,
            "open_items": [],
            "to_end": [],
        }
    )


def _reasons(context: TaskContext[Any]) -> list[dict[str, str]]:
    return [
        {
            "value": reason.code,
            "label": f"{en}: {reason.name}",
            "label:zh-Hans": f"{zh}：{reason.name_zh}",
        }
        for kind, en, zh in KINDS
        for reason in reason_codes.listing(context.session, kind)
    ]
