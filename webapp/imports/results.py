"""What came of an import, as a page and as a CSV file that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from crm.imports.lists import BY_KIND, of
from crm.imports.refusals import Finding
from crm.imports.runs import Run
from engine import errors
from webapp.languages import language, say

# The fields of the first rows that a trial run shows, by kind.
PREVIEW: Mapping[str, tuple[str, ...]] = {
    "accounts": ("name", "owner", "industry", "region", "credit_standing"),
    "contacts": ("name", "title", "email", "phone"),
    "opportunities": ("name", "owner", "amount", "currency", "expected_close_date", "stage", "status"),
}
STATUS = _l("Status")
# A spreadsheet takes a cell that begins so for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def message(run: Run) -> str:
    """What the run says about itself, in the reader's language."""
    return said(run.message, run.message_values) if run.message else ""


def said(template: str, values: Mapping[str, object]) -> str:
    """A sentence about a file in the reader's language; names of fields and kinds of files in it as well."""
    shown = dict(values)
    if "kind" in shown:
        shown["kind"] = _(str(shown["kind"]))
    if "field" in shown:
        labels = {field.label: field for fields in BY_KIND.values() for field in fields}
        known = labels.get(str(shown["field"]))
        shown["field"] = known.display_name(language()) if known else shown["field"]
    return say(errors.Sentence(template, **shown))


def reason(finding: Finding) -> str:
    """Why a cell or row does not fit, in the reader's language."""
    return say(errors.Sentence(finding.template, **finding.values))


def as_csv(findings: Iterable[Finding]) -> bytes:
    """The findings as CSV, in UTF-8 with a mark that spreadsheets know; no cell can act as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_("Line"), _("Column"), _("Value"), _("Kind"), _("Reason")])
    for one in findings:
        kind = _("error") if one.severity == "error" else _("note")
        writer.writerow([one.line, *map(harmless, (one.column, one.value, kind, reason(one)))])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def labels(run: Run) -> list[str]:
    """The names of the fields that a trial run shows, in the reader's language."""
    known = [(key, of(run.kind, key)) for key in PREVIEW[run.kind]]
    return [field.display_name(language()) if field else str(STATUS) for _key, field in known]


def preview(
    run: Run, rows: Iterable[Mapping[str, Any]], people: Mapping[str, str], stages: Mapping[str, str]
) -> list[tuple[str, int, list[Any]]]:
    """The first waiting rows: action, line and the values of the fields shown, with names for logins and stages."""
    known = {"owner": people, "stage": stages}
    return [
        (
            row["action"],
            row["line"],
            [known.get(name, {}).get(row[name], row[name]) for name in PREVIEW[run.kind]],
        )
        for row in rows
    ]
