"""What an import says about a file as a whole; sentences about single cells are `Finding`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm.errors import CrmError


class ImportRefused(CrmError):
    """The file cannot be imported."""


class Unfit(Exception):
    """A cell does not hold what its field takes; `template` and `values` say why."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values: Mapping[str, object] = values
        super().__init__(template % values if values else template)


@dataclass(frozen=True)
class Finding:
    """One thing to know about a row: `line` in the file, the header of the column, what it holds, and why.

    `severity` is error (the row is not imported) or note.
    """

    line: int
    column: str
    value: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: str = "error"

    def __str__(self) -> str:
        return self.template % self.values if self.values else self.template
