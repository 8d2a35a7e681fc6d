"""DMN: decision tables with all hit policies, literal expressions, boxed logic and requirement graphs."""

from engine.dmn import kit
from engine.dmn.document import RejectedDecisions
from engine.dmn.elements import Decision
from engine.dmn.imports import imported_files
from engine.dmn.model import DecisionModel
from engine.dmn.proof import check
from engine.dmn.reader import read_model, read_with_findings
from engine.dmn.results import DecisionError, DecisionResult, FiredRow, Step
from engine.dmn.table import Input, Output, Row, Table
from engine.dmn.written import written

__all__ = [
    "Decision",
    "DecisionError",
    "DecisionModel",
    "DecisionResult",
    "FiredRow",
    "Input",
    "Output",
    "RejectedDecisions",
    "Row",
    "Step",
    "Table",
    "check",
    "imported_files",
    "kit",
    "read_model",
    "read_with_findings",
    "written",
]
