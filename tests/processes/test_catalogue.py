"""The registry of processes agrees with the catalogue and with the files, and a wrong one is refused by name."""

import re
import unicodedata
from pathlib import Path

import pytest

import processes
from processes import CatalogueError
from tests.processes import document
from tests.processes.drawing import DRAWINGS, Drawing, properties, translation

CATALOGUE = processes.load()
SAME = "same"
VARIANTS = {"develop-update-opportunity-plan": ("3.3.3.44",)}  # a slip of the pen on a box: anomaly N6
UNFINISHED = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|(?i:lorem|placeholder|dummy|not yet drawn))\b|待定|待补|占位")


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def test_the_registry_has_the_39_processes_of_the_catalogue_in_its_order() -> None:
    printed = [(row[0], row[1].strip("`")) for row in document.registry()]

    assert [(each.catalog_no, each.key) for each in CATALOGUE.processes] == printed
    assert len(printed) == 39


@pytest.mark.parametrize("row", document.registry(), ids=lambda row: row[0])
def test_a_process_has_the_titles_and_numbers_of_the_catalogue(row: list[str]) -> None:
    catalog_no, key, numbers, documented, english, chinese, origin = row
    process = CATALOGUE.by_key[key.strip("`")]

    assert process.titles["en"] == (documented if english == SAME else english)
    assert plain(process.titles["zh-Hans"]) == plain(chinese)
    assert {*process.numbers, *VARIANTS.get(process.key, ())} == set(re.findall(r"\d+(?:\.\d+)+", numbers))
    assert all(each.title in documented for each in process.documented)
    if origin.startswith("L"):
        assert f"L{process.level}" == origin[:2]
    assert (process.origin == "designed") is origin.startswith("[D]")


def test_levels_nest_area_stage_flow() -> None:
    for process in CATALOGUE.processes:
        if process.parent:
            parent = CATALOGUE.by_key[process.parent]
            assert parent.level is not None and process.level is not None
            assert parent.level < process.level
            assert process.catalog_no.startswith(parent.catalog_no)
    areas = [each.key for each in CATALOGUE.children(None) if each.level == 3]
    assert len(areas) == 4
    assert [each.catalog_no for each in CATALOGUE.children("stage-qualify-opportunity")] == [
        "OM-1.1",
        "OM-1.2",
        "OM-1.3",
        "OM-1.4",
    ]


def test_numbers_that_stand_for_two_processes_are_told_apart_by_occurrence() -> None:
    uses = [
        (each.catalog_no, documented.occurrence)
        for each in CATALOGUE.processes
        for documented in each.documented
        if documented.number == "3.3.1.2"
    ]

    assert uses == [("KA-2", 1), ("KA-3", 2)]


def test_every_flow_names_what_it_uses_and_makes_in_both_languages() -> None:
    for process in CATALOGUE.processes:
        for text in (*CATALOGUE.inputs(process.key), *CATALOGUE.outputs(process.key)):
            assert text["en"] and text["zh-Hans"], process.key
        assert CATALOGUE.inputs(process.key) and CATALOGUE.outputs(process.key), process.key


def test_a_stage_uses_what_its_flows_use_each_once() -> None:
    names = [text["en"] for text in CATALOGUE.inputs("stage-qualify-opportunity")]

    assert "Review & Approval Thresholds" in names
    assert len(names) == len(set(names))
    assert {text["en"] for text in CATALOGUE.by_key["assess-opportunity"].inputs} <= set(names)


def test_the_inputs_and_outputs_of_the_drawing_are_those_of_the_registry() -> None:
    drawing = Drawing("prioritize-opportunity")
    drawn = {"input": set[str](), "output": set[str]()}
    for node in drawing.all(".//b:dataObjectReference"):
        drawn[properties(node)["io"]].add(node.get("name"))

    process = CATALOGUE.by_key["prioritize-opportunity"]

    assert drawn["input"] == {text["en"] for text in process.inputs}
    assert drawn["output"] == {text["en"] for text in process.outputs}


