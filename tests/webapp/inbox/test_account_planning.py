"""The pages of every step of account planning open in both languages for whoever works it, with what stands beside."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from crm import accounts, contacts
from engine import user_tasks
from engine.testing import Run
from tests.webapp.steps import EXPERT, MANAGER, OPERATIONS, REP, text
from tests.webapp.world import START, World

MARKET, REGIONAL = "ma.rket", "wang.tao"
MARKS = {
    "customer_environment": "15",
    "financials": "8",
    "relationship": "20",
    "strategy_execution": "15",
    "resources": "9",
    "learning": "12",
}
OBJECTIVE = {"type": "revenue", "measure": "Won amount", "target": "5000", "due": "2026-12-31", "owner": REP}
ACTION = {
    "action": "Visit plant 2",
    "type": "internal",
    "objective": "Won amount",
    "owner": EXPERT,
    "due": "2026-03-10",
}


class Walk:
    """One process: each step is looked at in both languages before it is completed."""

    def __init__(self, world: World, key: str, business_key: str, by: str) -> None:
        self.world = world
        kit: Any = SimpleNamespace(engine=world.engine, database=world.application.database, clock=world.clock)
        self.run = Run(kit, world.start(key, business_key, by))
        self.run.work()

    def step(self, element: str, by: str, *shown: str, **answers: Any) -> None:
        """Opens the page of a step as somebody, expects the texts in Chinese, and completes the step."""
        chinese = self._pages(self.run.task_id(element), by)
        assert [text for text in shown if text not in chinese] == []
        self.run.complete(element, by, **answers)

    def _pages(self, task_id: str, by: str) -> str:
        client = self.world.client(by)
        if self.world.client(by).get(f"/tasks/{task_id}").text.count("/claim"):
            user_tasks.claim(self.world.engine, task_id, by)
        texts = {}
        for language in ("en", "zh-Hans"):
            client.post("/language", language=language, next="/inbox")
            answer = client.get(f"/tasks/{task_id}")
            assert answer.status_code == 200
            texts[language] = answer.text
        return texts["zh-Hans"]


def a_customer(world: World, **fields: Any) -> accounts.Account:
    by: Any = {"by": REP, "at": START}
    with world.application.database.write() as tx:
        customer = accounts.create(tx.connection, "Hengli Machinery", REP, region="East", **by, **fields)
        contacts.create(tx.connection, customer.id, "Zhou Min", email="z@example.com", **by)
    return customer


def develop_profile(walk: Walk) -> None:
    walk.step(
        "collect_company_information", REP, "我方往来历史", business_summary="Gear boxes.",
        strategy_initiatives=[{"initiative": "Plant 2"}], buying_centres=[{"unit": "Plant 1", "spend": "3000000"}],
    )  # fmt: skip
    walk.step(
        "add_market_intelligence", MARKET, industry_trends="Up.", competitors_present=[{"competitor": "Northgear"}]
    )
    known = {"contact": "contact:CON-0001", "buying_role": "economic", "influence": "5", "stance": "supporter"}
    walk.step("map_contacts", REP, "Zhou Min", contacts=[{**known, "our_owner": REP, "strength": "4"}])
    walk.step("assess_position", REP, share_of_wallet_pct="40")
    walk.step("close_gaps", REP, "画像仍缺少以下内容", accept_gaps="true")


def develop_plan(walk: Walk) -> None:
    walk.step(
        "start_plan", REP, "钱包份额", period_start="2026-01-01", period_end="2026-12-31", vision="First choice.",
        contributors=[EXPERT],
    )  # fmt: skip
    walk.step("analyse_customer_business", REP, "Plant 2", drivers=[{"driver": "Cost"}],
              initiatives=[{"initiative": "Plant 2"}], customer_csf=[{"factor": "Up-time"}], swot="Good.")  # fmt: skip
    goal = {"contact": "contact:CON-0001", "from": "4", "to": "5", "owner": REP}
    walk.step("analyse_relationships", REP, "尚未梳理联系人之间的关系", relationship_goals=[goal],
              competitor_positions=[{"competitor": "Northgear"}])  # fmt: skip
    walk.step("contribute_sections", EXPERT, section="Technology", input="Drive 4 fits.")
    walk.step("find_white_space", REP, ideas=[{"unit": "Plant 2", "product": "Drive 4", "est_value": "100000"}])
    walk.step("set_objectives", REP, "增长设想", objectives=[OBJECTIVE])
    walk.step("define_strategies", REP, strategies=[{"objective": "Won amount", "strategy": "Service first"}])
    walk.step("build_action_plan", REP, actions=[ACTION])
    walk.step("confirm_resources", OPERATIONS, "Visit plant 2", budget="100", sponsor_confirmed="true")


def review_plan(walk: Walk, by: str) -> None:
    walk.step("schedule_review", REP, review_date="2026-03-20T10:00:00+08:00", reviewers=[EXPERT])
    walk.step("review_by_peers", EXPERT, "Drive 4 fits.", **MARKS, comments="Sound.")
    change = {"section": "Actions", "change": "Earlier.", "owner": REP}
    walk.step("hold_review", REP, "Sound.", minutes="Agreed.", changes=[change])
    walk.step("decide_on_plan", by, "质量得分", "79", decision="approve", with_changes="true")
    walk.step("apply_changes", REP, "Earlier.", applied=[{"done": "true"}])


def test_a_profile_and_a_plan_are_written_reviewed_worked_and_checked_on_their_pages(world: World) -> None:
    customer = a_customer(world, tier="KEY")
    develop_profile(Walk(world, "develop-account-profile", f"account:{customer.number}", REP))
    planning = Walk(world, "develop-account-plan", f"account:{customer.number}", REP)
    develop_plan(planning)
    review_plan(planning, REGIONAL)
    working = Walk(world, "execute-account-plan", "account_plan:APL-0001", REP)

    working.step("brief_team", REP, "Visit plant 2", kick_off_date="2026-03-05")
    working.run.pass_time(timedelta(days=31))
    working.step("escalate_overdue", MANAGER, "Visit plant 2", "孙莉", help="extend", new_due="2026-06-01")
    working.step("perform_actions", EXPERT, "Visit plant 2", result="done", result_note="They want an offer.")
    working.step("review_progress", REP, "They want an offer.", rag="red", blockers=[{"blocker": "No budget"}])
    working.step("remove_blockers", MANAGER, "No budget", decision_note="I call.")
    checking = Walk(world, "monitor-account-performance", "account_plan:APL-0001", REP)
    checking.step("gather_customer_feedback", REP, "Won amount", held="true", feedback="Content.")
    checking.step("analyse_causes", REP, causes=[{"objective": "Won amount", "cause": "No orders."}])
    checking.step("decide_recovery", REGIONAL, "No orders.", decision="approve")
    strategy = {"objective": "Won amount", "strategy": "Service first"}
    checking.step("revise_plan", REP, "Service first", objectives=[OBJECTIVE], strategies=[strategy],
                  actions=[ACTION | {"due": "2026-06-01"}])  # fmt: skip

    assert checking.run.open_tasks() == ["schedule_review"]


def test_target_accounts_are_chosen_on_their_pages(world: World) -> None:
    customer = a_customer(world, is_target=True)
    develop_profile(Walk(world, "develop-account-profile", f"account:{customer.number}", REP))
    walk = Walk(world, "identify-target-accounts", f"user:{OPERATIONS}", OPERATIONS)
    assert OPERATIONS not in text(world.client(OPERATIONS).get("/inbox").text)  # no record yet: the person's name
    weights = [{"weight": str(row["weight"])} for row in walk.run.variables["usual_weights"]]
    parameters = {"period": "2027", "scope": ["region"], "regions": ["East"], "min_score": "10"}

    walk.step(
        "set_selection_parameters", OPERATIONS, "吸引力", **parameters, weights=weights, max_key_accounts_per_rep="1"
    )
    account = f"account:{customer.number}"
    walk.step("nominate", REP, "Hengli", nominations=[{"account": account, "choice": "keep"}])
    walk.step("add_market_view", MARKET, "Hengli", comments=[{"account": account, "comment": "Growing."}])
    proposal = [{"account": account, "tier": "KEY", "owner": REP}]
    walk.step("consolidate_list", OPERATIONS, "Growing.", proposal=proposal)
    user_tasks.pick_approver(world.engine, walk.run.task_id("approve_target_list"), OPERATIONS, REGIONAL)
    walk.step("approve_target_list", REGIONAL, "关键客户", decision="approve")
    walk.step("assign_teams", REGIONAL, "Hengli", assignments=[{"owner": REP, "executive_sponsor": REGIONAL}])

    assert walk.run.ended_at("off_develop_plans")
