"""The steps of 3.4.1 Reporting and Analysis, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.area_reporting_analysis import assemble_pack, distribute_pack, load_context, review_pack

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    assemble_pack.assemble_pack,
    review_pack.review_pack,
    distribute_pack.distribute_pack,
)
