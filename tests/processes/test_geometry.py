"""The drawings are drawn with care: nothing overlaps, no flow runs through a shape, no label lies on a line."""

import pytest

from engine.bpmn import normalise, read
from engine.bpmn.lint.sheet import Known
from tests import geometry
from tests.processes.drawing import DRAWINGS, FOLDER, Drawing

WIDEST = 4080
FLOWS_PER_CROSSING = 30
BY_HAND = ("develop-update-opportunity-plan", "manage-pended-opportunity", "prioritize-opportunity")


@pytest.fixture(params=DRAWINGS)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing(request.param)


@pytest.mark.parametrize("rule", geometry.OWN_RULES)
def test_every_drawing_follows_the_rules_of_good_looks(drawing: Drawing, rule: geometry.Rule) -> None:
    assert not rule(drawing)


@pytest.mark.parametrize("key", DRAWINGS)
@pytest.mark.parametrize("rule", [geometry.overlapping, geometry.through_shapes, geometry.covered_labels])
def test_what_deploying_adds_finds_room_beside_what_is_drawn(key: str, rule: geometry.Pairs) -> None:
    """The label of an event may touch the corner of the square around its own circle."""
    filed = read((FOLDER / "bpmn" / f"{key}.bpmn").read_bytes(), f"bpmn/{key}.bpmn")
    expanded = Drawing(key, normalise(filed, Known(processes=frozenset(DRAWINGS))).xml)

    assert [pair for pair in rule(expanded) if pair[0] != pair[1] or pair[0] not in expanded.boxes] == []


def test_flows_hardly_ever_cross_each_other(drawing: Drawing) -> None:
    allowed = 0 if drawing.key in BY_HAND else len(drawing.flows) // FLOWS_PER_CROSSING

    assert len(geometry.crossings(drawing)) <= allowed


def test_the_drawing_fits_a_wide_screen(drawing: Drawing) -> None:
    pool = drawing.boxes[drawing.all(".//b:participant")[0].get("id")]

    assert pool.right <= WIDEST


def test_the_manager_stands_above_the_rep() -> None:
    drawing = Drawing("prioritize-opportunity")

    assert drawing.boxes["lane_mgr"].bottom == drawing.boxes["lane_rep"].y
