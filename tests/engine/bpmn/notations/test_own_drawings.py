"""Our own drawings are in no other tool's words: reading leaves them as they are and says nothing."""

from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn.notations import forms_inside, translate_notations

DRAWINGS = sorted((Path(__file__).parents[4] / "processes" / "bpmn").glob("*.bpmn"))


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_of_ours_is_not_translated(file):
    root = etree.fromstring(file.read_bytes())
    before = etree.tostring(root, method="c14n")

    assert translate_notations(root, file.name) == ()
    assert etree.tostring(root, method="c14n") == before
    assert forms_inside(root) == {}
