"""Documents of an opportunity: added in versions, handed out as attachments, closed to whom they are not for."""

from io import BytesIO

from crm import opportunities
from tests.webapp.world import START, World

ADD = "/records/opportunity_document/new?parent=opportunity:OPP-1001"


def a_file(
    content: bytes, name: str = "offer.html", kind: str = "proposal", visibility: str = "team"
) -> dict[str, object]:
    return {"kind": kind, "visibility": visibility, "file": (BytesIO(content), name, "text/html")}


def test_a_document_is_kept_in_versions_and_never_shown_in_place(world: World) -> None:
    owner = world.client("lin.wei")

    first = owner.post(ADD, **a_file(b"<script>1</script>"))
    second = owner.post(ADD, **a_file(b"second"))

    kept = owner.get(f"{second.headers['Location']}/content")
    assert kept.data == b"second"
    assert kept.headers["Content-Disposition"] == "attachment; filename=offer.html"
    assert kept.headers["X-Content-Type-Options"] == "nosniff"
    assert "offer.html" in owner.get("/records/opportunity/OPP-1001").text
    assert "Version" in owner.get(second.headers["Location"]).text
    assert owner.get(f"{first.headers['Location']}/content").data == b"<script>1</script>"


def test_a_document_for_the_owner_is_closed_to_the_team(world: World) -> None:
    with world.application.database.write() as running:
        deal = opportunities.get(running.connection, "OPP-1001")
        opportunities.add_member(running.connection, deal.id, "sun.li", valid_from=START.date(), by="lin.wei", at=START)
    owner, expert = world.client("lin.wei"), world.client("sun.li")
    for_team = owner.post(ADD, **a_file(b"x")).headers["Location"]
    for_owner = owner.post(ADD, **a_file(b"x", name="margin.txt", visibility="owner")).headers["Location"]

    assert expert.get(f"{for_team}/content").status_code == 200
    assert expert.get(f"{for_owner}/content").status_code == 404
    assert world.client("chen.jie").get(f"{for_owner}/content").status_code == 200


def test_what_cannot_be_kept_is_refused_with_a_sentence(world: World) -> None:
    owner = world.client("lin.wei")

    empty = owner.post(ADD, **a_file(b""))
    odd = owner.post(ADD, **a_file(b"x", kind="poem"))
    foreign = world.client("zhao.min").post(ADD, **a_file(b"x"))
    nowhere = owner.get("/records/opportunity_document/new")

    assert "1 byte to 10 MB" in empty.text and "Choose a kind" in odd.text
    assert (empty.status_code, odd.status_code, foreign.status_code, nowhere.status_code) == (422, 422, 404, 404)
