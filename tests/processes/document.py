"""Reads docs/process-catalogue.md: the tables and flow blocks that the files are held against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "docs" / "process-catalogue.md").read_text("utf-8")
FIELD = re.compile(r"(\w+)(\*?):(e\{[^}]*\}|rows\[[^\]]*\]|ref:\w+|dt|[stnmpdb])(?:\s\?([^,`]+))?(?=[,`\s(]|$)")
ARROW = re.compile(r"\[([^\]]*)\]\s*(\w+)")


@dataclass(frozen=True)
class Step:
    """One row of a step table."""

    id: str
    name: str
    chinese: str
    kind: str
    lane: str
    starred: bool
    fields: str


@dataclass(frozen=True)
class FormField:
    """One field of a step: its type as written (`e{a/b}`, `d`, ...), whether required, and when."""

    name: str
    type: str
    required: bool
    condition: str | None


@dataclass(frozen=True)
class Table:
    """A decision table as printed: input and output names, allowed values, rows of cells."""

    policy: str
    domain: dict[str, str]
    inputs: list[str]
    outputs: list[str]
    rows: list[list[str]]


def section(heading: str) -> str:
    """The text below the ### heading that begins like this, up to the next heading."""
    start = TEXT.index(f"\n### {heading}") + 1
    end = re.compile(r"^#{2,3} ", re.M).search(TEXT, start + 4)
    return TEXT[start : end.start() if end else len(TEXT)]


def cells(line: str) -> list[str]:
    """The cells of one line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def steps(heading: str) -> list[Step]:
    """The step table of a process."""
    return list(_steps(section(heading)))


def _steps(text: str) -> Iterator[Step]:
    for line in text.splitlines():
        row = cells(line)
        if len(row) == 7 and row[0].startswith("`"):
            name, _, chinese = re.sub(r"\s*\[D\]$", "", row[1]).rpartition(" / ")
            yield Step(row[0].strip("`"), name, chinese, row[2], row[3], "★" in row[4], row[5])


def fields(step: Step) -> list[FormField]:
    """The form fields that a step's row names."""
    spans = " ".join(f"`{span}`" for span in re.findall(r"`([^`]*:[^`]*)`", step.fields))
    return [
        FormField(name, kind, bool(star), condition or None) for name, star, kind, condition in FIELD.findall(spans)
    ]


def questions(heading: str) -> dict[str, tuple[str, str]]:
    """The questions of a process's decisions, English and Chinese, by gateway."""
    found = {}
    for line in section(heading).splitlines():
        row = cells(line)
        if len(row) == 4 and row[0].startswith("`gw_"):
            english, _, chinese = row[1].partition(" / ")
            found[row[0].split("`")[1]] = (english, chinese)
        elif match := re.match(r"[^#]*\b(gw_\w+): .*# (.*\?) (.*)", line):
            found[match[1]] = (match[2], match[3])
    return found


def arrows(heading: str) -> set[tuple[str, str, str]]:
    """The flow block as (source, target, condition); `*` marks a default flow, empty an unconditional one."""
    block = re.search(r"```flow\n(.*?)```", section(heading), re.S)
    assert block is not None
    found: set[tuple[str, str, str]] = set()
    for line in block[1].splitlines():
        for chain in re.split(r"\s\|\s", line.split("  #")[0]):
            found |= _chain(chain)
    return found


def _chain(chain: str) -> set[tuple[str, str, str]]:
    head, colon, routes = chain.partition(": ")
    parts = [part.strip() for part in head.split(" > ")]
    found = {
        (source, target, "")
        for source, targets in zip(parts, parts[1:], strict=False)
        for target in re.split(r",\s*", targets)
    }
    if colon:
        found |= {(parts[-1], target, condition) for condition, target in ARROW.findall(routes)}
    return found


def table(code: str) -> Table:
    """A decision table of the catalogue, such as D16."""
    match = re.search(rf"^\*\*{code} [^*]*\*\*(.*?)domain: (.*?)$\n((?:\|.*\n)+)", TEXT, re.M)
    assert match is not None, code
    lines = match[3].strip().splitlines()
    head = cells(lines[0])[1:]
    return Table(
        policy="COLLECT" if "COLLECT" in match[1] else "UNIQUE",
        domain=dict(part.strip().split(" ", 1) for part in match[2].split(";")),
        inputs=[name for name in head if not name.startswith("⇒")],
        outputs=[name.removeprefix("⇒").strip() for name in head if name.startswith("⇒")],
        rows=[cells(line)[1:] for line in lines[2:]],
    )


def phrases() -> dict[str, tuple[str, str]]:
    """The phrase map of 3.3.3.4.3: phrase and what it maps to, by number."""
    start = TEXT.index("#### Seed phrase map 3.3.3.4.3")
    found: dict[str, tuple[str, str]] = {}
    for line in TEXT[start:].split("\n### ")[0].splitlines():
        row = cells(line)
        for offset in (0, 3):
            if len(row) == 6 and re.fullmatch(r"P\d\d", row[offset]):
                found[row[offset]] = (row[offset + 1], row[offset + 2])
    return dict(sorted(found.items()))


def registry() -> list[list[str]]:
    """The rows of the process registry (section 1.2)."""
    return [row for line in section("1.2").splitlines() if len(row := cells(line)) == 7 and row[1].startswith("`")]
