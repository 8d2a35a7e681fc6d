"""Executes drawings with SpiffWorkflow. The only folder that knows the library; `engine.port` is all others see.

To read it from the bottom up:

1. What runs: `tokens` (a token and its variables), `flows` (a process or sub-process that holds them), `steps`
   (enter, run, choose a way, leave: what every element has in common), `expressions` and `mappings` (its FEEL).
2. Each element: `tasks`, `calls` (sub-processes, called processes), `loops` (runs of one activity), `ad_hoc`, `joins`
   with `reach` (which tokens can still come), `quantities` (of tokens that an activity begins and ends with).
3. Events: `triggers` (what one is about) and `timers`; `catching` with `events`, `boundary` and `start_events`;
   `throws` with `faults` (who catches an error or escalation) and `offpage`; `conditions` with `watching` (which of
   them a change can concern); `correlation`.
4. Undoing: `compensation`, `transactions`, and `remembering`, which finds out while compiling what can be undone.
5. Compiling: `parser` walks a drawing, `elements` makes a step of each element with the details that `reading` finds
   (`plans` those of loops), `beginnings` and `start_times` say how it begins; `bundle` numbers and freezes the whole.
6. Running: `execution` takes a command, `stepper` runs until everything waits (within a `budget`), `state` stores it
   (`packing` the values, `counts` the rounds).
"""

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
