"""Making, changing, moving and deleting records by hand: what works, what is refused, what the history tells."""

import re

from crm import opportunities
from tests.webapp.world import START, World

COMPETITOR = {"name": "Delta Drives", "products": "Drives", "price_level": "below", "active": "true"}


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_new_record_is_shown_with_its_number_and_history(world: World) -> None:
    marketing = world.client("ma.rket")

    made = marketing.post("/records/competitor/new", **COMPETITOR)
    page = text_of(marketing.get(made.headers["Location"]).text)

    assert made.headers["Location"] == "/records/competitor/COM-001"
    assert "Delta Drives COM-001" in page and "Below ours" in page
    assert "Ma Rket made this record." in page


def test_a_change_is_told_with_the_value_before_and_after(world: World) -> None:
    marketing = world.client("ma.rket")
    marketing.post("/records/competitor/new", **COMPETITOR)

    marketing.post("/records/competitor/COM-001/edit", **COMPETITOR, _version="1", strengths="Price")
    marketing.post("/records/competitor/COM-001/edit", **COMPETITOR | {"price_level": "equal"}, _version="2",
                   strengths="Price")  # fmt: skip

    page = marketing.get("/records/competitor/COM-001").text
    assert "<del>Below ours</del> → <ins>Like ours</ins>" in page
    assert page.count("Ma Rket changed this record.") == 2


def test_whoever_was_slower_sees_who_was_faster_and_both_values(world: World) -> None:
    marketing, administrator = world.client("ma.rket"), world.client("ada.min")
    marketing.post("/records/competitor/new", **COMPETITOR)
    administrator.post("/records/competitor/COM-001/edit", **COMPETITOR | {"products": "Gears"}, _version="1")

    late = marketing.post("/records/competitor/COM-001/edit", **COMPETITOR | {"products": "Pumps"}, _version="1")

    page = text_of(late.text)
    assert late.status_code == 409
    assert "Ada Min changed it" in page and "What it holds now Products Gears" in page and "Pumps" in page
    again = marketing.post("/records/competitor/COM-001/edit", **COMPETITOR | {"products": "Pumps"}, _version="2")
    assert again.status_code == 302


def test_wrong_answers_come_back_with_their_sentences(world: World) -> None:
    marketing = world.client("ma.rket")

    nameless = marketing.post("/records/competitor/new", **COMPETITOR | {"name": " "})
    odd = marketing.post("/records/competitor/new", **COMPETITOR | {"price_level": "free"})
    marketing.post("/records/competitor/new", **COMPETITOR)
    twice = marketing.post("/records/competitor/new", **COMPETITOR)

    assert {answer.status_code for answer in (nameless, odd, twice)} == {422}
    assert "This must be answered." in nameless.text
    assert "Expected one of the options" in odd.text
    assert "Competitor Delta Drives" in twice.text and "there is one already" in twice.text


def test_a_contact_belongs_to_the_account_it_was_made_under(world: World) -> None:
    client = world.client("lin.wei")
    assert "number" in client.get("/records/contact/new").text

    page = client.get("/records/contact/new?parent=account:ACC-0001")
    made = client.post("/records/contact/new?parent=account:ACC-0001", name="Du Min", phone="+86 21 5555 0100")
    unreachable = client.post("/records/contact/new?parent=account:ACC-0001", name="Du Min")

    assert page.status_code == 200 and 'name="account_id"' not in page.text
    shown = client.get(made.headers["Location"]).text
    assert "Acme &lt;b&gt;Steel&lt;/b&gt;" in shown and "/accounts/ACC-0001" in shown
    assert unreachable.status_code == 422 and "phone number or an e-mail" in unreachable.text


def test_nobody_makes_or_changes_what_is_somebody_elses(world: World) -> None:
    other = world.client("zhao.min")

    foreign = other.post("/records/contact/new?parent=account:ACC-0001", name="X", phone="+86 21 5555 0100")
    change = other.post("/records/account/ACC-0001/edit", name="Mine now", _version="1")
    marketing = world.client("ma.rket").get("/records/account/ACC-0001/edit").text

    assert foreign.status_code == 422 and "not yours to make" in foreign.text
    assert change.status_code == 403
    assert 'name="industry"' in marketing and 'name="name"' not in marketing


def test_credit_is_changed_by_managers_and_hidden_from_colleagues(world: World) -> None:
    manager = world.client("chen.jie")
    held = {"name": "Acme Steel", "status": "active", "owner": "lin.wei"}

    manager.post("/records/account/ACC-0001/edit", **held, credit_standing="hold", credit_limit="50000", _version="1")

    assert "50,000" in manager.get("/records/account/ACC-0001").text
    colleague = world.client("zhao.min").get("/records/account/ACC-0001").text
    assert "50,000" not in colleague and "Credit" not in colleague and "Acme Steel" in colleague


