"""The drawings say what the catalogue says: steps, names, lanes, questions, flows and conditions."""

import re
import unicodedata

import pytest
from lxml import etree

import processes
from tests.processes import beyond, document
from tests.processes.drawing import DRAWINGS, FOLDER, NAMES, Drawing, attribute, kind, properties, translation

PRIORITIZE, PENDED, AREA = "prioritize-opportunity", "manage-pended-opportunity", "area-key-account-planning"
KINDS = {
    "U": "userTask",
    "A": "userTask",
    "S": "serviceTask",
    "R": "businessRuleTask",
    "C": "callActivity",
    "O": "endEvent",
    "SP": "subProcess",
}
CATALOGUE = processes.load()
FILE_OF = {
    node.get("id"): path.stem for path in FOLDER.glob("dmn/*.dmn") for node in etree.parse(path).iter("{*}decision")
}
TOPICS = {"notify_due", "remind_approver", "escalate_approval", "cancel_open_work"}


def plain(text: str) -> str:
    """The text with one form of punctuation."""
    return unicodedata.normalize("NFKC", text)


def drawn_arrows(drawing: Drawing) -> set[tuple[str, str, str]]:
    """The flows as the catalogue writes them; a start inside a sub-process goes by `start` there."""
    defaults = {node.get("default") for node in drawing.nodes.values()}
    found = set()
    for (source, target), flow in drawing.flows.items():
        condition = flow.findtext("b:conditionExpression", "", NAMES).removeprefix("=")
        inside = kind(drawing.nodes[source].getparent()) == "subProcess"
        name = "start" if inside and kind(drawing.nodes[source]) == "startEvent" else source
        if kind(drawing.nodes[source]) != "boundaryEvent":
            found.add((name, target, "*" if flow.get("id") in defaults else condition))
    return found


def as_feel(arrow: tuple[str, str, str]) -> tuple[str, str, str]:
    return arrow[0], arrow[1], arrow[2].replace("==", "=")


@pytest.mark.parametrize("key", DRAWINGS)
def test_the_drawing_has_exactly_the_flows_of_the_catalogue(key: str) -> None:
    replaced = beyond.REPLACED.get(key, {})
    printed = {replaced.get(arrow, arrow) for arrow in document.arrows(key)} | beyond.ADDED.get(key, set())

    assert drawn_arrows(Drawing(key)) == {as_feel(arrow) for arrow in printed}


def guards(drawing: Drawing) -> list[tuple[str, str, bool, str]]:
    """The boundary events as (host, kind, interrupting, target)."""
    return [
        (node.get("attachedToRef"), _about(node), node.get("cancelActivity") != "false", target)
        for (source, target) in drawing.flows
        if kind(node := drawing.nodes[source]) == "boundaryEvent"
    ]


def _about(node: etree._Element) -> str:
    return next(kind(each).removesuffix("EventDefinition") for each in node if "EventDefinition" in kind(each))


@pytest.mark.parametrize("key", DRAWINGS)
def test_the_boundary_events_are_those_of_the_catalogue(key: str) -> None:
    printed = [(host, about, way, target) for host, about, _, way, target in document.guards(key)]
    drawn = [guard for guard in guards(Drawing(key)) if (guard[0], guard[3]) not in beyond.GUARDED.get(key, set())]

    assert sorted(drawn) == sorted(printed)


@pytest.mark.parametrize("key", DRAWINGS)
def test_every_step_has_its_kind_lane_names_and_mark(key: str) -> None:
    drawing = Drawing(key)
    steps = document.steps(key)

    for step in steps:
        node, letters = drawing.nodes[step.id], step.kind.partition("-")
        assert kind(node) == KINDS[letters[0]], step.id
        assert lane(drawing, node) == f"lane_{step.lane.lower()}", step.id
        assert (node.get("name"), plain(translation(node, "@name"))) == (step.name, plain(step.chinese)), step.id
        assert (properties(node).get("high_performing") == "true") is step.starred, step.id
        assert (properties(node).get("approval") == "true") is (step.kind == "A"), step.id
        many = node.find("b:multiInstanceLoopCharacteristics", NAMES) is not None
        assert (many or "handover.each" in properties(node)) is (letters[2] == "M"), step.id
    assert steps


