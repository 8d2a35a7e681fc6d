"""Whatever a person reads in a drawing, a table or a form stands there in English and in Chinese."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.processes.drawing import DRAWINGS, FOLDER, Drawing, kind, translation

CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）](?:\?|[,:;!](?=[\u4e00-\u9fff“]))")
FILES = sorted(file for kind in ("bpmn", "dmn", "forms") for file in (FOLDER / kind).iterdir())
SPOKEN = ("label", "text", "description")
PLACEHOLDER = "__targetRef_placeholder"


def lacking(node: etree._Element, *targets: str) -> list[str]:
    return [target for target in targets if not CHINESE.search(translation(node, target))]


@pytest.mark.parametrize("key", DRAWINGS)
def test_every_name_documentation_and_note_of_a_drawing_has_its_chinese(key: str) -> None:
    drawing = Drawing(key)
    found = []

    for name, node in drawing.by_id.items():
        if node.get("name") and kind(node) not in ("message", "property", "outputDataItem", "BPMNDiagram"):
            found += [(name, each) for each in lacking(node, "@name")]
        if node.find("{*}documentation") is not None:
            found += [(name, each) for each in lacking(node, "documentation")]
        if kind(node) == "textAnnotation":
            found += [(name, each) for each in lacking(node, "text")]

    assert found == []


@pytest.mark.parametrize("key", DRAWINGS)
def test_every_step_event_and_gateway_is_named_and_explained(key: str) -> None:
    drawing = Drawing(key)
    silent = {name for name in drawing.nodes if name.startswith(("pg_", "xm_"))}  # splits and merges ask nothing
    explained = {name for name, node in drawing.nodes.items() if node.findtext("{*}documentation")}
    named = {name for name, node in drawing.nodes.items() if node.get("name")}

    assert set(drawing.nodes) - named <= silent
    assert set(drawing.nodes) - explained - silent <= {"end_reminded", "end_manager_told"}
    assert drawing.process.findtext("{*}documentation")


@pytest.mark.parametrize("path", sorted((FOLDER / "dmn").glob("*.dmn")), ids=lambda path: path.stem)
def test_every_name_and_label_of_a_table_has_its_chinese(path: Any) -> None:
    root = etree.parse(str(path)).getroot()

    found = [
        (node.get("id"), each)
        for tag, targets in {
            "definitions": ("@name", "description"),
            "decision": ("@name", "description"),
            "inputData": ("@name",),
            "input": ("@label",),
            "output": ("@label",),
        }.items()
        for node in root.iter(f"{{*}}{tag}")
        for each in lacking(node, *targets)
    ]

    assert found == []
    assert all(node.get("label") for node in root.iter("{*}input", "{*}output"))
    assert all(node.findtext("{*}description") for node in root.iter("{*}decision"))


def parts(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in [*holder.get("components", []), *holder.get("values", [])]:
        yield part
        yield from parts(part)


@pytest.mark.parametrize("path", sorted((FOLDER / "forms").glob("*.form")), ids=lambda path: path.stem)
def test_every_label_option_and_hint_of_a_form_has_its_chinese(path: Any) -> None:
    form = json.loads(path.read_text("utf-8"))

    found = [
        (part.get("key"), each)
        for part in parts(form)
        for each in SPOKEN
        if part.get(each) and not CHINESE.search(part.get(f"{each}:zh-Hans", ""))
    ]

    assert found == []
    assert all(part.get("label") for part in parts(form) if part.get("key") or "value" in part)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_chinese_sentences_have_chinese_marks(file: Path) -> None:
    assert HALF_WIDTH.findall(file.read_text(encoding="utf-8")) == []
