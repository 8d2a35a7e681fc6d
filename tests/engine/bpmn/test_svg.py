import time
from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn import Known, Mark, model, normalise, read, render_svg
from engine.bpmn.svg.words import width, wrap

from .drafts import around, drawing

SAMPLE = Path(__file__).parents[3] / "processes" / "bpmn" / "prioritize-opportunity.bpmn"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sample():
    return read(SAMPLE.read_bytes(), SAMPLE.name)


def tree(one, *args, **kwargs):
    return etree.fromstring(render_svg(one, *args, **kwargs))


def group(svg, ident):
    (found,) = (node for node in svg.iter(f"{SVG}g") if node.get("data-element-id") == ident)
    return found


def words(node):
    return " ".join(text.text for text in node.iter(f"{SVG}text"))


def shapes(inside, boxes, edges=""):
    drawn = "".join(
        f'<bpmndi:BPMNShape id="{ident}_di" bpmnElement="{ident}"><dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
        "</bpmndi:BPMNShape>"
        for ident, (x, y, w, h) in boxes.items()
    )
    diagram = f'<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="plane">{drawn}{edges}</bpmndi:BPMNPlane>'
    return drawing(inside, after=f"{diagram}</bpmndi:BPMNDiagram>")


def test_every_drawn_element_is_a_group_with_its_id_and_a_title(sample):
    svg = tree(sample)

    found = {node.get("data-element-id") for node in svg.iter(f"{SVG}g") if node.get("data-element-id")}
    facts = model(sample)
    assert found >= set(facts.elements) | set(facts.flows) | {lane.id for lane in facts.lanes}
    for node in svg.iter(f"{SVG}g"):
        assert node[0].tag == f"{SVG}title" and node[0].text


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Classify Opportunity → Suggest priority"), ("zh-Hans", "商机分类 → 建议优先级")],
)
def test_a_line_without_a_name_is_told_by_what_it_joins(sample, language, told):
    svg = tree(sample, language)

    assert group(svg, "flow_classify_opportunity__suggest_priority")[0].text == told
    assert " → " in group(svg, "uses_in_opportunity_profile__load_context")[0].text
    ids = {node.get("data-element-id") for node in svg.iter(f"{SVG}g")}
    assert not [node[0].text for node in svg.iter(f"{SVG}g") if node[0].text in ids and "__" in node[0].text]


def test_a_line_shows_its_name_beside_it(sample):
    svg = tree(sample)

    assert {words(group(svg, ident)) for ident in model(sample).flows} >= {"", "Yes", "No", "Defer"}


def test_nothing_in_it_needs_a_wider_content_policy(sample):
    text = render_svg(sample)

    names = {name for node in etree.fromstring(text).iter() for name in node.attrib}
    tags = {etree.QName(node).localname for node in etree.fromstring(text).iter()}
    assert not names & {"style", "href", "onclick", "onload"}
    assert tags <= {"svg", "g", "title", "rect", "circle", "polygon", "path", "text"}


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Classify Opportunity"), ("zh", "商机分类"), ("zh-Hans", "商机分类")]
)
def test_labels_follow_the_language(sample, language, label):
    assert words(group(tree(sample, language), "classify_opportunity")) == label


def test_a_missing_translation_falls_back_to_the_base_language():
    one = shapes('<task id="a" name="Only English"/>', {"a": (0, 0, 120, 80)})

    assert words(group(tree(one, "zh-Hans"), "a")) == "Only English"


def test_marks_add_classes_and_a_badge(sample):
    svg = tree(sample, marks={"load_context": Mark("is-active is-done", "3")})

    marked = group(svg, "load_context")
    assert {"is-active", "is-done"} <= set(marked.get("class").split())
    assert words(marked).endswith("3")
    assert marked[0].text.endswith("(3)")


def test_marks_cannot_smuggle_anything_in(sample):
    svg = render_svg(sample, marks={"load_context": Mark('is-ok "><script>', "<b>1</b>")})

    assert "<script" not in svg
    assert "<b>" not in svg


def test_high_performing_steps_carry_a_star(sample):
    star = group(tree(sample), "classify_opportunity")

    assert "is-high-performing" in star.get("class").split()
    assert [node for node in star if node.get("class") == "d-star"]


def test_what_patterns_added_is_told_apart(sample):
    svg = tree(normalise(sample, Known()))

    assert "is-expanded" in group(svg, "mr_resolve_missing_record").get("class").split()
    assert "is-expanded" not in group(svg, "classify_opportunity").get("class").split()


def test_the_default_flow_carries_a_slash(sample):
    facts = model(sample)
    default = next(flow.id for flow in facts.flows.values() if flow.default)
    plain = next(flow.id for flow in facts.flows.values() if not flow.default and flow.condition is None)

    def count(ident):
        return len([node for node in group(tree(sample), ident) if node.tag == f"{SVG}path"])

    assert (count(default), count(plain)) == (2, 1)


def test_boundary_events_lie_over_their_hosts(sample):
    order = [node.get("data-element-id") for node in tree(sample).iter(f"{SVG}g")]

    assert order.index("review_priority") < order.index("review_priority_due")


def test_events_that_do_not_interrupt_are_dashed(sample):
    svg = tree(sample)

    def dashes(ident):
        return [node.get("stroke-dasharray") for node in group(svg, ident).iter(f"{SVG}circle")]

    assert all(dashes("review_priority_remind"))
    assert not any(dashes("review_priority_due"))


