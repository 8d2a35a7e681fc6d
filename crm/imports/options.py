"""How one import is to be read and written: chosen by a person, kept with the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crm.imports.refusals import ImportRefused

MODES = ("complex", "tender", "simple")
CHOICES = {"date_order": ("", "dmy", "mdy"), "decimal_mark": ("", ".", ","), "mode": MODES}
LONGEST_SOURCE = 80


@dataclass(frozen=True)
class Options:
    """The choices of an import.

    `columns` maps names of columns to fields; `source` names the other system, whose ids are
    unique there; `owner` (login) owns rows that name nobody; `date_order` dmy or mdy and
    `decimal_mark` where the file leaves it open (empty: found out from the file); `mode` is the
    sales mode of new opportunities; `stages` maps the file's own names of stages to places here (a stage's
    key, or `won`, `lost`, `cancelled`); with `good_rows` rows with errors do not stop the others.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = "import"
    owner: str = ""
    date_order: str = ""
    decimal_mark: str = ""
    mode: str = "complex"
    good_rows: bool = False
    stages: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ImportRefused(
                    "Expected one of %(allowed)s for %(name)s, but got %(value)s.",
                    allowed=", ".join(filter(None, allowed)),
                    name=name,
                    value=getattr(self, name),
                )
        if not self.source.strip() or len(self.source) > LONGEST_SOURCE:
            raise ImportRefused(
                "Expected a name of at most %(most)s characters for the other system.", most=LONGEST_SOURCE
            )

    def as_json(self) -> dict[str, Any]:
        """For keeping with the run."""
        return {**asdict(self), "columns": dict(self.columns), "stages": dict(self.stages)}
