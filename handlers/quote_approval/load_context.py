"""Load opportunity and quote: what is to be priced, and what is still open from an earlier start."""

from __future__ import annotations

from typing import Any

from crm import accounts, products, quotes
from crm.quotes import Quote
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import deals, sales_module, subject
from handlers.shared.outcomes import loading


@handler("quote_approval.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Takes up the draft of an earlier start; without the sales module it stops (SALES_MODULE_DISABLED)."""
    deal = subject.opportunity_of(context)
    if not sales_module.is_on(context):
        return sales_module.refusal()
    drafts = [each for each in quotes.of_opportunity(context.session, deal.id) if each.status == "draft"]
    draft = drafts[0] if drafts else None
    variables = {
        **subject.naming(deal, accounts.by_id(context.session, deal.account_id)),
        **_terms(context, draft),
        "urgency": deals.urgency(context, deal),
        "manager_comment": None,
        "counter_discount": None,
        "answer": None,
    }
    return Done(variables)


def _terms(context: TaskContext[Any], draft: Quote | None) -> dict[str, Any]:
    if draft is None:
        names = ("quote_number", "valid_until", "payment_terms", "non_standard_terms", "justification")
        return {**dict.fromkeys(names), "quote_lines": []}
    return {
        "quote_number": draft.number,
        "quote_lines": [
            {
                "product": products.key_of(context.session, line.product_id),
                "qty": subject.plain(line.qty),
                "list_price": line.list_price,
                "discount_pct": subject.plain(line.discount_pct),
            }
            for line in quotes.lines(context.session, draft.id)
        ],
        "valid_until": draft.valid_until,
        "payment_terms": draft.payment_terms,
        "non_standard_terms": draft.non_standard_terms,
        "justification": draft.justification,
    }
