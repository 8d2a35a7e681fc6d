"""What lint says of an expression that cannot be read, or that reads what nothing sets: what to write instead."""

import pytest

from engine.bpmn import lint
from tests.engine.bpmn.drafts import KNOWN, around, chain, drawing, flow

HANDLER = '<serviceTask id="before" camunda:type="external" camunda:topic="p.work"/>'


def choice(condition, before='<task id="before"/>'):
    ends = '<startEvent id="start"/><exclusiveGateway id="gw" default="gw-b"/><endEvent id="a"/><endEvent id="b"/>'
    written = condition.replace("&", "&amp;").replace("<", "&lt;")
    return drawing(f"{ends}{before}{chain('start', 'before', 'gw', 'b')}{flow('gw', 'a', written)}")


def told(one, *rules):
    found = [finding for finding in lint(one, KNOWN) if finding.severity != "info"]
    assert {finding.rule for finding in found} <= {*rules}
    return [(finding.severity, str(finding.message), str(finding.remedy)) for finding in found]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("${name == 'x}", 'name = "x"'),
        ('${name = "x}', 'name = "x"'),
        ("name == 'x'", 'name = "x"'),
        ("a && b || True", "a and b or true"),
        ("a <> 1", "a != 1"),
        ("a = 1;", "a = 1"),
        ("${a > 1", "a > 1"),
        ("a &gt; 1", "a > 1"),
        ("(a + 1) * (b", "(a + 1) * (b)"),
        ("a ＝ １", "a = 1"),
        ("a = “won”", 'a = "won"'),
        ("a ≠ 1", "a != 1"),
        ("a ≥ 1", "a >= 1"),
        ('a = "b && c" && d', 'a = "b && c" and d'),
        ('a == "it\'s"', 'a = "it\'s"'),
    ],
)
def test_a_text_that_is_nearly_feel_is_shown_in_feel(text, meant):
    ((severity, message, remedy),) = told(choice(text), "expressions")

    assert severity == "error" and message.endswith(".") and ". (" not in message
    assert remedy == f"Write {meant}, if that is what is meant."


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("customer's = 1", "Give the variable a name without an apostrophe; texts stand in double quotes."),
        ("a b", "Mend the expression; FEEL compares with = and writes texts in double quotes."),
        ("a = ", "Mend the expression; FEEL compares with = and writes texts in double quotes."),
        ("x" * 2000 + " == 'y'", "Mend the expression; FEEL compares with = and writes texts in double quotes."),
    ],
)
def test_a_text_of_which_nobody_knows_what_is_meant_is_told_how_feel_is_written(text, remedy):
    assert [mend for _, _, mend in told(choice(text), "expressions")] == [remedy]


@pytest.mark.parametrize("text", ["${a} > 1", "${a} && ${b}", "not #{a}"])
def test_a_condition_in_several_pieces_is_refused_by_name(text):
    ((severity, message, remedy),) = told(choice(text), "notations")

    assert severity == "error" and f"gw-a has {text}: a condition in several pieces" in message
    assert remedy == "Write the whole condition into one ${...}."


@pytest.mark.parametrize("text", ["${task.name = 1}", "${approval.level > 1}", "${config.gw = 1}", "=task.assignee"])
def test_what_only_timers_know_is_refused_elsewhere(text):
    ((severity, message, _),) = told(choice(text, HANDLER), "variables", "conditions")

    assert severity == "error" and "only in timers that it is offered to, but condition names it" in message


@pytest.mark.parametrize("text", ["${execution.id}", "#{delegateTask.name}", "${variableScope.x}"])
def test_objects_of_another_engine_are_refused_whoever_wrote_the_file(text):
    ((severity, message, _),) = told(choice(text, HANDLER), "notations")

    assert severity == "error" and "only the other engine knows it" in message


