"""Approval thresholds on pages: proposed by operations, published by a second person."""

from tests.webapp.world import World

FIGURES = {
    "valid_from": "2026-03-03T08:00", "limit_standard": "150,000", "limit_major": "600000",
    "limit_strategic": "2500000", "r_revenue": "0.25", "r_willingness": "0.25", "r_relationship": "0.2",
    "r_credit": "0.1", "r_target_client": "0.1", "r_prior_business": "0.1", "rep_capacity": "30",
}  # fmt: skip


def test_thresholds_are_proposed_by_one_and_published_by_another(world: World) -> None:
    operations, administrator = world.client("olga.ops"), world.client("ada.min")
    assert (
        "100,000" in operations.get("/records/thresholds/propose").text
        or "100000" in operations.get("/records/thresholds/propose").text
    )

    made = operations.post("/records/thresholds/propose", **FIGURES)
    published = administrator.post("/records/thresholds/2/publish")

    assert made.headers["Location"] == "/records/approval_threshold/2"
    assert published.status_code == 302
    page = operations.get("/records/approval_threshold/2").text
    assert "Published" in page and "150,000" in page and "Ada Min" in page


def test_who_may_not_publish_is_told(world: World) -> None:
    world.client("olga.ops").post("/records/thresholds/propose", **FIGURES)

    refused = world.client("chen.jie").post("/records/thresholds/2/publish")

    assert refused.status_code == 403
    assert "Proposed" in world.client("olga.ops").get("/records/approval_threshold/2").text


def test_figures_that_make_no_sense_come_back_with_a_sentence(world: World) -> None:
    client = world.client("olga.ops")

    falling = client.post("/records/thresholds/propose", **FIGURES | {"limit_major": "1"})
    unbalanced = client.post("/records/thresholds/propose", **FIGURES | {"r_credit": "0.5"})
    empty = client.post("/records/thresholds/propose", **FIGURES | {"limit_standard": ""})

    assert "Expected rising limits" in falling.text
    assert "add up to 1.4" in unbalanced.text
    assert "This must be answered." in empty.text
    assert {answer.status_code for answer in (falling, unbalanced, empty)} == {422}


def test_a_proposal_may_be_withdrawn_and_is_then_not_published(world: World) -> None:
    operations = world.client("olga.ops")
    operations.post("/records/thresholds/propose", **FIGURES)

    operations.post("/records/thresholds/2/withdraw")

    assert world.client("ada.min").post("/records/thresholds/2/publish").status_code == 409
