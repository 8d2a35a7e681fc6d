"""Reads docs/process-catalogue.md: the tables and flow blocks that the files are held against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "docs" / "process-catalogue.md").read_text("utf-8")
PIECE = re.compile(r"(\w+)(\*?)(?::(\S.*)|\s+(.*))?$", re.S)
KIND = re.compile(r"(e\{[^}]*\}|ms\{[^}]*\}|rows\[.*\]|rows|ref\b(?::\w+)?|ms\b(?::\w+)?|file|dt|\d–\d|[stnmpdb]\b)")
ARROW = re.compile(r"\[((?:[^\[\]]|\[\])*)\]\s*(\w+)")
# A map tells the place of what is no step: the beginning of its words, and the element that has to carry the phrase.
PLACES = {
    r"process (name|documentation)": "process",
    r"pool name": "participant",
    r"heading of|annotation: ": "textAnnotation",
    r"slide navigation; process link .*\(start\)$": "startEvent",
    r"slide navigation; process link ": "endEvent",
    r"slide navigation; next slide|start of the missing slide": "textAnnotation",
}
CHINESE_FIRST = "opportunity-lifecycle-u8"


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
    writes: str


@dataclass(frozen=True)
class FormField:
    """One field of a step: its type as written (`e{a/b}`, `d`, ...), whether or when it is required, and its rows'."""

    name: str
    type: str
    required: bool
    condition: str | None
    rows: tuple["FormField", ...] = ()


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


def flow(key: str) -> str:
    """The text about one process."""
    found = re.search(rf"^### ([^\n`]*`{re.escape(key)}`)", TEXT, re.M)
    assert found is not None, key
    return section(found[1])


def cells(line: str) -> list[str]:
    """The cells of one line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def steps(key: str) -> list[Step]:
    """The step table of a process."""
    return list(_steps(key))


def _steps(key: str) -> Iterator[Step]:
    for line in flow(key).splitlines():
        row = cells(line)
        if len(row) == 7 and row[0].startswith("`"):
            one, _, other = re.sub(r"\s*\[D[^]]*\]$", "", row[1]).rpartition(" / ")
            name, chinese = (other, one) if key == CHINESE_FIRST else (one, other)
            yield Step(row[0].strip("`"), name, chinese, row[2], row[3], "★" in row[4], row[5], row[6])


def fields(step: Step) -> list[FormField]:
    """The form fields that a step's row names; what only looks like one (`a = b`) is left out."""
    spans = re.findall(r"`([^`]*)`", step.fields)
    return [field for span in spans for piece in _pieces(span) if (field := _field(piece)) is not None]


def _pieces(text: str) -> Iterator[str]:
    """The parts between the commas that stand in no bracket."""
    depth, piece = 0, ""
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        if letter == "," and depth == 0:
            yield piece.strip()
            piece = ""
        else:
            piece += letter
    yield piece.strip()


def _field(piece: str) -> FormField | None:
    match = PIECE.match(piece)
    if match is None or re.match(r"[=<>]|not\b", (match[3] or match[4] or "").strip()):
        return None
    text = (match[3] or match[4] or "").strip()
    kind = KIND.match(text)
    written = kind[1] if kind else ""
    condition = re.search(r"\?\s*(.+)$", text[len(written) :])
    inside = written[5:-1] if written.startswith("rows[") else ""
    rows = tuple(field for part in _pieces(inside) if inside and (field := _field(part)) is not None)
    return FormField(match[1], written, bool(match[2]), condition[1] if condition else None, rows)


def questions(key: str) -> dict[str, tuple[str, str]]:
    """The questions of a process's decisions, English and Chinese, by gateway."""
    found = {}
    for line in flow(key).splitlines():
        row = cells(line)
        if len(row) == 4 and row[0].startswith("`gw_"):
            english, _, chinese = row[1].partition(" / ")
            found[row[0].split("`")[1]] = (english, chinese)
        elif match := re.match(r"[^#]*\b(gw_\w+): .*# (.*\?) (.*)", line):
            found[match[1]] = (match[2], match[3])
    return found


def paths(key: str) -> list[str]:
    """The paths through a process that tests have to take."""
    found = re.search(r"(?:Tests:|\*\*Tests\.\*\*|\*\*Test paths\.\*\*) (.*)\.$", flow(key), re.M)
    return re.split(r"; | · ", found[1]) if found else []


def arrows(key: str) -> set[tuple[str, str, str]]:
    """The flow blocks as (source, target, condition); `*` marks a default flow, empty an unconditional one.

    Two conditions for one way are one flow with `or` between them.
    """
    found: dict[tuple[str, str], str] = {}
    for block in re.findall(r"```(?:flow|subflow [^\n]*)\n(.*?)```", flow(key), re.S):
        for line in block.splitlines():
            if line.startswith("@"):
                continue
            for chain in re.split(r"\s\|\s", line.split("  #")[0]):
                for source, target, condition in _chain(chain):
                    before = found.get((source, target))
                    found[source, target] = f"{before} or {condition}" if before else condition
    return {(source, target, condition) for (source, target), condition in found.items()}


def guards(key: str) -> list[tuple[str, str, str, bool, str]]:
    """The boundary events: host, kind of event, its argument, whether it interrupts, where it leads."""
    found = re.findall(r"^@(\w+) (\w+) (.+?) (int|non) -> (\w+)$", flow(key), re.M)
    return [(host, kind, about, way == "int", target) for host, kind, about, way, target in found]


def _chain(chain: str) -> Iterator[tuple[str, str, str]]:
    head, colon, routes = chain.partition(": ")
    parts = [part.strip() for part in head.split(" > ")]
    for sources, targets in zip(parts, parts[1:], strict=False):
        for source in re.split(r",\s*", sources):
            for target in re.split(r",\s*", targets):
                yield source, target, ""
    if colon:
        for condition, target in ARROW.findall(routes):
            yield parts[-1], target, condition


def tables() -> list[str]:
    """The numbers of all decision tables, D01 to D27."""
    return sorted(set(re.findall(r"\*\*(D\d\d) [\w-]+\*\*", TEXT)))


def table_name(code: str) -> str:
    """The name of a decision table, such as amount-band."""
    found = re.search(rf"\*\*{code} ([\w-]+)\*\*", TEXT)
    assert found is not None, code
    return found[1]


def table(code: str) -> Table:
    """A decision table of the catalogue, such as D16."""
    match = re.search(rf"\*\*{code} [^*]*\*\*(.*?)domain: (.*?)$\n((?:\|.*\n)+)", TEXT, re.M)
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


def phrases(heading: str, letter: str) -> dict[str, tuple[str, str]]:
    """A phrase map: phrase and what it maps to, by number; `letter` begins the numbers."""
    start = TEXT.index(f"#### {heading}")
    found: dict[str, tuple[str, str]] = {}
    for line in re.split(r"\n##+ ", TEXT[start + 5 :])[0].splitlines():
        row = cells(line)
        for offset in (0, 3):
            if len(row) == 6 and re.fullmatch(rf"{letter}\d\d", row[offset]):
                found[row[offset]] = (row[offset + 1], row[offset + 2])
    return dict(sorted(found.items()))


def kind_of_place(place: str) -> str:
    """The kind of element that carries a phrase whose place the map tells without naming an element."""
    return next(kind for words, kind in PLACES.items() if re.match(words, place))


def registry() -> list[list[str]]:
    """The rows of the process registry (section 1.2)."""
    return [row for line in section("1.2").splitlines() if len(row := cells(line)) == 7 and row[1].startswith("`")]
