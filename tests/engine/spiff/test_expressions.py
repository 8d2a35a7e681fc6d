"""Expressions are FEEL and nothing else; drawings that cannot run are refused by name."""

import pytest
from SpiffWorkflow.bpmn.script_engine.python_environment import TaskDataEnvironment

from engine.bpmn import read
from engine.errors import EngineError, Rejected, Stuck
from engine.spiff import compile_bundle, schema_folder
from engine.spiff.expressions import NO_PYTHON
from tests.engine.spiff.player import Player, compiled, drawing


def changed(name, old, new):
    """A drawing beside the tests, with one thing changed."""
    text = drawing(name).xml.decode()
    assert old in text
    return read(text.replace(old, new).encode(), f"{name}.bpmn")


@pytest.mark.parametrize("name", ["evaluate", "execute", "validate", "call_service"])
def test_the_librarys_python_engine_is_out_of_reach(name):
    with pytest.raises(EngineError, match="asked for Python"):
        getattr(NO_PYTHON, name)("1 + 1", {})
    assert not isinstance(NO_PYTHON.environment, TaskDataEnvironment)


@pytest.mark.parametrize("text", ['__import__("os").system("true")', "open(\"x\").read()", "().__class__"])
def test_python_in_a_condition_is_never_run(text):
    drawn = changed("no-way", "x &gt; 10", text.replace('"', "&quot;"))
    with pytest.raises((Rejected, Stuck)) as caught:
        Player(compile_bundle(drawn, {})).start().complete("ask", x=11)
    assert "which" in str(caught.value)


def test_an_expression_that_does_not_parse_is_refused_with_its_element():
    with pytest.raises(Rejected, match=r"no-way.bpmn \[which_to_end\] expressions: .*x > > 1"):
        compile_bundle(changed("no-way", "x &gt; 10", "x &gt; &gt; 1"), {})


def test_an_expression_that_asks_for_too_much_is_stuck_by_name():
    loop = "some a in 1..2000000 satisfies a = -1"
    player = Player(compile_bundle(changed("no-way", "x &gt; 10", loop), {})).start()
    with pytest.raises(Stuck, match="to work out 'some a in") as caught:
        player.complete("ask", x=11)
    assert caught.value.trouble.code == "EXPRESSION"


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("throws", "<signalEventDefinition", "<conditionalEventDefinition", "a condition at"),
        ("throws", "<signalEventDefinition", "<linkEventDefinition", "link event"),
        ("event-sub", '<messageEventDefinition messageRef="message_withdraw"/>', "", "start events with a cause"),
    ],
)
def test_what_cannot_run_is_refused_by_name(name, old, new, says):
    text = drawing(name).xml.decode().replace(old, new)
    with pytest.raises(Rejected, match=says):
        compile_bundle(read(text.encode(), f"{name}.bpmn"), {})


def test_the_schema_files_come_with_the_library():
    assert (schema_folder() / "BPMN20.xsd").is_file()


def test_a_chain_of_two_thousand_steps_compiles_and_runs():
    names = [f"step_{number}" for number in range(2000)]
    parts = [f'<task id="{name}"/>' if number % 500 == 0 else f'<exclusiveGateway id="{name}"/>'
             for number, name in enumerate(names)]
    ids = ["start", *names, "end"]
    flows = [
        f'<sequenceFlow id="f{number}" sourceRef="{a}" targetRef="{b}"/>'
        for number, (a, b) in enumerate(zip(ids, ids[1:], strict=False))
    ]
    body = "".join(['<startEvent id="start"/>', *parts, '<endEvent id="end"/>', *flows])
    text = drawing("no-way").xml.decode()
    head, tail = text.split('<process id="no_way" isExecutable="true">')[0], "</process></definitions>"
    long = read(f'{head}<process id="long" isExecutable="true">{body}{tail}'.encode(), "long.bpmn")
    player = Player(compile_bundle(long, {}), step_budget=5000).start()
    for name in names[::500]:
        player.complete(name)
    assert player.ended
    assert len(player.passed) == 2002


def test_a_drawing_compiles_to_the_same_numbers_every_time():
    assert compiled("caller", "called").fingerprint == compiled("caller", "called").fingerprint
    assert compiled("caller", "called").fingerprint != compiled("errors").fingerprint


def test_a_flow_or_a_boundary_event_that_leads_nowhere_is_refused_by_name():
    with pytest.raises(Rejected, match=r"\[which_to_end\] .*'which_to_end' to name a step beside it as targetRef"):
        compile_bundle(changed("no-way", 'targetRef="end"', 'targetRef="nowhere"'), {})
    with pytest.raises(Rejected, match=r"\[late\] .*'late' to name a step beside it as attachedToRef"):
        compile_bundle(changed("receive", 'attachedToRef="answer"', 'attachedToRef="nowhere"'), {})


def test_an_element_may_bear_a_name_that_the_library_uses():
    renamed = read(drawing("no-way").xml.replace(b'"start"', b'"Start"').replace(b'"end"', b'"End"'), "no-way.bpmn")
    assert Player(compile_bundle(renamed, {})).start().complete("ask", x=11).ended.ends == ("End",)
