"""The steps of 3.3.1.1.2 Identify Target Accounts, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.identify_target_accounts import (
    add_market_view,
    approve_target_list,
    assign_teams,
    check_capacity,
    collect_opinions,
    consolidate_list,
    load_context,
    nominate,
    record_targets,
    score_candidates,
    set_selection_parameters,
    tier_candidates,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    set_selection_parameters.set_selection_parameters,
    score_candidates.score_candidates,
    nominate.nominate,
    add_market_view.add_market_view,
    collect_opinions.collect_opinions,
    consolidate_list.consolidate_list,
    check_capacity.check_capacity,
    approve_target_list.approve_target_list,
    assign_teams.assign_teams,
    record_targets.record_targets,
    tier_candidates.tier_candidates,
)
