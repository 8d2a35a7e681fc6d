"""Plays the drawings of this folder with the whole engine: tables, jobs, forms, messages."""

from pathlib import Path

from engine import Database
from engine.contract import Done, handler
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, known

HERE = str(Path(__file__))
DISCOUNT = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<decision id="discount" name="discount"><variable id="v" name="discount"/>
<decisionTable id="t" hitPolicy="FIRST"><input id="i">
<inputExpression id="e"><text>amount</text></inputExpression></input>
<output id="o" name="percent"/>
<rule id="r1"><inputEntry id="a"><text>&gt;= 100</text></inputEntry>
<outputEntry id="b"><text>10</text></outputEntry></rule>
<rule id="r2"><inputEntry id="c"><text>-</text></inputEntry><outputEntry id="f"><text>0</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def recorder(name, calls, **variables):
    """A handler of that name that notes what it sees and answers with variables."""

    @handler(name)
    def note(context):
        calls.append(context)
        return Done(variables)

    return note


def deployed(database: Database, *names, handlers=(), files=None):
    """A kit with the drawings of these names."""
    drawings = {f"bpmn/{name}.bpmn": drawing(HERE, name).xml for name in names}
    return Kit(database, handlers=handlers, files={**drawings, **(files or {})})


def told(name, **names):
    """What was said of a drawing when it was read: element, severity and the sentence."""
    one = drawing(HERE, name)
    return [(finding.element, finding.severity, str(finding.message)) for finding in one.told]


def refused(name):
    """Elements with errors by the rules of this folder, and what is said of each."""
    return {element: sentence for element, severity, sentence in told(name) if severity == "error"}


__all__ = ["DISCOUNT", "HERE", "deployed", "drawing", "known", "recorder", "refused", "told"]
