"""The element matrix: what becomes of every element and attribute of BPMN 2.0, and the test that shows it.

`python -m tests.engine.behaviour.matrix` writes docs/bpmn-elements.md from the rows in `matrix.yaml` beside the tests.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.engine.behaviour.evidence import evidence
from tests.engine.behaviour.schema_parts import diagram, model

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "bpmn-elements.md"
STATUSES = {
    "run": "runs as the standard says",
    "translated": "is redrawn or translated at deployment into something that runs",
    "refused": "is refused at deployment, by name",
    "kept": "is kept in the file and changes no run: it describes, or is only shown",
}
WHOLE = "*"


@dataclass(frozen=True)
class Row:
    """What becomes of an element, or of one of its attributes or child elements (`*`: of all of them)."""

    element: str
    status: str
    section: str
    test: str
    attribute: str = ""
    where: str = ""
    note: str = ""
    file: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.element, self.attribute, self.where)

    def __str__(self) -> str:
        return f"{self.file}: {' '.join(part for part in self.key if part)}"


def rows() -> list[Row]:
    """The rows beside the tests, in the order of the page."""
    found = [row for file in sorted(Path(__file__).parent.rglob("matrix.yaml")) for row in _rows(file)]
    return sorted(found, key=lambda row: (row.element.lower(), row.attribute.lower(), row.where))


def _rows(file: Path) -> Iterator[Row]:
    for values in yaml.safe_load(file.read_text("utf-8")):
        texts = {name: str(value) for name, value in values.items()}
        yield Row(**texts, file=file.relative_to(ROOT).as_posix())


def is_in_the_schema(row: Row) -> bool:
    """Whether the standard has what a row speaks of."""
    if row.element in diagram():
        return row.attribute in ("", WHOLE)
    if row.element in model():
        return not row.attribute or row.attribute in model()[row.element].parts
    return not row.attribute and any(row.element in kind.children for kind in model().values())


def unknown(found: list[Row]) -> list[str]:
    """The elements, attributes and child elements of the standard that no row speaks of."""
    told = {(row.element, row.attribute) for row in found}
    missing = [name for name in model() if (name, "") not in told]
    missing += [name for name in diagram() if (name, "") not in told or (name, WHOLE) not in told]
    for kind in model().values():
        heirs = [one.name for one in model().values() if one is kind or kind in one.inherits]
        missing += [f"{kind.name} {one}" for one in kind.attributes if not any((heir, one) in told for heir in heirs)]
        missing += [
            f"{kind.name} <{one}>"
            for one in kind.children
            if (one, "") not in told and not any((heir, one) in told for heir in heirs)
        ]
    return sorted(missing)


def is_met(row: Row) -> bool:
    """Whether the test of a row has what the row speaks of in a drawing that it names; refused things may be written.

    Raises:
        KeyError: there is no such test.
    """
    part = row.attribute.strip(WHOLE)
    found = evidence(ROOT, row.test)
    return found.draws(row.element, part) or (row.status == "refused" and found.mentions(row.element, part))


@cache
def functions_of(file: str) -> dict[str, str]:
    """The source of each test function of a file, by name; empty when there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return {}
    source = path.read_text("utf-8")
    return {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def beginning_of(file: str) -> str:
    """What a test file says of itself at its beginning."""
    return ast.get_docstring(ast.parse((ROOT / file).read_text("utf-8"))) or ""


def page(found: list[Row]) -> str:
    """docs/bpmn-elements.md."""
    count = Counter(row.status for row in found)
    sums = [f"| **{status}** | {meaning} | {count[status]} |" for status, meaning in STATUSES.items()]
    lines = [
        "# What becomes of every BPMN element",
        "",
        "Every element and attribute of the BPMN 2.0 schema (formal/2011-01-03), and the test that shows what becomes",
        "of it. An attribute or child element stands with the element that declares it and goes for all that inherit",
        "it; `*` stands for all attributes. The page is written by `python -m tests.engine.behaviour.matrix` from the",
        "`matrix.yaml` beside the tests; a test fails when the schema holds anything that has no row here.",
        "Sections, here and in the code, are numbered as in that edition; later ones move some of them.",
        "What vendors add is in [notations of other tools](notations.md), what is refused in [rules](rules/README.md).",
        "",
        "| status | the element | rows |",
        "|---|---|---:|",
        *sums,
        "",
        "| element | attribute or child | where | status | section | shown by | note |",
        "|---|---|---|---|---|---|---|",
        *map(_line, found),
        "",
    ]
    return "\n".join(lines)


def _line(row: Row) -> str:
    file, _, name = row.test.partition("::")
    shown = f"[{name.removeprefix('test_').replace('_', ' ')}](../{file})"
    attribute = f"`{row.attribute}`" if row.attribute else ""
    cells = (f"`{row.element}`", attribute, row.where, row.status, row.section, shown, row.note)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(rows()), encoding="utf-8")
    print(f"{len(rows())} rows.")
