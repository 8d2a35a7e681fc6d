"""Texts of timers: times, words that only people read, variables that nothing sets, digits of other writings."""

import pytest

from engine.bpmn import lint
from tests.engine.bpmn.drafts import KNOWN, around, drawing, flow

FORM = '<userTask id="ask" camunda:formRef="p.ask"/>'


def timer(kind, text, step="intermediateCatchEvent", extra="", before=""):
    waits = f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"
    return around(f'<{step} id="step">{waits}</{step}>', extra=extra, before=before)


def told(one):
    return [(found.severity, str(found.message)) for found in lint(one, KNOWN) if found.rule == "timers"]


@pytest.mark.parametrize("kind", ["timeDate", "timeDuration", "timeCycle"])
@pytest.mark.parametrize("text", ["每三天", "明天", "tomorrow", "Soon", "daily", "weeks", "Monday", "Р1D"])
def test_a_word_that_only_people_read_is_refused_with_what_a_time_looks_like(kind, text):
    ((severity, message),) = told(timer(kind, text))

    assert severity == "error"
    assert f"Expected {kind} to be a" in message and message.endswith(f"or FEEL in ${{...}}, but it is {text}.")


@pytest.mark.parametrize("text", ["resume_at", "${resume_at}", "=resume_at", "${明天}", "${a.b + c}", "${deadline}"])
def test_a_variable_that_nothing_in_the_drawing_sets_is_a_warning(text):
    ((severity, message),) = told(timer("timeDate", text))

    assert severity == "warning" and "but nothing in the drawing sets" in message


SET = {
    "a form": '<userTask id="more" camunda:formRef="p.ask"/>',
    "a handler": '<serviceTask id="more" camunda:type="external" camunda:topic="p.work"/>',
    "a message": '<receiveTask id="more" messageRef="m"/>',
    "a result": '<businessRuleTask id="more" camunda:decisionRef="amount_band" camunda:resultVariable="明天"/>',
    "a script": '<scriptTask id="more" scriptFormat="feel"><script>{明天: now()}</script></scriptTask>',
    "a data object": '<dataObject id="明天"/><task id="more"/>',
    "a mapping": '<task id="more"><extensionElements><camunda:inputOutput><camunda:outputParameter name="明天">${1}'
    "</camunda:outputParameter></camunda:inputOutput></extensionElements></task>",
}


@pytest.mark.parametrize("how", SET)
def test_a_variable_that_may_have_been_set_is_none(how):
    assert told(timer("timeDate", "${明天}", extra=SET[how])) == []


@pytest.mark.parametrize("how", ["a result", "a script", "a data object", "a mapping"])
@pytest.mark.parametrize("word", ["明天", "month"])
def test_a_word_that_the_drawing_sets_is_a_variable(how, word):
    assert told(timer("timeDate", word, extra=SET[how].replace("明天", word))) == []


@pytest.mark.parametrize("text", ["${P1D}", '${duration("P1D")}', "${if due = null then null else due}", "${now()}"])
def test_an_expression_that_needs_nothing_or_speaks_of_null_is_right(text):
    assert told(timer("timeDate", text)) == []


@pytest.mark.parametrize("text", ["${business_key}", "${started_by}"])
def test_what_every_process_has_need_not_be_set(text):
    assert told(timer("timeDate", text)) == []


LOOP = "<standardLoopCharacteristics/>"
RUNS = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"


@pytest.mark.parametrize(
    ("name", "loop", "warned"),
    [
        ("loopCounter", "", 1),
        ("loopCounter", LOOP, 0),
        ("loopCounter", RUNS, 0),
        ("nrOfCompletedInstances", "", 1),
        ("nrOfCompletedInstances", LOOP, 1),
        ("nrOfCompletedInstances", RUNS, 0),
    ],
)
def test_the_numbers_of_runs_are_known_where_something_repeats(name, loop, warned):
    wait = f"<timerEventDefinition><timeDuration>${{{name} * @&quot;PT1H&quot;}}</timeDuration></timerEventDefinition>"
    inside = f'<startEvent id="s"/><intermediateCatchEvent id="w">{wait}</intermediateCatchEvent>{flow("s", "w")}'
    one = around(f'<subProcess id="step">{loop}{inside}</subProcess>')

    assert len(told(one)) == warned


@pytest.mark.parametrize("due", ["P9999Y", "0 9 31 2 *"])
def test_a_due_date_that_cannot_be_kept_is_not_advised_to_repeat(due):
    (found,) = lint(around(f'<userTask id="step" camunda:dueDate="{due}"/>'), KNOWN)

    assert f"camunda:dueDate to be a time that can be kept, but {due} cannot" in str(found.message)
    assert str(found.remedy) == "Write for example P2D."


@pytest.mark.parametrize(
    ("kind", "text", "sign"),
    [
        ("timeCycle", "R３/PT１H", "３ where 3"),
        ("timeCycle", "０ 9 * * *", "０ where 0"),
        ("timeCycle", "＠daily", "＠ where @"),
        ("timeDuration", "P٣D", "٣ where 3"),
        ("timeDuration", "Ｐ3D", "Ｐ where P"),
        ("timeDate", "2026-０1-01", "０ where 0"),
        ("timeDate", "2026-01-01T09：00：00Z", "： where :"),
    ],
)
def test_digits_and_signs_of_another_writing_are_named(kind, text, sign):
    ((severity, message),) = told(timer(kind, text))

    assert severity == "error" and message.endswith(f"but {text} cannot: it has {sign} is meant.")


@pytest.mark.parametrize("text", ["due", "${due}", "${config.start}", "${if due = null then null else due}"])
def test_before_a_process_runs_there_are_no_variables_for_its_time(text):
    start = (
        f'<startEvent id="start"><timerEventDefinition><timeDate>{text}</timeDate></timerEventDefinition></startEvent>'
    )
    one = drawing(f'{start}<endEvent id="end"/>{flow("start", "end")}')

    ((severity, message),) = told(one)

    assert severity == "error" and "before a process runs there are none" in message


def test_a_cycle_that_never_comes_is_a_warning():
    assert told(timer("timeCycle", "R0/PT1H")) == [
        ("warning", "Expected timeCycle to come at least once, but R0/PT1H comes 0 times, which is never.")
    ]
