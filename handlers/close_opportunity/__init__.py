"""The steps of 3.3.3.4.2 Close Opportunity, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.close_opportunity import (
    analyse_loss,
    analyse_win,
    approve_closure,
    check_closable,
    clear_open_items,
    confirm_follow_up_done,
    enter_order,
    load_context,
    notify_stakeholders,
    propose_outcome,
    record_disqualified,
    review_win_loss,
    set_closed,
    set_outcome,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    propose_outcome.propose_outcome,
    check_closable.check_closable,
    clear_open_items.clear_open_items,
    approve_closure.approve_closure,
    set_outcome.set_outcome,
    analyse_win.analyse_win,
    analyse_loss.analyse_loss,
    review_win_loss.review_win_loss,
    notify_stakeholders.notify_stakeholders,
    record_disqualified.record_disqualified,
    enter_order.enter_order,
    confirm_follow_up_done.confirm_follow_up_done,
    set_closed.set_closed,
)
