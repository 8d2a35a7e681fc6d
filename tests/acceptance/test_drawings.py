"""How pages show drawings: a small one whole and never enlarged, on any screen, by day and night."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.office import ANALYST, Desks

pytestmark = pytest.mark.browser

STEPS = ("", '<userTask id="look" name="Look at the complaint"/>')
SIZES = """() => {
  const frame = document.querySelector('.drawing .diagram'), svg = frame.querySelector('svg');
  const box = svg.getBoundingClientRect(), area = svg.viewBox.baseVal;
  return {scale: box.width / area.width, height: box.height / area.height,
    hidden: [frame.scrollWidth - frame.clientWidth, frame.scrollHeight - frame.clientHeight]};
}"""


def drawing(step: str) -> str:
    """A process of two or three shapes, without a diagram."""
    way = '<sequenceFlow id="f" sourceRef="s" targetRef="look"/><sequenceFlow id="g" sourceRef="look" targetRef="e"/>'
    way = way if step else '<sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
      <process id="small" isExecutable="true"><startEvent id="s"/>{step}{way}<endEvent id="e"/></process>
    </definitions>"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1400, 900)])
@pytest.mark.parametrize("step", STEPS, ids=["two shapes", "three shapes"])
def test_a_small_drawing_is_shown_whole_and_never_enlarged(
    desks: Desks, tmp_path: Path, step: str, width: int, height: int, scheme: str
) -> None:
    file = tmp_path / "small.bpmn"
    file.write_text(drawing(step), encoding="utf-8")
    desk = desks(ANALYST, viewport={"width": width, "height": height}, color_scheme=scheme)

    desk.open("/editor/").page.set_input_files("#file", file)
    desk.press("Bring")
    seen = desk.page.evaluate(SIZES)

    assert "It had no complete diagram, so it was laid out." in desk.text
    assert seen["hidden"] == [0, 0]
    assert 0.9 < seen["scale"] <= 1.001 and seen["scale"] == pytest.approx(seen["height"], abs=0.01)
    assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