def test_an_opportunity_changes_hands_by_its_manager_with_team_and_unit(world: World) -> None:
    manager = world.client("chen.jie")
    page = manager.get("/records/opportunity/OPP-1001/edit").text
    assert 'name="status"' not in page

    answer = manager.post("/records/opportunity/OPP-1001/edit", name="Rolling mill", source="fair", currency="CNY",
                          amount="900000", win_probability="60", expected_close_date="2026-09-30", owner="zhao.min",
                          _version="1")  # fmt: skip

    assert answer.status_code == 302
    shown = text_of(manager.get("/records/opportunity/OPP-1001").text)
    assert "Owner Zhao Min" in shown and "Sales team 2" in shown
    assert "900,000" in shown


def test_a_lost_opportunity_is_reopened_by_a_manager_with_a_reason(world: World) -> None:
    with world.application.database.write() as running:
        deal = opportunities.get(running.connection, "OPP-1002")
        opportunities.move(running.connection, deal, "lost", by="lin.wei", at=START, outcome="lost")
    manager = world.client("chen.jie")

    silent = manager.post("/records/opportunity/OPP-1002/move", state="assessed")
    wrong = manager.post("/records/opportunity/OPP-1002/move", state="won", reason="They came back")
    rep = world.client("lin.wei").post("/records/opportunity/OPP-1002/move", state="assessed", reason="Please")
    moved = manager.post("/records/opportunity/OPP-1002/move", state="assessed", reason="They came back")

    assert (silent.status_code, wrong.status_code, rep.status_code, moved.status_code) == (409, 409, 403, 302)
    assert "They came back" in manager.get("/records/opportunity/OPP-1002").text


def test_a_stage_in_use_is_retired_and_not_deleted_and_an_unused_one_goes(world: World) -> None:
    with world.application.database.write() as running:
        deal = opportunities.get(running.connection, "OPP-1001")
        opportunities.change(running.connection, deal, {"stage": "complex.assessed"}, by="lin.wei", at=START)
    operations = world.client("olga.ops")

    used = operations.post("/records/sales_stage/complex.assessed/remove")
    unused = operations.post("/records/sales_stage/tender.short_list/remove")
    held = {"name": "Assessed", "name_zh": "评估", "position": "2", "probability": "20", "max_days": "21",
            "forecast_default": "pipeline", "exit_criteria": "evaluation", "retired": "true"}  # fmt: skip
    retired = operations.post("/records/sales_stage/complex.assessed/edit", **held, _version="1")

    assert used.status_code == 409 and "cannot be deleted" in used.text
    assert (unused.status_code, retired.status_code) == (302, 302)
    assert operations.get("/records/sales_stage/tender.short_list").status_code == 404
    offered = operations.get("/records/sales_stage?retired=true").text
    assert "Assessed" in offered and "Proposal" not in offered


def test_exit_criteria_are_words_typed_one_a_line(world: World) -> None:
    operations = world.client("olga.ops")
    held = {"name": "Proposal", "name_zh": "建议书", "position": "5", "probability": "60", "max_days": "30",
            "forecast_default": "best_case", "quote_required": "true"}  # fmt: skip

    operations.post("/records/sales_stage/complex.proposal/edit", **held, exit_criteria="quote_sent\r\n\r\nbudget ok",
                    _version="1")  # fmt: skip

    assert "quote_sent\nbudget ok" in operations.get("/records/sales_stage/complex.proposal/edit").text


def test_a_process_starts_from_any_record_that_fits(world: World) -> None:
    client = world.client("lin.wei")
    assert "Prioritize Opportunity" in client.get("/records/opportunity/OPP-1001").text

    started = client.post("/records/opportunity/OPP-1001/start", process="prioritize-opportunity")
    twice = client.post("/records/opportunity/OPP-1001/start", process="prioritize-opportunity")
    unfit = client.post("/records/opportunity/OPP-1001/start", process="manage-pended-opportunity")

    assert started.status_code == 302
    assert (twice.status_code, unfit.status_code) == (409, 409)
    assert "Prioritize Opportunity" in text_of(client.get("/records/opportunity/OPP-1001").text)


def test_lists_are_searched_narrowed_and_sorted_but_not_by_what_is_hidden(world: World) -> None:
    analyst, owner = world.client("ana.lyst"), world.client("lin.wei")
    owner.post("/records/contact/new?parent=account:ACC-0001", name="Du Min", phone="+86 21 5555 0100", title="Buyer")

    assert "Rolling mill" in owner.get("/records/opportunity?text=rolling&status=assessed&order=-amount").text
    assert "Nothing fits" in owner.get("/records/opportunity?text=rolling&status=won").text
    assert "Du Min" in owner.get("/records/contact?text=du+min").text
    hidden = analyst.get("/records/contact?text=du+min").text
    assert "Nothing fits" in hidden and "Du Min" not in analyst.get("/records/contact").text
    assert "Contact CON-0001" in analyst.get("/records/contact?order=name&page=1").text


def test_what_nobody_described_is_not_found(world: World) -> None:
    client = world.client("lin.wei")

    assert client.get("/records/invoice").status_code == 404
    assert client.get("/records/opportunity/OPP-9999").status_code == 404
    assert client.get("/records/opportunity_product/none").status_code == 404
    assert client.get("/records/opportunity_product?parent=account:none").status_code == 404