def test_each_of_the_39_has_its_drawing_and_its_part_of_the_catalogue() -> None:
    printed = [row[1].strip("`") for row in document.registry()]

    assert sorted(printed) == DRAWINGS
    assert [each.key for each in CATALOGUE.processes if each.file is None] == []
    assert [key for key in printed if not document.steps(key)] == []


def test_every_row_of_a_step_or_question_table_is_read() -> None:
    for key in DRAWINGS:
        rows = [document.cells(line) for line in document.flow(key).splitlines() if line.startswith("| `")]
        assert [row for row in rows if len(row) not in (7, 4)] == [], key
        assert [row[0].strip("`") for row in rows if len(row) == 7] == [step.id for step in document.steps(key)]


@pytest.mark.parametrize("folder", ["bpmn", "dmn", "forms"])
def test_nothing_in_the_files_is_left_to_be_filled_in(folder: str) -> None:
    for name, content in processes.files().items():
        if name.startswith(folder):
            assert UNFINISHED.findall(content.decode()) == [], name


def test_drawings_and_registry_name_each_other() -> None:
    named = {each.file: each for each in CATALOGUE.processes if each.file}

    assert set(named) == {f"bpmn/{key}.bpmn" for key in DRAWINGS}
    for key in DRAWINGS:
        drawing, process = Drawing(key), named[f"bpmn/{key}.bpmn"]
        assert (drawing.process.get("id"), process.key) == (process.process_id, key)
        assert properties(drawing.process)["catalog_no"] == process.catalog_no
        assert drawing.process.get("name") == process.titles["en"]
        assert translation(drawing.process, "@name") == process.titles["zh-Hans"]


def test_off_page_references_lead_to_processes_of_the_registry() -> None:
    for key in DRAWINGS:
        for name, node in Drawing(key).nodes.items():
            if target := properties(node).get("handover"):
                assert target in CATALOGUE.by_key, name


def test_all_19_anomalies_are_told_in_both_languages() -> None:
    printed = [row[0] for line in document.section("1.3").splitlines() if len(row := document.cells(line)) == 3]

    assert [each.id for each in CATALOGUE.anomalies] == [number for number in printed if number.startswith("N")]
    assert len(CATALOGUE.anomalies) == 19
    assert all(each.finding["zh-Hans"] and each.handling["zh-Hans"] for each in CATALOGUE.anomalies)


def test_the_deployable_files_are_named_by_folder_and_file() -> None:
    files = processes.files()

    assert {"bpmn/prioritize-opportunity.bpmn", "dmn/d16-opportunity-segment.dmn"} <= set(files)
    assert "forms/prioritize-opportunity.identify_priority.form" in files
    assert {name.partition("/")[0] for name in files} == {"bpmn", "dmn", "forms"}
    assert all(files.values())


FLOW = "{{key: {key}, catalog_no: {number}, title: {{en: A, zh-Hans: 甲}}, origin: title{more}}}"
WRONG = [
    ("[]", "the file: expected fields with values, but found []"),
    ("processes: [", "cannot be read as YAML"),
    ("processes: [7]", "processes 1: expected fields with values, but found 7"),
    ("processes: [{key: a, catalog_no: B}]", "a: expected title to be a text in each of en, zh-Hans"),
    (f"processes: [{FLOW.format(key='a', number='B', more=', level: 9')}]", "expected level to be one of 3, 4, 5"),
    (f"processes: [{FLOW.format(key='a', number='B', more=', parent: z')}]", "a: expected parent z"),
    (
        f"processes: [{FLOW.format(key='a', number='B', more='')}, {FLOW.format(key='a', number='C', more='')}]",
        "the key a stands there twice",
    ),
    (
        "anomalies: [{id: N1, finding: {en: A, zh-Hans: 甲}, handling: {en: A, zh-Hans: 甲}, processes: [x]}]",
        "N1: expected x to be the key of a process",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_a_wrong_registry_is_refused_with_file_entry_and_field(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(text, "utf-8")

    with pytest.raises(CatalogueError) as caught:
        processes.load(path)

    assert "catalogue.yaml" in str(caught.value)
    assert sentence in str(caught.value)
