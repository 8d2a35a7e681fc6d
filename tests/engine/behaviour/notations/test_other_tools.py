"""Drawings of Flowable, Activiti, Signavio, Bizagi, Trisotech, bpmn.io, Spiff, jBPM and SAP.

The elements are those of BPMN 2.0 chapter 10; what the words of each tool mean is said in docs/notations.md.
"""

import pytest

from engine import Database
from engine.bpmn import forms_inside, lint, normalise, read
from engine.bpmn.extensions import attributes
from engine.errors import InvalidForm
from engine.forms import parse_form
from engine.port import EventThrown
from tests.engine.behaviour.notations.playing import DISCOUNT, HERE, deployed, recorder, refused, told
from tests.engine.behaviour.play import drawing, known, play


def on_vacation(sqlite, calls, days):
    kit = deployed(sqlite, "flowable-vacation", handlers=[recorder("file_request", calls)])
    return kit.start("flowable-vacation", days=days, actor="rep")


def test_flowables_expression_is_worked_out_and_its_worker_called(sqlite: Database) -> None:
    calls = []
    run = on_vacation(sqlite, calls, 3)

    assert run.variables["hours"] == 24
    assert [context.element for context in calls] == ["file"]


def test_flowables_initiator_gets_the_task_and_its_properties_are_a_form(sqlite: Database) -> None:
    run = on_vacation(sqlite, [], 3)
    (task,) = run._tasks()
    assert (task["assignee"], task["form"]) == ("rep", "flowable-vacation.decide")

    with pytest.raises(InvalidForm):
        run.complete("decide", comment="x")
    run.complete("decide", approved="true", comment="x")

    assert run.ended_at("yes")


def test_flowables_skip_expression_passes_a_task_over(sqlite: Database) -> None:
    assert on_vacation(sqlite, [], 1).ended_at("no")


def test_flowables_decision_task_decides_and_its_call_hands_everything_on(sqlite: Database) -> None:
    kit = deployed(sqlite, "flowable-rule", "c8-called", files={"dmn/discount.dmn": DISCOUNT.encode()})
    run = kit.start("flowable-rule", amount=200, number=7)

    assert run.variables["discount"] == 10
    run.complete("think", by="ops", answer="yes")
    assert run.variables["reply"] == "yes" and run.state == "completed"


def test_flowables_business_key_names_the_record_of_the_called_process():
    player = play(HERE, "flowable-rule", "c8-called", decisions=["discount"]).start(number=7).complete("decide")

    inside = player.execution.variables(player.token("think"))
    assert inside["business_record"] == "order:7" and inside["number"] == 7


def test_flowables_events_name_their_message_their_signal_and_their_key_themselves():
    player = play(HERE, "flowable-events").start(number=7, news="gone")

    (waiting,) = [one for one in player.execution.waiting() if one.place.element == "wait"]
    assert waiting.correlation == "7"
    player.catch("wait")
    (stopping,) = [one for one in player.execution.waiting() if one.place.element == "stopped"]
    assert stopping.name == "stop-7"
    thrown = [one.name for one in player.catch("stopped").seen if isinstance(one, EventThrown)]
    assert thrown == ["gone", "closing"]


def test_an_error_that_flowable_does_not_declare_is_its_code():
    player = play(HERE, "flowable-events").start(number=7, news="gone").catch("wait")

    assert player.throw("pack", "404").ended and "lost" in player.passed


REFUSED = {
    "mail": 'flowable:type="mail"',
    "shell": 'flowable:type="shell"',
    "triggered": "flowable:triggerable",
    "skipped": 'flowable:skipExpression="${x == 1}"',
    "heard": "flowable:eventType",
    "end": "flowable:out",
}


@pytest.mark.parametrize("element", REFUSED)
def test_what_needs_flowable_is_refused_with_its_element(element):
    assert f"{element} has {REFUSED[element]}: " in refused("flowable-refused")[element]


def test_a_listener_of_flowable_is_refused_by_the_rule_of_listeners():
    one = drawing(HERE, "flowable-refused")

    found = [finding.element for finding in lint(one, known(one)) if finding.rule == "listeners"]

    assert found == ["heard"]


