"""The steps of 3.3.1.1.3 Develop Account Plan, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.develop_account_plan import (
    analyse_customer_business,
    analyse_relationships,
    build_action_plan,
    calculate_financials,
    confirm_resources,
    contribute_sections,
    define_strategies,
    find_white_space,
    load_context,
    notify_manager,
    publish_plan,
    set_objectives,
    set_plan_depth,
    start_plan,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    start_plan.start_plan,
    analyse_customer_business.analyse_customer_business,
    analyse_relationships.analyse_relationships,
    contribute_sections.contribute_sections,
    find_white_space.find_white_space,
    set_objectives.set_objectives,
    define_strategies.define_strategies,
    build_action_plan.build_action_plan,
    confirm_resources.confirm_resources,
    calculate_financials.calculate_financials,
    publish_plan.publish_plan,
    notify_manager.notify_manager,
    set_plan_depth.set_plan_depth,
)
