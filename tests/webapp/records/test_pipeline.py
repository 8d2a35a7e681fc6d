"""The pipeline: by stage, as bars and as numbers, within the reader's scope."""

import re
from decimal import Decimal

from tests.webapp.steps import MANAGER, OTHER_REP, REP, approve, begin, defer, identify, review, text
from tests.webapp.world import World
from webapp.records.chart import Bars, bars


def fill(world: World) -> None:
    begin(world)
    review(world)
    identify(world)
    approve(world)
    begin(world, "OPP-1002")
    defer(world)


def test_an_opportunity_in_the_pipeline_is_counted_in_its_stage_and_a_deferred_one_apart(world: World) -> None:
    fill(world)

    html = world.client(MANAGER).get("/pipeline").text

    seen = text(html)
    assert re.search(r"Prioritised Complex \w+ 1 800,000 480,000", seen)
    assert "Put off, not counted 1 · 40,000" in seen
    assert html.count('class="bar"') == 1


def test_another_reps_pipeline_is_empty(world: World) -> None:
    fill(world)

    assert "Nothing is in this pipeline." in world.client(OTHER_REP).get("/pipeline").text
    assert "Nothing is in this pipeline." in world.client(REP).get("/pipeline?owner=zhao.min").text
    assert "480,000" in world.client(REP).get("/pipeline?owner=lin.wei").text


def test_it_is_narrowed_to_a_unit_and_those_below(world: World) -> None:
    fill(world)
    with world.application.database.read() as connection:
        units = dict(connection.exec_driver_sql("SELECT code, id FROM org_unit").all())
    client = world.client(MANAGER)

    assert "480,000" in client.get(f"/pipeline?unit={units['CN']}").text
    assert "480,000" in client.get(f"/pipeline?unit={units['CN-E']}").text
    assert "Nothing is in this pipeline." in client.get("/pipeline?unit=99999").text


def test_bars_are_as_long_as_their_amounts_and_escape_their_labels() -> None:
    rows = [
        Bars("A <b>", Decimal(100), Decimal(50), "100"),
        Bars("B", Decimal(50), Decimal(0), "50"),
    ]

    picture = str(bars(rows, "Pipeline & more"))

    assert 'width="400"' in picture
    assert picture.count('width="200"') == 2
    assert 'width="0"' in picture
    assert "A &lt;b&gt;" in picture
    assert "Pipeline &amp; more" in picture
    assert "style=" not in picture


def test_no_bars_are_drawn_for_nothing() -> None:
    assert bars([], "x") == ""