def test_activitis_form_properties_are_about_the_variables_that_they_name(sqlite: Database) -> None:
    run = deployed(sqlite, "activiti-form").start("activiti-form", address={"street": "High Street"})
    (form,) = forms_inside(drawing(HERE, "activiti-form").root).values()
    made = parse_form(form, "x.form").fields
    assert {one.key: one.default for one in made if one.default} == {"when": "2026-12-31", "since": "2026-02-01"}
    assert {one.labels["en"]: (one.key, one.prefill, one.read_only) for one in made if not one.default} == {
        "Speaker": ("speaker", "", False),
        "town": ("city", "city", False),
        "street": ("street", "address.street", True),
    }

    written = drawing(HERE, "activiti-form").xml.replace(b' writable="false"', b"")
    assert [str(one.message) for one in read(written, "a.bpmn").told if one.severity == "error"] == [
        'Expected what can run here, but ask has street expression="address.street": a mapping sets one whole variable.'
    ]
    run.complete("ask", speaker="Ada", city="Rome")

    assert (run.variables["speaker"], run.variables["city"]) == ("Ada", "Rome")


@pytest.mark.parametrize(("scores", "tasks"), [([5, 1], ["praise"]), ([1, 5], []), ([], [])])
def test_activitis_words_and_indexes_mean_what_they_mean_there(scores, tasks):
    names = {"handlers": ["store_review"], "forms": ["review"]}
    player = play(HERE, "activiti-review", **names).start(scores=scores).complete("review").complete("store")

    assert player.tasks == tasks


def test_what_only_decorates_changes_no_run_and_is_not_mentioned():
    assert told("modelled-elsewhere") == []
    assert play(HERE, "modelled-elsewhere").start().complete("work").ended


def test_it_stays_in_the_file_and_in_what_runs():
    one = drawing(HERE, "modelled-elsewhere")

    for kept in (one.xml, normalise(one, known(one)).xml):
        assert b"BizagiProperty" in kept and b"signavioMetaData" in kept and b"anything" in kept


def test_spiffs_decision_is_read_and_other_engines_programs_are_refused():
    assert ("rule", "info", 'Read spiffworkflow:calledDecisionId "discount" at rule as camunda:decisionRef.') in told(
        "other-engines"
    )
    found = refused("other-engines")
    assert {element: sentence.partition(" has ")[2].partition(": ")[0] for element, sentence in found.items()} == {
        "prepared": "spiffworkflow:preScript",
        "entered": "drools:onEntry-script",
        "enrich": "SAP Cloud Integration",
    }


