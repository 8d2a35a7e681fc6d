"""The steps of the nine-step Opportunity Lifecycle, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.opportunity_lifecycle_u8 import (
    advance_stage,
    analyse_loss,
    analyse_win,
    change_owner_via_team,
    classify_sale,
    confirm_follow_up_done,
    confirm_valid_opportunity,
    enter_opportunity_order,
    follow_up_and_enrich,
    form_opportunity_team,
    load_context,
    notify_manager,
    record_opportunity,
    set_closed,
    set_lost,
    set_won,
    summarise_progress,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    confirm_valid_opportunity.confirm_valid_opportunity,
    record_opportunity.record_opportunity,
    classify_sale.classify_sale,
    form_opportunity_team.form_opportunity_team,
    change_owner_via_team.change_owner_via_team,
    follow_up_and_enrich.follow_up_and_enrich,
    summarise_progress.summarise_progress,
    advance_stage.advance_stage,
    set_won.set_won,
    analyse_win.analyse_win,
    enter_opportunity_order.enter_opportunity_order,
    set_lost.set_lost,
    analyse_loss.analyse_loss,
    confirm_follow_up_done.confirm_follow_up_done,
    set_closed.set_closed,
    notify_manager.notify_manager,
)
