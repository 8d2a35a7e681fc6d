"""The drawings say what the catalogue says: steps, names, lanes, questions, flows and conditions."""

import unicodedata

import pytest
from lxml import etree

from tests.processes import document
from tests.processes.drawing import FOLDER, NAMES, Drawing, attribute, kind, properties, translation

PRIORITIZE, PENDED, AREA = "prioritize-opportunity", "manage-pended-opportunity", "area-key-account-planning"
WHOLE = [("OM-1.3", PRIORITIZE), ("SU-1", PENDED)]
KINDS = {
    "U": "userTask",
    "A": "userTask",
    "S": "serviceTask",
    "R": "businessRuleTask",
    "C": "callActivity",
    "O": "endEvent",
}
TOPICS = {"notify_due", "remind_approver", "escalate_approval", "cancel_open_work"}
# An extension takes effect in a step of its own, so that it is counted after the approval and not before.
THROUGH_EXTENSION = {
    ("gw_extensions", "eg_wait", "*"): ("gw_extensions", "extend_pended", "*"),
    ("gw_extension_ok", "eg_wait", 'decision == "approve"'): (
        "gw_extension_ok",
        "extend_pended",
        'decision == "approve"',
    ),
}
ADDED = {
    PRIORITIZE: {
        ("review_priority_due", "escalate_approval", ""),
        ("escalate_approval", "review_priority", ""),
        ("review_priority_remind", "remind_approver", ""),
        ("remind_approver", "end_reminded", ""),
    },
    PENDED: {
        ("extend_pended", "eg_wait", ""),
        ("ask_resume_unanswered", "notify_manager", ""),
        ("notify_manager", "end_manager_told", ""),
    },
}


def plain(text: str) -> str:
    """The text with one form of punctuation."""
    return unicodedata.normalize("NFKC", text)


def drawn_arrows(drawing: Drawing) -> set[tuple[str, str, str]]:
    """The flows as the catalogue writes them."""
    defaults = {node.get("default") for node in drawing.nodes.values()}
    found = set()
    for (source, target), flow in drawing.flows.items():
        condition = flow.findtext("b:conditionExpression", "", NAMES).removeprefix("=")
        found.add((source, target, "*" if flow.get("id") in defaults else condition))
    return found


def as_feel(arrow: tuple[str, str, str]) -> tuple[str, str, str]:
    return arrow[0], arrow[1], arrow[2].replace("==", "=")


@pytest.mark.parametrize(("heading", "key"), WHOLE)
def test_the_drawing_has_exactly_the_flows_of_the_catalogue(heading: str, key: str) -> None:
    printed = {THROUGH_EXTENSION.get(arrow, arrow) for arrow in document.arrows(heading)}

    assert drawn_arrows(Drawing(key)) == {as_feel(arrow) for arrow in printed} | ADDED[key]


def test_the_area_follows_the_catalogue_as_far_as_it_is_drawn() -> None:
    printed = {as_feel(arrow) for arrow in document.arrows("KA `area")}

    not_printed = drawn_arrows(Drawing(AREA)) - printed

    assert not_printed == {("gw_entry", "end_no_plan", "*")}


@pytest.mark.parametrize(("heading", "key"), [*WHOLE, ("KA `area", AREA)])
def test_every_step_has_its_kind_lane_names_and_mark(heading: str, key: str) -> None:
    drawing = Drawing(key)
    steps = [step for step in document.steps(heading) if key != AREA or step.id in drawing.nodes]

    for step in steps:
        node = drawing.nodes[step.id]
        assert kind(node) == KINDS[step.kind], step.id
        assert drawing.lane_of[step.id] == f"lane_{step.lane.lower()}", step.id
        assert (node.get("name"), plain(translation(node, "@name"))) == (step.name, plain(step.chinese)), step.id
        assert (properties(node).get("high_performing") == "true") is step.starred, step.id
        assert (properties(node).get("approval") == "true") is (step.kind == "A"), step.id
    assert len(steps) >= 3


@pytest.mark.parametrize(("heading", "key"), [*WHOLE, ("KA `area", AREA)])
def test_every_gateway_asks_its_question_in_both_languages(heading: str, key: str) -> None:
    drawing = Drawing(key)
    asked = document.questions(heading)

    for name, node in drawing.nodes.items():
        if kind(node) == "exclusiveGateway":
            english, chinese = asked[name]
            assert (node.get("name"), plain(translation(node, "@name"))) == (english, plain(chinese)), name


def test_a_marked_step_says_why_in_both_languages() -> None:
    marked = [
        properties(node)
        for key in (PRIORITIZE, PENDED)
        for node in Drawing(key).nodes.values()
        if "high_performing" in properties(node)
    ]

    assert len(marked) == 4
    assert all(each["practice_note"] and each["practice_note.zh"] for each in marked)