@pytest.mark.parametrize(
    "inside",
    [
        '<subProcess id="a" triggeredByEvent="true"/>',
        '<transaction id="a"/>',
        '<callActivity id="a"><multiInstanceLoopCharacteristics isSequential="true"/></callActivity>',
        '<adHocSubProcess id="a"/>',
        '<task id="a" isForCompensation="true"><standardLoopCharacteristics/></task>',
        '<complexGateway id="a"/>',
        '<eventBasedGateway id="a"/>',
        '<endEvent id="a"><terminateEventDefinition/></endEvent>',
        '<intermediateThrowEvent id="a"><compensateEventDefinition/></intermediateThrowEvent>',
        '<dataStoreReference id="a"/>',
        '<group id="a"/>',
    ],
)
def test_every_kind_of_element_can_be_drawn(inside):
    svg = tree(shapes(f'<startEvent id="s"/>{inside}', {"a": (10, 10, 100, 80)}))

    assert len(group(svg, "a")) > 1


def test_a_drawing_without_a_diagram_gives_an_empty_titled_picture():
    svg = tree(around('<task id="step"/>'), title="Nothing drawn")

    assert [node.text for node in svg] == ["Nothing drawn"]


def test_bounds_that_are_no_numbers_are_left_out():
    one = shapes('<task id="a"/><task id="b"/>', {"a": ("x", 0, 1, 1), "b": (0, 0, 100, 80)})

    assert [node.get("data-element-id") for node in tree(one).iter(f"{SVG}g")] == ["b"]


def test_text_of_the_drawing_is_escaped():
    one = shapes('<task id="a" name="&lt;script&gt; &amp; more"/>', {"a": (0, 0, 200, 80)})

    assert "<script" not in render_svg(one)
    assert words(group(tree(one), "a")) == "<script> & more"


@pytest.mark.parametrize(
    "text", ["Review Individual Pipeline & Key Customer Plans", "查看个人管道与大客户计划,并与经理确认"]
)
def test_lines_fit_their_room(text):
    lines = wrap(text, 100, 12, 6)

    assert len(lines) > 1
    assert all(width(line, 12) <= 100 * 1.15 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("sign", ["\uff0c", "。", "\uff1f", "\uff09", ","])
def test_chinese_lines_never_begin_with_a_sign(sign):
    lines = wrap(f"一二三四五六七八{sign}九十", 96, 12, 4)

    assert lines == ["一二三四五六七", f"八{sign}九十"]


def test_chinese_lines_never_end_with_an_opening_bracket():
    assert wrap("一二三四五六七\uff08八九十", 96, 12, 4) == ["一二三四五六七", "\uff08八九十"]


def test_too_much_text_ends_in_an_ellipsis():
    lines = wrap("one two three four five six seven eight nine ten", 60, 12, 2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert max(width(line, 12) for line in lines) <= 60


@pytest.mark.parametrize("text", ["x" * 300_000, "word " * 60_000, "字" * 300_000])
def test_a_text_without_end_takes_no_more_time_than_its_beginning(text):
    begun = time.perf_counter()

    lines = wrap(text, 100, 12, 3)

    assert len(lines) == 3 and lines[-1].endswith("…")
    assert time.perf_counter() - begun < 1


def test_a_word_far_too_long_is_broken():
    assert len(wrap("a" * 80, 100, 12, 20)) > 3


@pytest.mark.parametrize(
    ("file", "band", "size", "lines"),
    [
        ("prioritize-opportunity", "lane_rep", "13", ["Sales Rep."]),
        (
            "stage-monitor-account-plan",
            "pool_stage_monitor_account_plan",
            "11",
            ["3.3.1.2 Monitor and Revise Account Plan"],
        ),
        ("execute-sales-call", "lane_team", "11", ["Sales Team e.g. Subject", "Matter Experts"]),
    ],
)
def test_the_name_of_a_band_gets_smaller_before_it_gets_a_second_line(file, band, size, lines):
    texts = list(group(tree(read(SAMPLE.with_stem(file).read_bytes(), file)), band).iter(f"{SVG}text"))

    assert [text.text for text in texts] == lines
    assert {text.get("font-size") for text in texts} == {size}


def test_a_star_stands_in_the_corner_of_a_task_and_outside_an_event():
    svg = tree(read(SAMPLE.with_stem("pre-qualify-opportunity").read_bytes(), "pre-qualify-opportunity.bpmn"))

    def star(ident):
        (found,) = (node for node in group(svg, ident).iter(f"{SVG}path") if "d-star" in node.get("class"))
        return [float(part) for part in found.get("transform").removeprefix("translate(").rstrip(")").split()]

    (task,) = group(svg, "answer_prequalification").iter(f"{SVG}rect")
    assert star("answer_prequalification")[0] < float(task.get("x")) + float(task.get("width"))
    (circle, *_) = group(svg, "off_prioritize").iter(f"{SVG}circle")
    middle, radius = (float(circle.get("cx")), float(circle.get("cy"))), float(circle.get("r"))
    x, y = star("off_prioritize")
    assert x >= middle[0] + radius / 2 and y + 14 <= middle[1] - radius / 2


def test_a_first_line_as_wide_as_the_task_stands_below_its_icon():
    svg = tree(read(SAMPLE.with_stem("pre-qualify-opportunity").read_bytes(), "pre-qualify-opportunity.bpmn"))

    (task,) = group(svg, "check_duplicates").iter(f"{SVG}rect")
    first = next(group(svg, "check_duplicates").iter(f"{SVG}text"))

    assert float(first.get("y")) - float(first.get("font-size")) >= float(task.get("y")) + 21
