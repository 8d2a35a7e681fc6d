"""What the documentation names is there: files behind links, commands, decisions."""

import re
from pathlib import Path

import pytest

from cli import main

ROOT = Path(__file__).parent.parent
DECISIONS = ROOT / "docs" / "adr"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "processes").glob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)[^)\s]*\)")
EXAMPLE = re.compile(r"^ *```.*?^ *```", re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(EXAMPLE.sub("", page.read_text("utf-8")))

    assert [one for one in targets if "://" not in one and not (page.parent / one).exists()] == []


def test_the_readme_names_every_command() -> None:
    table = (ROOT / "README.md").read_text("utf-8").split("| command | does |")[1].split("\n\n")[0]

    named = re.findall(r"`([a-z]+)(?: [A-Z ]+)?`", table)

    assert sorted(named) == sorted(main.commands)


def test_every_decision_is_in_their_list_by_its_number() -> None:
    listed = re.findall(r"\[(\d{4})\]\(([^)]+)\)", (DECISIONS / "README.md").read_text("utf-8"))

    written = sorted(page.name for page in DECISIONS.glob("[0-9]*.md"))
    assert [name for _, name in listed] == written
    assert all(name.startswith(number) for number, name in listed)
    assert all(f"# {name[:4]} " in (DECISIONS / name).read_text("utf-8") for name in written)