@pytest.mark.parametrize("key", [PRIORITIZE, PENDED, AREA])
def test_every_exclusive_gateway_has_a_default_flow_without_condition(key: str) -> None:
    drawing = Drawing(key)

    for name, node in drawing.nodes.items():
        if kind(node) == "exclusiveGateway":
            default = drawing.by_id[node.get("default")]
            assert default.get("sourceRef") == name
            assert default.find("b:conditionExpression", NAMES) is None


@pytest.mark.parametrize("key", [PRIORITIZE, PENDED, AREA])
def test_what_a_drawing_names_exists(key: str) -> None:
    drawing = Drawing(key)
    decisions = {node.get("id") for path in FOLDER.glob("dmn/*.dmn") for node in _decisions(path.read_bytes())}

    for name, node in drawing.nodes.items():
        form, decision, topic = (attribute(node, each) for each in ("formRef", "decisionRef", "topic"))
        assert form is None or (FOLDER / "forms" / f"{form}.form").is_file(), name
        assert decision is None or decision in decisions, name
        assert topic is None or topic in TOPICS or topic == f"{drawing.process.get('id')}.{name}", name
        if called := node.get("calledElement"):
            assert (FOLDER / "bpmn" / f"{called.replace('_', '-')}.bpmn").is_file(), name


def _decisions(xml: bytes) -> list[etree._Element]:
    return etree.fromstring(xml).findall("{*}decision")


@pytest.mark.parametrize("key", [PRIORITIZE, PENDED])
def test_every_task_of_a_person_has_its_form_and_completion_handler(key: str) -> None:
    drawing = Drawing(key)

    for name, node in drawing.nodes.items():
        if kind(node) == "userTask":
            listener = node.find("b:extensionElements/camunda:taskListener", NAMES)
            assert attribute(node, "formRef") == f"{key}.{name}"
            assert listener is not None and listener.get("event") == "complete"
            assert listener.get("delegateExpression") == f"{drawing.process.get('id')}.{name}"


def test_the_approval_is_reminded_of_without_interruption_and_escalated_with_it() -> None:
    nodes = Drawing(PRIORITIZE).nodes
    remind, due = nodes["review_priority_remind"], nodes["review_priority_due"]

    assert remind.get("attachedToRef") == due.get("attachedToRef") == "review_priority"
    assert (remind.get("cancelActivity"), due.get("cancelActivity")) == ("false", None)
    assert remind.findtext(".//b:timeDate", None, NAMES) == "${approval.remind_at}"
    assert due.findtext(".//b:timeDate", None, NAMES) == "${approval.due_at}"
    assert attribute(nodes["escalate_approval"], "topic") == "escalate_approval"
    assert attribute(nodes["remind_approver"], "topic") == "remind_approver"


def test_due_times_are_those_of_the_catalogue() -> None:
    prioritize, pended = Drawing(PRIORITIZE).nodes, Drawing(PENDED).nodes

    assert attribute(prioritize["review_pipeline_and_plans"], "dueDate") == '${duration("P2D")}'
    assert attribute(prioritize["identify_priority"], "dueDate") == '${duration("P1D")}'
    assert attribute(pended["ask_resume"], "dueDate") == '${duration("P14D")}'


def test_waiting_ends_by_date_or_by_either_message() -> None:
    drawing = Drawing(PENDED)
    names = {message.get("id"): message.get("name") for message in drawing.all("b:message")}

    events = {
        name: names[event.get("messageRef")]
        for name, node in drawing.nodes.items()
        if (event := node.find("b:messageEventDefinition", NAMES)) is not None
    }

    assert events == {"ev_customer_reengaged": "customer.reengaged", "ev_drop_requested": "drop.requested"}
    assert drawing.nodes["ev_resume_date"].findtext(".//b:timeDate", None, NAMES) == "${resume_at}"


HANDED_OVER = [
    (PRIORITIZE, "off_opportunity_plan", "develop-update-opportunity-plan", '"develop"'),
    (PRIORITIZE, "off_key_account_planning", "area-key-account-planning", 'entry_reason: "deferred_opportunity"'),
    (PRIORITIZE, "off_close_opportunity", "close-opportunity", 'proposed_outcome: "disqualified", reason'),
    (PENDED, "off_prioritize", "prioritize-opportunity", "fast_track: false"),
    (PENDED, "off_close", "close-opportunity", 'proposed_outcome: "cancelled"'),
    (AREA, "off_prioritize", "prioritize-opportunity", "next_payload"),
    (AREA, "off_close", "close-opportunity", "next_payload"),
]


@pytest.mark.parametrize(("key", "name", "target", "payload"), HANDED_OVER)
def test_an_off_page_reference_names_its_target_and_what_it_takes_along(
    key: str, name: str, target: str, payload: str
) -> None:
    found = properties(Drawing(key).nodes[name])

    assert found["handover"] == target
    assert payload in found["payload"]
