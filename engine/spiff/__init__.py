"""Executes drawings with SpiffWorkflow. The only folder that knows the library; `engine.port` is all others see."""

from engine.spiff.bundle import CALLED_PROCESS, Spec, compile_bundle, schema_folder
from engine.spiff.execution import SpiffExecution, load_execution, start_execution

__all__ = [
    "CALLED_PROCESS",
    "Spec",
    "SpiffExecution",
    "compile_bundle",
    "load_execution",
    "schema_folder",
    "start_execution",
]
