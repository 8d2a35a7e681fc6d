"""Each rule has a page and files beside it: the wrong ones are reported by this rule alone, the right ones by none."""

import re
from pathlib import Path

import pytest
import yaml

from engine import definitions
from engine.bpmn import RULES
from engine.registry import Registry
from tests.engine.dmn.builders import a_file, a_table

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "rules"
FOLDERS = [Path(__file__).parent / kind / "rules" for kind in ("bpmn", "dmn", "forms")]
HANDLERS = ("orders.check", "orders.store")
KINDS = ("wrong", "right")
EXPECTED = {
    folder / rule: files
    for folder in FOLDERS
    for rule, files in (yaml.safe_load((folder / "expected.yaml").read_text("utf-8")) or {}).items()
}
# A table of 10,001 rows is made by a test below; only `salesflow layout` reports under its name.
WITHOUT_FILES = {"dmn.size", "layout"}
CASES = [(folder, name, elements) for folder, files in EXPECTED.items() for name, elements in files.items()]
BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.S | re.M)


@pytest.mark.parametrize(("folder", "name", "elements"), CASES, ids=lambda one: getattr(one, "name", str(one)))
def test_what_is_wrong_is_reported_by_its_rule_alone_and_what_is_right_is_not(folder, name, elements):
    beside = [one for one in folder.iterdir() if one.name == name or not one.name.startswith(KINDS)]

    found = definitions.check_apart(Registry(), {one.name: one.read_bytes() for one in beside}, HANDLERS)

    assert [(one.file, one.rule, one.element) for one in found] == [(name, folder.name, each) for each in elements]


def test_every_rule_has_a_page_a_wrong_and_a_right_file():
    assert {folder.name for folder in EXPECTED} >= set(RULES)
    for folder, files in EXPECTED.items():
        assert {kind for kind in KINDS for name in files if name.startswith(kind)} == set(KINDS), folder
        assert all(name.startswith("right") or elements for name, elements in files.items()), folder
        assert {one.name for one in folder.iterdir() if one.name.startswith(KINDS)} == set(files)
        assert (PAGES / f"{folder.name}.md").is_file()


@pytest.mark.parametrize("folder", EXPECTED, ids=lambda folder: folder.name)
def test_a_page_links_to_its_files_and_shows_what_is_in_them(folder):
    page = (PAGES / f"{folder.name}.md").read_text("utf-8")

    linked = re.findall(r"\]\(([^)]*/rules/[^)]*)\)", page)
    lines = {line.strip().rstrip(",") for name in linked for line in (PAGES / name).read_text("utf-8").splitlines()}
    assert page.startswith(f"# `{folder.name}`: ")
    assert {(PAGES / name).resolve() for name in linked} == {folder / name for name in EXPECTED[folder]}
    shown = [line.strip().rstrip(",") for block in BLOCK.findall(page) for line in block.splitlines()]
    assert [line for line in shown if line not in lines] == []


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_says_in_chinese_what_is_asked_and_what_to_do(page):
    chinese = page.read_text("utf-8").partition("\n## 中文\n")[2]

    assert page.stem == "README" or re.match(r"\n\*\*[^*]+。\*\* \S[^\n]*\n\n\*\*怎么改：\*\* \S[^\n]*\n$", chinese)


def test_the_list_of_rules_names_every_page():
    listed = re.findall(r"\]\(([\w.-]+)\.md\)", (PAGES / "README.md").read_text("utf-8"))

    assert sorted(listed) == sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")
    assert set(listed) == {folder.name for folder in EXPECTED} | WITHOUT_FILES


def test_a_table_with_too_many_rows_is_refused():
    rows = [[str(number), "1"] for number in range(10_001)]

    found = definitions.check_apart(Registry(), {"wrong.dmn": a_file(a_table(["x"], ["out"], rows))})

    assert [(one.rule, one.element) for one in found] == [("dmn.size", "d")]
