"""In Chinese: an opportunity is put off, taken up again at its date, and lost to a competitor."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from crm.opportunities import Opportunity
from tests.acceptance.desk import Story, fill, picture
from tests.acceptance.office import PROFILE, RATINGS, REVIEW
from tests.acceptance.test_pages import codes
from tests.company import REP
from tests.processes.planning import a_competitor, add_contacts

pytestmark = pytest.mark.browser

HAN = re.compile("[一-鿿]")


def it_is_put_off_and_taken_up_again(story: Story, deal: Opportunity) -> None:
    """No budget until November; then it is prioritised anew."""
    rep = story.at(REP)
    rep.open(f"/opportunities/{deal.number}").press("商机优先级排定")
    picture(rep, "21-review")
    assert codes(rep.page) == []
    story.send(fill(rep, **{**REVIEW, "pursue_decision": "defer", "pursue_rationale": "客户预算未批。"}))
    rep = story.take(REP, "暂缓商机")
    fill(rep, defer_reason="no_budget", resume_date="2026-11-02", resume_note="十一月批新预算。")
    picture(rep, "22-defer")
    assert codes(rep.page) == []
    story.send(rep)
    expect(rep.open(f"/opportunities/{deal.number}").page.get_by_role("heading", level=1)).to_contain_text("暂缓")
    picture(rep, "23-put-off")
    assert codes(rep.page) == []

    story.pass_time(timedelta(days=48))
    rep = story.take(REP, "是否恢复？")
    expect(rep.page.locator("main")).to_contain_text("十一月批新预算。")
    picture(rep, "24-resume")
    assert codes(rep.page) == []
    story.send(fill(rep, resume_action="resume", reason="预算已批。"))
    again = story.running(deal.business_key, "prioritize-opportunity")
    again.complete("review_pipeline_and_plans", REP, **REVIEW)
    again.complete("identify_priority", REP, **dict.fromkeys(RATINGS, "4"), priority="medium")
    again.complete("update_opportunity_profile", REP, **{**PROFILE, "next_step_date": "2026-11-20"})


def it_is_lost(story: Story, deal: Opportunity, rival: str) -> None:
    """The plan that still runs ends with it; why, and to whom, is written down."""
    rep = story.at(REP)
    rep.open(f"/opportunities/{deal.number}").press("关闭商机（赢单/丢单）")
    fill(rep, outcome="lost", reason_codes=["L01"], comment="价格太高。")
    picture(rep, "25-propose")
    assert codes(rep.page) == []
    story.send(rep)
    rep = story.take(REP, "清理未结事项")
    expect(rep.page.locator("main")).to_contain_text("制定/更新商机计划")
    fill(rep, settlements=[{"resolution": "cancel"}])
    picture(rep, "26-still-running")
    assert codes(rep.page) == []
    story.send(rep)
    rep = story.take(REP, "丢单分析")
    fill(rep, loss_reasons=[{"reason_code": "L01", "weight": "80"}, {"reason_code": "L04", "weight": "20"}])
    fill(rep, chosen_competitor=rival, price_gap_pct="12", lessons="早点接触决策人。")
    picture(rep, "27-loss")
    assert codes(rep.page) == []
    story.send(rep)


def test_an_opportunity_is_put_off_resumed_and_lost_to_a_competitor_in_chinese(story: Story) -> None:
    company = story.company
    deal = company.opportunity(name="三号灌装线", amount=Decimal(300_000))
    with company.database.write() as transaction:
        add_contacts(transaction.connection, deal.account_id)
        rival = a_competitor(transaction.connection)
    rep = story.speak_chinese(REP)

    it_is_put_off_and_taken_up_again(story, deal)
    it_is_lost(story, deal, rival)

    rep.open(f"/opportunities/{deal.number}")
    picture(rep, "28-lost")
    assert codes(rep.page) == []
    expect(rep.page.get_by_role("heading", level=1)).to_contain_text("失败")
    expect(rep.section("办理记录")).to_contain_text("丢单分析")
    number = rival.partition(":")[2]
    expect(rep.open(f"/records/competitor/{number}").page.locator("main")).to_contain_text("Rapid Lines")
    expect(rep.open("/notices/").page.locator("main")).to_contain_text(HAN)
    picture(rep, "29-notices")
    expect(rep.open("/pipeline").page.locator("main")).not_to_contain_text(deal.name)
    assert company.now(deal).forecast_category == "omitted"
    plan = story.running(deal.business_key, "develop-update-opportunity-plan")
    assert plan.ended_at("cx_end_cancelled") and plan.open_tasks() == []
