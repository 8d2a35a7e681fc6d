"""Bars as SVG, drawn here: classes and attributes only, so that the page needs no script and no style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

SVG = "http://www.w3.org/2000/svg"
WIDTH, LABELS, FIGURES, BAR, GAP = 800, 220, 180, 14, 16
ROW = 2 * BAR + GAP


@dataclass(frozen=True)
class Bars:
    """One row of the chart: a label, two amounts, and the text after the bars."""

    label: str
    amount: Decimal
    weighted: Decimal
    figure: str


def bars(rows: Sequence[Bars], title: str) -> Markup:
    """A bar chart of amount over weighted amount, one pair a row; an empty text without rows."""
    if not rows:
        return Markup("")
    most = max((row.amount for row in rows), default=Decimal(0)) or Decimal(1)
    height = ROW * len(rows) + GAP
    parts = [
        f'<svg xmlns="{SVG}" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
        *(_row(row, GAP + index * ROW, most) for index, row in enumerate(rows)),
        f'<line class="base" x1="{LABELS}" y1="{GAP // 2}" x2="{LABELS}" y2="{height - GAP // 2}"/>',
        "</svg>",
    ]
    return Markup("".join(parts))


def _row(row: Bars, top: int, most: Decimal) -> str:
    room = WIDTH - LABELS - FIGURES
    width, inner = (int(room * value / most) for value in (row.amount, row.weighted))
    return (
        f"<g><title>{escape(row.label)}: {escape(row.figure)}</title>"
        f'<text x="{LABELS - 8}" y="{top + BAR + 4}" text-anchor="end">{escape(row.label)}</text>'
        f'<rect class="bar" x="{LABELS}" y="{top}" width="{width}" height="{BAR}"/>'
        f'<rect class="bar weighted" x="{LABELS}" y="{top + BAR}" width="{inner}" height="{BAR}"/>'
        f'<text class="soft" x="{LABELS + width + 8}" y="{top + BAR + 4}">{escape(row.figure)}</text></g>'
    )
