"""The steps of 3.3.4.1.2 Plan for Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.plan_for_sales_call import (
    check_readiness,
    define_agenda,
    gather_call_brief,
    load_context,
    prepare_conversation,
    prepare_material,
    rehearse,
    rule_plan_depth,
    send_agenda,
    set_objectives,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    gather_call_brief.gather_call_brief,
    rule_plan_depth.rule_plan_depth,
    set_objectives.set_objectives,
    prepare_conversation.prepare_conversation,
    define_agenda.define_agenda,
    prepare_material.prepare_material,
    rehearse.rehearse,
    check_readiness.check_readiness,
    send_agenda.send_agenda,
)
