"""The 34 fragments of the Chinese document: each stands on one element of its drawing, where the map puts it."""

import re

import pytest
from lxml import etree

from tests.processes import document
from tests.processes.drawing import NAMES, Drawing, kind, properties, translation

KEY = "opportunity-lifecycle-u8"
DRAWING = Drawing(KEY)
PHRASES = document.phrases("SEED-B phrase map", "Z")
# What must remain of each fragment, in Chinese, on the element that carries it.
ESSENTIALS = {
    "Z01": "商机管理业务流程",
    "Z04": "提升销售业绩",
    "Z05": "营销",
    "Z06": "录入商机",
    "Z07": "销售阶段",
    "Z08": "商机团队维护",
    "Z09": "市场部",
    "Z10": "销售代表",
    "Z11": "商机推动、商机阶段推动维护、商机订单等业务",
    "Z13": "通过各种渠道获得销售机会",
    "Z14": "有效的销售机会",
    "Z15": "录入商机",
    "Z16": "录入客户档案和联系人档案",
    "Z17": "组建商机团队",
    "Z18": "通过商机团队",
    "Z19": "记录和丰富商机及相关信息",
    "Z20": "基本信息",
    "Z21": "总结并更新商机进程",
    "Z22": "商机成功、商机失败和销售推进",
    "Z23": "继续销售跟进",
    "Z24": "置为“成功”状态",
    "Z25": "可以录入商机订单",
    "Z26": "置为“失败”状态",
    "Z27": "记录客户选择的竞争对手",
    "Z28": "后续的执行情况",
    "Z29": "置为“关闭”状态",
    "Z30": "销售管理",
    "Z31": "完成相关初始化",
    "Z32": "销售模式与销售阶段",
    "Z33": "原因码",
    "Z34": "竞争对手档案",
}
KINDS_OF_INFORMATION = "基本信息 产品 团队 报价 活动 费用 竞争对手 评估 文档 联系人".split()


def marked(number: str) -> list[etree._Element]:
    return [node for node in DRAWING.by_id.values() if number in properties(node).get("seed_phrases", "").split()]


def said(node: etree._Element) -> str:
    """What an element says in Chinese: name, note, documentation."""
    return " ".join(translation(node, target) for target in ("@name", "text", "documentation"))


def test_the_map_has_34_fragments_and_the_drawing_marks_exactly_those() -> None:
    carried = [number for node in DRAWING.by_id.values() for number in properties(node).get("seed_phrases", "").split()]

    assert sorted(PHRASES) == [f"Z{number:02}" for number in range(1, 35)]
    assert sorted(carried) == sorted(PHRASES)


@pytest.mark.parametrize("number", sorted(PHRASES))
def test_the_fragment_stands_where_the_map_puts_it(number: str) -> None:
    (node,) = marked(number)
    places = {name for name in re.findall(r"`(\w+)`", PHRASES[number][1]) if name in DRAWING.nodes}

    if places and kind(node) != "textAnnotation":
        assert node.get("id") in places
    elif places:
        tied = {
            each.get("sourceRef") for each in DRAWING.all(".//b:association") if each.get("targetRef") == node.get("id")
        }
        assert tied & (places | {"gw_sales_module"})
    else:
        assert kind(node) in {"process", "participant", "lane", "startEvent", "textAnnotation", "dataObjectReference"}


@pytest.mark.parametrize("number", sorted(ESSENTIALS))
def test_the_fragment_can_be_read_in_chinese_on_its_element(number: str) -> None:
    (node,) = marked(number)

    assert ESSENTIALS[number] in said(node)


def test_the_document_itself_is_told_by_the_process() -> None:
    """Z02, Z03 and Z12: version and date; a table of contents says nothing; the lost figure is these nine steps."""
    told = properties(DRAWING.process)
    steps = {number for node in DRAWING.nodes.values() for number in re.findall(r"^(\d) ", translation(node, "@name"))}

    assert (told["source_version"], told["source_date"]) == ("V1.0", "2007-07-22")
    assert sorted(steps) == list("123456789")
    assert set(PHRASES) - set(ESSENTIALS) == {"Z02", "Z03", "Z12"}


def test_the_follow_up_names_all_ten_kinds_of_information() -> None:
    (node,) = marked("Z20")

    assert [kind_ for kind_ in KINDS_OF_INFORMATION if kind_ not in said(node)] == []


def test_six_inputs_and_six_outputs_are_drawn() -> None:
    found = [properties(each)["catalog_no"] for each in DRAWING.all(".//b:dataObjectReference")]

    assert sorted(found) == sorted([f"{letter}{number}" for letter in "IO" for number in range(1, 7)])
    assert DRAWING.process.find("b:documentation", NAMES) is not None
