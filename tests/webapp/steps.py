"""What people do in 3.3.3.4.3, as the tests of pages need it: one call per step, with full defaults."""

from __future__ import annotations

import re
from typing import Any

from engine import worker
from tests.webapp.world import World

REP, MANAGER, OPERATIONS, ANALYST, ADMINISTRATOR = "lin.wei", "chen.jie", "olga.ops", "ana.lyst", "ada.min"
EXPERT, OTHER_REP = "sun.li", "zhao.min"
RATINGS = {
    "r_revenue": 5,
    "r_credit": 3,
    "r_willingness": 4,
    "r_target_client": 4,
    "r_prior_business": 2,
    "r_relationship": 4,
}


def begin(world: World, number: str = "OPP-1001") -> str:
    """Starts the process on an opportunity; gives the instance's id."""
    instance = world.start(business_key=f"opportunity:{number}")
    worker.run_due(world.engine)
    return instance


def review(world: World, decision: str = "pursue", **more: Any) -> None:
    """The rep decides whether to pursue."""
    reason = {"not_pursued_reason": "Q01"} if decision == "no" else {}
    answers = {"capacity_ok": True, "plan_alignment": "in_plan", "pursue_rationale": "Strong fit."} | reason | more
    world.complete("review_pipeline_and_plans", REP, pursue_decision=decision, **answers)
    worker.run_due(world.engine)


def identify(world: World, priority: str = "high") -> None:
    """The rep rates the opportunity."""
    world.complete("identify_priority", REP, priority=priority, override_reason="A key account.", **RATINGS)
    worker.run_due(world.engine)


def approve(world: World) -> None:
    """The manager approves."""
    world.complete("review_priority", MANAGER, decision="approve")
    worker.run_due(world.engine)


def defer(world: World, **more: Any) -> None:
    """The rep puts the opportunity off."""
    review(world, "defer")
    answers = {"defer_reason": "no_budget", "resume_date": "2026-06-01", "resume_note": "Call."} | more
    world.complete("defer_opportunity", REP, **answers)
    worker.run_due(world.engine)


def sql(world: World, statement: str, *values: Any) -> None:
    """Changes the database behind everybody's back."""
    with world.application.database.write() as tx:
        tx.connection.exec_driver_sql(statement, values)


def undeploy(world: World, key: str) -> None:
    """Makes a process one that was never deployed, as in a company that left it out."""
    sql(world, "UPDATE process_definition SET key = key || '-elsewhere' WHERE key = ?", key)


def text(html: str) -> str:
    """What a reader sees of a page: no tags, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