def lane(drawing: Drawing, node: etree._Element) -> str:
    """The lane of a step; inside a sub-process it is a property, since lanes hold only what stands in the process."""
    if kind(node.getparent()) == "subProcess" and (group := attribute(node, "candidateGroups")):
        return f"lane_{group}"
    holder = node if node.get("id") in drawing.lane_of else node.getparent()
    return drawing.lane_of[holder.get("id")]


@pytest.mark.parametrize("key", DRAWINGS)
def test_every_gateway_asks_its_question_in_both_languages(key: str) -> None:
    drawing = Drawing(key)
    asked = document.questions(key) | beyond.ASKED.get(key, {})

    for name, node in drawing.nodes.items():
        if kind(node) == "exclusiveGateway" and name.startswith("gw_"):
            english, chinese = asked[name]
            assert (node.get("name"), plain(translation(node, "@name"))) == (english, plain(chinese)), name


@pytest.mark.parametrize("key", DRAWINGS)
def test_a_marked_step_says_why_in_both_languages(key: str) -> None:
    marked = [properties(node) for node in Drawing(key).nodes.values() if "high_performing" in properties(node)]

    assert len(marked) == len([step for step in document.steps(key) if step.starred])
    assert all(each["practice_note"] and each["practice_note.zh"] for each in marked)


@pytest.mark.parametrize("key", DRAWINGS)
def test_every_exclusive_gateway_has_a_default_flow_without_condition(key: str) -> None:
    drawing = Drawing(key)

    for name, node in drawing.nodes.items():
        if kind(node) == "exclusiveGateway" and not name.startswith("xm_"):
            default = drawing.by_id[node.get("default")]
            assert default.get("sourceRef") == name
            assert default.find("b:conditionExpression", NAMES) is None


@pytest.mark.parametrize("key", DRAWINGS)
def test_what_a_drawing_names_exists(key: str) -> None:
    drawing = Drawing(key)

    for name, node in drawing.nodes.items():
        form, decision, topic = (attribute(node, each) for each in ("formRef", "decisionRef", "topic"))
        assert form is None or (FOLDER / "forms" / f"{form}.form").is_file(), name
        assert decision is None or decision in FILE_OF, name
        assert topic is None or topic in TOPICS or topic == f"{drawing.process.get('id')}.{name}", name
        if called := node.get("calledElement"):
            assert (FOLDER / "bpmn" / f"{called.replace('_', '-')}.bpmn").is_file(), name


@pytest.mark.parametrize("key", DRAWINGS)
def test_every_task_of_a_person_has_its_form_and_completion_handler(key: str) -> None:
    drawing = Drawing(key)

    for name, node in drawing.nodes.items():
        if kind(node) == "userTask":
            listener = node.find("b:extensionElements/camunda:taskListener", NAMES)
            assert attribute(node, "formRef") == f"{key}.{name}"
            assert listener is not None and listener.get("event") == "complete"
            assert listener.get("delegateExpression") == f"{drawing.process.get('id')}.{name}"


@pytest.mark.parametrize("key", DRAWINGS)
def test_rules_calls_and_hand_overs_lead_where_the_catalogue_says(key: str) -> None:
    drawing = Drawing(key)

    for step in document.steps(key):
        node, said = drawing.nodes[step.id], f"{step.name} {step.fields} {step.writes}"
        if kind(node) == "businessRuleTask":
            file = FILE_OF[attribute(node, "decisionRef") or ""]
            assert any(file.startswith(code.lower()) for code in re.findall(r"\bD\d\d\b", said)), step.id
        elif target := node.get("calledElement") or properties(node).get("handover"):
            process = CATALOGUE.by_key[target.replace("_", "-")]
            names = [process.catalog_no, *process.numbers]
            assert any(re.search(rf"(?<!\S){re.escape(name)}(?![\w.])", said) for name in names), step.id


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