def test_a_part_of_what_nothing_can_have_set_is_a_warning():
    ((severity, message, _),) = told(choice("#{bean.prop}"), "variables")

    assert severity == "warning" and "nothing in the drawing sets bean" in message
    assert told(choice("#{bean.prop}", HANDLER)) == []


@pytest.mark.parametrize(
    ("text", "severity", "gives"),
    [
        ("#{name eq 'x' ? 'yes' : ''}", "error", "a text"),
        ("${a + 1}", "error", "a number"),
        ("[a]", "error", "a list"),
        ('if a then true else "no"', "warning", "a text"),
        ('"a" > 1', "warning", "null"),
    ],
)
def test_a_condition_that_cannot_be_true_or_false_is_told(text, severity, gives):
    ((found, message, _),) = told(choice(text), "conditions")

    assert found == severity and f"gives {gives}" in message


@pytest.mark.parametrize(
    "text", ["a", "a = 1", "if a then true else null", 'not(contains(a, "x"))', "true", "count(a) > 1"]
)
def test_a_condition_that_can_be_true_is_not(text):
    assert told(choice(text)) == []


def test_a_time_is_told_of_as_a_time():
    waits = "<timerEventDefinition><timeDuration>10 minutes</timeDuration></timerEventDefinition>"
    one = around(f'<intermediateCatchEvent id="step">{waits}</intermediateCatchEvent>')

    ((_, _, remedy),) = told(one, "expressions")

    assert remedy == "Write it as ISO 8601 describes, or as a FEEL expression."


def test_an_expression_of_endless_pieces_is_refused_shortly():
    ((_, message, _),) = told(around(f'<userTask id="step" camunda:assignee="{"${a}" * 20_000}"/>'), "notations")

    assert "it is longer than 65536 characters" in message and len(message) < 1000


def test_what_is_read_as_something_else_is_quoted_shortly():
    step = f'<userTask id="step" camunda:assignee="{"${a} and " * 1000}"/>'

    (found,) = lint(around(step), KNOWN)

    assert found.severity == "info" and len(str(found.message)) < 1000


def test_a_cron_expression_of_endless_parts_is_refused():
    waits = f"<timerEventDefinition><timeCycle>{','.join(['1'] * 1000)} * * * *</timeCycle></timerEventDefinition>"

    ((_, message, _),) = told(around(f'<intermediateCatchEvent id="step">{waits}</intermediateCatchEvent>'), "timers")

    assert "a cron expression has at most 1000 characters" in message


@pytest.mark.parametrize(
    ("priority", "right"), [("50", True), ("-1", True), ("${rank}", True), ("high", False), ("５", False)]
)
def test_a_priority_is_a_number_or_feel(priority, right):
    found = told(around(f'<userTask id="step" camunda:priority="{priority}"/>'), "expressions")

    assert (found == []) is right


HOSTS = {
    "a task": '<userTask id="step"/>',
    "a step": '<serviceTask id="step" camunda:type="external" camunda:topic="p.work"/>',
    "a box": f'<subProcess id="step"><startEvent id="in"/><endEvent id="out"/>{flow("in", "out")}</subProcess>',
}


@pytest.mark.parametrize(
    ("host", "time", "right"),
    [
        ("a task", "task.due_at", True),
        ("a task", "task.created_at", False),
        ("a task", "approval.due_at", False),
        ("a task", "config.step", True),
        ("a step", "task.due_at", False),
        ("a box", "task.due_at", False),
        ("a box", "config.step", True),
    ],
)
def test_a_timer_on_a_border_reads_what_its_host_offers(host, time, right):
    waits = f"<timerEventDefinition><timeDate>${{{time}}}</timeDate></timerEventDefinition>"
    late = f'<boundaryEvent id="late" attachedToRef="step">{waits}</boundaryEvent><endEvent id="over"/>'

    found = told(around(HOSTS[host], extra=late + flow("late", "over")), "variables")

    assert [severity for severity, _, _ in found] == ([] if right else ["error"])