def said(inside, attributes="", namespaces=""):
    """What is said of a process with these steps when it is read, by element."""
    xml = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t"
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn"
      xmlns:drools="http://www.jboss.org/drools" xmlns:operaton="http://operaton.org/schema/1.0/bpmn" {namespaces}>
      <process id="p" isExecutable="true" {attributes}>{inside}<task id="last"/></process></definitions>"""
    return {one.element: (one.severity, str(one.message)) for one in read(xml.encode(), "p.bpmn").told}


@pytest.mark.parametrize(
    ("inside", "attributes", "element", "found"),
    [
        ('<task id="t"/>', 'drools:adHoc="true"', "p", 'drools:adHoc="true"'),
        ('<serviceTask id="t" camunda:class="${which}"/>', "", "t", 'camunda:class="${which}"'),
        ('<businessRuleTask id="t" camunda:decisionRef="${which}"/>', "", "t", 'camunda:decisionRef="${which}"'),
        ('<userTask id="t" camunda:formRef="${which}"/>', "", "t", 'camunda:formRef="${which}"'),
        ('<userTask id="t" camunda:formKey="${which}"/>', "", "t", 'camunda:formKey="${which}"'),
        (
            '<exclusiveGateway id="t"><extensionElements><camunda:inputOutput><camunda:outputParameter name="x">1'
            "</camunda:outputParameter></camunda:inputOutput></extensionElements></exclusiveGateway>",
            "",
            "t",
            "camunda:outputParameter",
        ),
        (
            '<intermediateThrowEvent id="t"><signalEventDefinition><extensionElements>'
            '<camunda:in variables="all" local="true"/>'
            "</extensionElements></signalEventDefinition></intermediateThrowEvent>",
            "",
            "t",
            'camunda:in variables="all" local="true"',
        ),
    ],
)
def test_other_things_that_cannot_run_are_refused(inside, attributes, element, found):
    severity, sentence = said(inside, attributes)[element]

    assert severity == "error" and f"{element} has {found}: " in sentence


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (
            '<serviceTask id="t" operaton:class="com.acme.Outer$SendURLMail"/>',
            'Read operaton:class="com.acme.Outer$SendURLMail" at t as camunda:topic="send_url_mail".',
        ),
        (
            '<userTask id="t" camunda:formKey="camunda-forms:deployment:ask.form"/>',
            'Read camunda:formKey="camunda-forms:deployment:ask.form" at t as camunda:formRef="ask".',
        ),
        (
            '<task id="t"><multiInstanceLoopCharacteristics><loopDataInputRef>${empty xs ? ys : xs}</loopDataInputRef>'
            "</multiInstanceLoopCharacteristics></task>",
            'Read ${empty xs ? ys : xs} at t as ${if list contains([null, "", [], {}], xs) then ys else xs}.',
        ),
        ('<callActivity id="t" calledElement="q" flowable:inheritVariables="true"/>', "flowable:inheritVariables"),
    ],
)
def test_other_things_that_are_understood_are_told(inside, sentence):
    severity, found = said(inside)["t"]

    assert severity == "info" and sentence in found


def test_activitis_candidates_and_potential_owners_may_all_do_a_task():
    owner = "<potentialOwner><resourceAssignmentExpression><formalExpression>user(bob), ${team}, group(ops)"
    text = drawing(HERE, "activiti-form").xml.decode().replace('"rep">', '"rep" activiti:candidateUsers="ann">', 1)
    close = "</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>"

    found = attributes(read(text.replace("</userTask>", owner + close).encode(), "a").process.find("{*}userTask"))

    assert found["candidateUsers"] == "bob,ann"
    assert found["candidateGroups"] == '${flatten([flatten([team, "ops"]), "rep"])}'


@pytest.mark.parametrize(("value", "binding"), [("true", "deployment"), ("false", None)])
def test_flowables_call_in_the_same_deployment_stays_with_what_came_with_it(value, binding):
    text = drawing(HERE, "flowable-rule").xml.decode()
    one = read(
        text.replace("<bpmn:callActivity ", f'<bpmn:callActivity flowable:sameDeployment="{value}" ').encode(), "a"
    )

    assert attributes(one.process.find("{*}callActivity")).get("calledElementBinding") == binding


def test_flowables_index_of_a_run_is_a_variable_of_the_run():
    player = play(HERE, "flowable-index").start(people=["ann", "bob"])
    waiting = [one.place.token for one in player.execution.waiting() if one.place.element == "vote"]

    assert [player.execution.variables(token)["place"] for token in waiting] == [0, 1]


def test_flowable_collects_variables_of_each_run_and_keeps_them_inside():
    player = play(HERE, "flowable-collects").start(people=["ann", "bob"], slow=True)

    player.complete("review", approved=True, remark="fine", seen=1).complete("review", approved=False)

    assert player.tasks == ["after"]
    assert player.variables == {
        "people": ["ann", "bob"],
        "slow": True,
        "seen": 1,
        "reviews": [{"approved": True, "why": "fine"}, {"approved": False, "why": None}],
    }


@pytest.mark.parametrize(
    "more", ['createOverviewVariable="true"', 'flowable:class="com.acme.Own"', 'storeAsTransientVariable="true"']
)
def test_what_flowable_collects_in_another_way_is_refused(more):
    text = drawing(HERE, "flowable-collects").xml.decode().replace('target="reviews"', f'target="reviews" {more}')

    told_of = [str(one.message) for one in read(text.encode(), "a.bpmn").told if one.severity == "error"]
    assert [one.partition(" has ")[2].partition(":")[0] for one in told_of][:1] == ["flowable"]


@pytest.mark.parametrize(("value", "refused"), [("true", True), ("false", False)])
def test_what_says_only_what_is_so_anyway_is_passed_over(value, refused):
    found = said(f'<endEvent id="t"><terminateEventDefinition flowable:terminateAll="{value}"/></endEvent>')

    assert ("t" in found) == refused


TRANSLATED = [
    "activiti-form",
    "activiti-review",
    "c7-caller",
    "c7-conditions",
    "c7-each-run",
    "c7-form",
    "c7-people",
    "c7-programs",
    "c7-repeated",
    "c7-signal",
    "c7-times",
    "c7-values",
    "c8-caller",
    "c8-every",
    "c8-order",
    "c8-payment",
    "c8-rule",
    "flowable-collects",
    "flowable-rule",
    "flowable-vacation",
    "jbpm-exported",
]


@pytest.mark.parametrize("name", TRANSLATED)
def test_what_runs_is_read_again_without_another_word(name):
    """The stored, ready form of a drawing is read each time it is needed, and must mean the same each time."""
    one = drawing(HERE, name)
    ready = normalise(one, known(one))

    again = read(ready.xml, ready.file)

    assert one.told and again.told == ()
    assert normalise(again, known(again)).root.get("expressionLanguage") == one.root.get("expressionLanguage")
