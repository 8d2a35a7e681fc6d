"""engine.feel can be used without the rest of the engine."""

import subprocess
import sys

CHECK = """
import sys
from engine.feel import compile_expression
assert compile_expression("1 + 1")({}) == 2
foreign = {name.partition(".")[0] for name in sys.modules} & {"lxml", "sqlalchemy", "flask", "SpiffWorkflow"}
ours = {name for name in sys.modules if name.startswith("engine.") and not name.startswith("engine.feel")}
assert not foreign and not ours, (foreign, ours)
"""


def test_nothing_else_of_ours_is_imported():
    finished = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stderr
