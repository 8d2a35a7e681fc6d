"""Turns a drawing into what the executing side runs right, patterns included, ids and places kept."""

from __future__ import annotations

from functools import lru_cache

from engine.bpmn.lint.sheet import Known
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.normalising.ends import draw_ends
from engine.bpmn.normalising.ids import drop_flow_lists, name_flows, rename_reserved
from engine.bpmn.normalising.links import join_links
from engine.bpmn.normalising.shared_definitions import own_definitions
from engine.bpmn.normalising.shown import set_data_aside
from engine.bpmn.normalising.signal_ends import split_signal_ends
from engine.bpmn.normalising.splits import draw_splits
from engine.bpmn.normalising.texts import unwrap_texts
from engine.bpmn.normalising.wrapping import guard_rounds
from engine.bpmn.patterns import approval, due_work, missing_record, withdrawal
from engine.bpmn.read import Drawing
from engine.bpmn.vocabulary import identity

KEPT, KEPT_LARGE, LARGE = 512, 8, 500_000


def normalise(drawing: Drawing, known: Known) -> Drawing:
    """A new drawing with the same ids: shapes the library misruns are redrawn, the shared patterns added.

    Expects a drawing that lint accepts. Patterns (catalogue section 0.1): MR missing record,
    AP approval, RM due work, CX withdrawal; what they add carries the property `expanded`
    and has its place in the diagram. Not done twice: a normalised drawing is not normalised again.
    """
    redrawn = _kept_large if len(drawing.xml) > LARGE else _kept
    return redrawn(drawing, missing_record.ways(identity(drawing.process), known))


def drawn_alike(drawing: Drawing, one: Known, other: Known) -> bool:
    """Whether a drawing is normalised in the same way, whichever of the two is known."""
    process = identity(drawing.process)
    return missing_record.ways(process, one) == missing_record.ways(process, other)


def _redrawn(drawing: Drawing, ways: missing_record.Ways) -> Drawing:
    """The same, of all that it depends on."""
    canvas = Canvas(drawing)
    own_definitions(canvas)
    drop_flow_lists(canvas)
    name_flows(canvas)
    set_data_aside(canvas)
    guard_rounds(canvas)
    approval.expand(canvas)
    due_work.expand(canvas)
    missing_record.expand(canvas, ways)
    withdrawal.expand(canvas)
    join_links(canvas)
    split_signal_ends(canvas)
    draw_splits(canvas)
    draw_ends(canvas)
    unwrap_texts(canvas)
    rename_reserved(canvas)
    return canvas.drawing()


# Kept, because every deployment needs every drawing; of large ones, which fill the memory, only the last few.
_kept, _kept_large = lru_cache(KEPT)(_redrawn), lru_cache(KEPT_LARGE)(_redrawn)
