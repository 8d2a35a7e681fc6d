"""Functions that only Camunda 8's FEEL has, in terms of those of DMN 1.3, chapter 10.3.4."""

import pytest

from engine.bpmn import read
from engine.bpmn.notations.camunda8_feel import standard
from engine.feel import compile_expression
from engine.port import TimerArmed
from tests.engine.behaviour.notations.playing import HERE
from tests.engine.behaviour.play import play

GIVEN = {"a": 1, "xs": [], "s": "  ", "c": {"k": 1}}


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("is defined(a)", "(a != null)", True),
        ("is defined(b)", "(b != null)", False),
        ("get or else(b, 5)", "(if b = null then 5 else b)", 5),
        ("get or else(get or else(b, d), [1, 2])[1]", None, 1),
        ("is empty(xs) and is blank(s)", '(count(xs) = 0) and (trim(s) = "")', True),
        ('put(c, "n", 2).n', 'context put(c, "n", 2).n', 2),
        ("put all(c, {n: 3}).n", "context merge([c, {n: 3}]).n", 3),
        ('date and time("2030-01-01T08:00:00+01:00[Europe/Rome]").hour', None, 8),
        ('"is defined(a)"', '"is defined(a)"', "is defined(a)"),
        ("count(xs) + a", "count(xs) + a", 1),
    ],
)
def test_a_function_of_camunda_8_is_said_with_those_of_the_standard(text, written, value):
    found = standard(text)

    assert written in (None, found)
    assert compile_expression(found)(GIVEN) == value
    assert standard(found) == found


@pytest.mark.parametrize(
    "text", ["is defined()", "is defined(a", "put(c)", '"open', "is defined", "get or else(a, b, c)"]
)
def test_what_is_no_such_call_is_left_as_it_is(text):
    assert standard(text) == text


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ('=cycle(3, duration("PT10M"))', "R3/PT10M"),
        ('= cycle(@"PT1H")', "R/PT1H"),
        ("=cycle(n, pause)", "=cycle(n, pause)"),
        ("R2/PT5M", "R2/PT5M"),
    ],
)
def test_a_cycle_of_constants_is_a_repetition(text, read_as):
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">'
        '<process id="p" isExecutable="true"><extensionElements><zeebe:versionTag value="1"/></extensionElements>'
        "<startEvent id='s'><timerEventDefinition>"
        f"<timeCycle>{text}</timeCycle></timerEventDefinition></startEvent></process></definitions>"
    )

    (cycle,) = read(xml.encode(), "p.bpmn").root.iter("{*}timeCycle")
    assert cycle.text == read_as


def test_a_moment_with_its_offset_needs_no_zone():
    player = play(HERE, "c8-moment").start()

    (waiting,) = [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]
    assert waiting.due.isoformat() == "2030-01-31T07:00:00+00:00"
