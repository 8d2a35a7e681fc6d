"""What came out right of the DMN conformance kit stays right, case by case."""

import os
from pathlib import Path

import pytest

from engine.dmn import kit

ROOT = Path(__file__).resolve().parents[3]
PINNED = Path(__file__).with_name("kit_passes.txt")
"""Labels of the results that come out right, one a line; written anew by `python -m tests.engine.dmn.pin`."""
AT_LEAST = {"2": 0.99, "3": 0.95}
"""Share of the results of each level."""


@pytest.fixture(scope="module")
def results():
    folder = Path(os.environ.get("SALESFLOW_TCK") or ROOT.parent / "shared" / "tck")
    if not folder.is_dir():
        pytest.skip("The DMN conformance kit folder is not on this machine; set SALESFLOW_TCK to its path.")
    return list(kit.run(folder))


def test_every_pinned_result_of_the_kit_comes_out_right(results):
    pinned = set(PINNED.read_text(encoding="utf-8").splitlines())
    broken = [f"{each.label}: {each.note}" for each in results if each.label in pinned and each.verdict != kit.PASS]
    missing = pinned - {each.label for each in results}

    assert broken == []
    assert sorted(missing)[:5] == []


@pytest.mark.parametrize("level", AT_LEAST)
def test_the_share_of_the_kit_is_held(results, level):
    verdicts = [each.verdict for each in results if each.level == level]

    assert verdicts.count(kit.PASS) >= AT_LEAST[level] * len(verdicts)
