"""What the pages of an import send, and the choices they offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flask_babel import lazy_gettext as _l

from crm.imports import mapping, reading, uploads
from crm.imports.lists import BY_KIND
from crm.imports.options import Options
from crm.imports.refusals import ImportRefused
from crm.imports.runs import Run
from crm.imports.stage_names import StageNames
from crm.stages import Stage
from webapp.languages import language

KINDS: Mapping[str, object] = {
    "accounts": _l("Accounts"),
    "contacts": _l("Contacts"),
    "opportunities": _l("Opportunities"),
}
DATE_ORDERS: Mapping[str, object] = {
    "": _l("find out from the file"),
    "dmy": _l("day before month (31/12/2026)"),
    "mdy": _l("month before day (12/31/2026)"),
}
DECIMAL_MARKS: Mapping[str, object] = {
    "": _l("find out from the file"),
    ".": _l("point (1,234.56)"),
    ",": _l("comma (1.234,56)"),
}
DELIMITERS: Mapping[str, object] = {",": _l("comma"), ";": _l("semicolon"), "\t": _l("tab"), "|": _l("bar")}
ENDED: Mapping[str, object] = {"won": _l("Won"), "lost": _l("Lost"), "cancelled": _l("Cancelled")}
SAMPLE_ROWS = 3
ROWS_LOOKED_AT, MOST_STAGES = 20_000, 60
COLUMN, STAGE = "column-", "stage-"


@dataclass(frozen=True)
class ColumnChoice:
    """One column of the file: its name, what its first rows hold, and the field chosen for it."""

    position: int
    name: str
    samples: tuple[str, ...]
    field: str


def suggested(kind: str, sheet: reading.Sheet) -> Options:
    """The options of a new import: the columns that are known by name."""
    return Options(mapping.suggest(kind, sheet.header))


def columns(run: Run, folder: Path) -> list[ColumnChoice]:
    """The columns of a run's file with their first values; without values when the file is gone."""
    path = uploads.path(folder, run.stored)
    rows: list[reading.Row] = []
    if path.exists():
        try:
            rows = list(islice(reading.rows(reading.open_sheet(path, run.file_name)), SAMPLE_ROWS))
        except ImportRefused:
            rows = []
    chosen = run.chosen.columns
    return [
        ColumnChoice(
            position,
            name,
            tuple(row.cells[position] for row in rows if position < len(row.cells) and row.cells[position]),
            chosen.get(name, ""),
        )
        for position, name in enumerate(run.header)
        if name
    ]


@dataclass(frozen=True)
class StageChoice:
    """One stage of the file: its name there, and the code of the place here that it is taken for (empty: unknown)."""

    name: str
    code: str


def stage_choices(run: Run, folder: Path, known: StageNames) -> list[StageChoice]:
    """The stages that a run's file names, in its first rows; none while no column of stages is chosen."""
    chosen = run.chosen
    column = next((name for name, key in chosen.columns.items() if key == "stage"), None)
    path = uploads.path(folder, run.stored)
    if column is None or run.kind != "opportunities" or not path.exists():
        return []
    try:
        names = reading.different(reading.open_sheet(path, run.file_name), column, ROWS_LOOKED_AT, MOST_STAGES)
    except ImportRefused:
        return []
    return [StageChoice(name, chosen.stages.get(name) or known.code_of(name)) for name in names]


def places(ladder: Iterable[Stage]) -> list[tuple[str, str]]:
    """Where an opportunity of the file can be put: code and label in the reader's language."""
    stages = [(stage.key, stage.display_name(language())) for stage in ladder if not stage.retired]
    return [*stages, *((code, str(label)) for code, label in ENDED.items())]


def _stages(form: Mapping[str, str]) -> dict[str, str]:
    pairs = ((form.get(f"{STAGE}name-{number}", ""), form.get(f"{STAGE}{number}", "")) for number in range(MOST_STAGES))
    return {name: code for name, code in pairs if name and code}


def fields(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind: key and label in the reader's language."""
    return [(field.key, field.display_name(language())) for field in BY_KIND[kind]]


def read_options(run: Run, form: Mapping[str, str], *, any_owner: bool) -> Options:
    """The options that the form of a run chose; raises `ImportRefused` when they cannot work."""
    chosen = {
        name: form[f"{COLUMN}{position}"]
        for position, name in enumerate(run.header)
        if name and form.get(f"{COLUMN}{position}")
    }
    mapping.check(run.kind, run.header, chosen)
    return Options(
        chosen,
        source=form.get("source", "").strip() or "import",
        owner=form.get("owner", "") if any_owner else "",
        date_order=form.get("date_order", ""),
        decimal_mark=form.get("decimal_mark", ""),
        mode=form.get("mode", "") or "complex",
        stages=_stages(form),
    )
