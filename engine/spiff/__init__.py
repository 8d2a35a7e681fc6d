"""Executes drawings with SpiffWorkflow. The only folder that knows the library; `engine.port` is all others see."""

from engine.spiff.bundle import Spec, compile_bundle, schema_folder
from engine.spiff.execution import SpiffExecution, load_execution, start_execution

__all__ = ["Spec", "SpiffExecution", "compile_bundle", "load_execution", "schema_folder", "start_execution"]
