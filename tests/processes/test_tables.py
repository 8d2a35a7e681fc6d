"""The decision tables are those of the catalogue, whole and without overlap, and give the results it names."""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import product

import pytest
from lxml import etree

from engine.dmn import DecisionModel, check, read_model
from engine.feel import compile_unary_tests
from tests.processes import document
from tests.processes.drawing import FOLDER

OURS = {"D17": "d17-priority-approval", "D18": "d17-priority-approval"}
TABLES = [
    (code, OURS.get(code, f"{code.lower()}-{document.table_name(code)}"), document.table_name(code).replace("-", "_"))
    for code in document.tables()
]
SECTIONS = {
    "stakeholders; timeline; actions": ("stakeholders", "timeline", "actions"),
    "light + issues; competition; value; csf; resources": ("issues", "competition", "value", "csf", "resources"),
    "standard + power_map; partners; solution": ("power_map", "partners", "solution"),
}
LIMITS = {"limit_standard": 100000, "limit_major": 500000, "limit_strategic": 2000000}


def tree(stem: str) -> etree._Element:
    return etree.parse(str(FOLDER / "dmn" / f"{stem}.dmn")).getroot()


def model(stem: str) -> DecisionModel:
    return read_model((FOLDER / "dmn" / f"{stem}.dmn").read_bytes(), f"dmn/{stem}.dmn")


def the_table(stem: str, decision: str) -> etree._Element:
    found = tree(stem).find(f"{{*}}decision[@id='{decision}']/{{*}}decisionTable")
    assert found is not None
    return found


def as_printed(cell: str) -> str:
    """A cell of the file as the catalogue prints it."""
    for name, limit in LIMITS.items():
        cell = cell.replace(f"band_limits.{name}", str(limit))
    cell = re.sub(r"^([<>]=?) ", r"\1", cell)
    if cell.startswith("["):
        return next(
            (text for text, names in SECTIONS.items() if tuple(re.findall(r"\w+", cell))[-len(names) :] == names), cell
        )
    if cell == "null":
        return "-"
    return ", ".join(part.strip('"') for part in cell.split(",")) if '"' in cell else cell


@pytest.mark.parametrize(("code", "stem", "decision"), TABLES)
def test_the_table_equals_the_catalogue_row_by_row(code: str, stem: str, decision: str) -> None:
    printed, table = document.table(code), the_table(stem, decision)

    assert table.get("hitPolicy") == printed.policy
    assert [each.findtext("{*}inputExpression/{*}text") for each in table.findall("{*}input")] == printed.inputs
    chinese = f"{printed.outputs[0]}_zh"
    assert [each.get("name") for each in table.findall("{*}output")] == [
        chinese if name == "中文" else name for name in printed.outputs
    ]
    rows = [
        [as_printed(cell.findtext("{*}text") or "") for cell in rule if etree.QName(cell).localname.endswith("Entry")]
        for rule in table.findall("{*}rule")
    ]
    assert rows == [
        [
            printed.rows[int(cell[-1]) - 1][at] if cell.startswith("same as row ") else cell
            for at, cell in enumerate(row)
        ]
        for row in printed.rows
    ]


@pytest.mark.parametrize(("code", "stem", "decision"), TABLES)
def test_inputs_have_the_type_and_the_allowed_values_of_the_catalogue(code: str, stem: str, decision: str) -> None:
    printed = document.table(code)

    for column in the_table(stem, decision).findall("{*}input"):
        name = column.findtext("{*}inputExpression/{*}text") or ""
        allowed = column.findtext("{*}inputValues/{*}text")
        kind = column.find("{*}inputExpression").get("typeRef")
        domain = printed.domain[name].removesuffix(" int")
        if domain == "bool":
            assert (kind, allowed) == ("boolean", None)
        elif name == "amount_base":
            assert (kind, allowed) == ("number", ">= 0")
        elif ".." in domain:
            assert (kind, allowed) == ("number", f"[{domain}]")
        else:
            assert (kind, allowed) == ("string", ",".join(f'"{value}"' for value in domain.split("/")))


def samples(domain: str, cells: list[str]) -> list[object]:
    """Values that stand for a whole domain: all words, and numbers on and beside every limit in the cells."""
    if domain == "bool":
        return [True, False]
    if match := re.match(r"(\d+)\.\.(\d+)", domain):
        low, high = Decimal(match[1]), Decimal(match[2])
        limits = {Decimal(number) for cell in cells for number in re.findall(r"\d+(?:\.\d+)?", cell)} | {low, high}
        beside = (-1, 0, 1) if domain.endswith(" int") else (Decimal("-0.01"), 0, Decimal("0.01"))
        return sorted({limit + near for limit in limits for near in beside if low <= limit + near <= high})
    return list(domain.split("/"))


@pytest.mark.parametrize(("code", "stem", "decision"), [row for row in TABLES if row[0] != "D18"])
def test_exactly_one_row_answers_every_case(code: str, stem: str, decision: str) -> None:
    printed = document.table(code)
    columns = [[row[number] for row in printed.rows] for number in range(len(printed.inputs))]
    domains = [printed.domain[name] for name in printed.inputs]
    rules = [
        [compile_unary_tests(cell.findtext("{*}text") or "") for cell in rule.findall("{*}inputEntry")]
        for rule in the_table(stem, decision).findall("{*}rule")
    ]
    scope = {"band_limits": LIMITS}

    for case in product(*(samples(*each) for each in zip(domains, columns, strict=True))):
        hits = [
            rule for rule in rules if all(test(value, scope) is True for test, value in zip(rule, case, strict=True))
        ]
        assert len(hits) == 1, case


@pytest.mark.parametrize("stem", sorted({stem for _, stem, _ in TABLES}))
def test_the_check_before_deployment_finds_nothing_wrong(stem: str) -> None:
    found = check((FOLDER / "dmn" / f"{stem}.dmn").read_bytes(), f"dmn/{stem}.dmn")

    assert [each for each in found if each.severity != "note"] == []


def value(stem: str, decision: str, inputs: Mapping[str, object]) -> object:
    return model(stem).evaluate(decision, inputs).value


BAND = [(99_999, {}, "minor"), (100_000, {}, "standard"), (2_000_000, {}, "strategic"), (8_000_000, {}, "strategic")]


@pytest.mark.parametrize(("amount", "limits", "band"), [*BAND, (150_000, {"limit_standard": 200_000}, "minor")])
def test_the_band_goes_by_the_limits_in_force_and_else_by_the_defaults(
    amount: int, limits: Mapping[str, int], band: str
) -> None:
    inputs = {"amount_base": amount, **dict.fromkeys(LIMITS, None), **limits}

    assert value("d01-amount-band", "amount_band", inputs) == band


NOTHING_SPECIAL = {"max_discount_pct": 5, "non_standard_terms": False, "delivery_risk": 1}
APPROVALS = [
    # a small deal in good order needs nobody
    ("minor", "good", NOTHING_SPECIAL, (False, 0, [])),
    # a special approval makes a small deal need the line manager
    ("minor", "good", {**NOTHING_SPECIAL, "max_discount_pct": 20}, (True, 1, ["pricing"])),
    # credit on hold counts twice: as a rule of its own and as a special approval
    ("standard", "hold", NOTHING_SPECIAL, (True, 1, ["credit"])),
    # the level of the amount stands when it is the higher one
    (
        "strategic",
        "good",
        {**NOTHING_SPECIAL, "non_standard_terms": True, "delivery_risk": 4},
        (True, 2, ["terms", "delivery"]),
    ),
    ("major", "watch", NOTHING_SPECIAL, (True, 1, [])),
]


@pytest.mark.parametrize(("band", "credit", "special", "expected"), APPROVALS)
def test_the_approval_rule_joins_the_level_and_the_special_approvals(
    band: str, credit: str, special: Mapping[str, object], expected: tuple[bool, int, list[str]]
) -> None:
    inputs = {
        "amount_band": band,
        "priority": "medium",
        "rep_experience": "experienced",
        "credit_standing": credit,
        **special,
    }

    result = value("d17-priority-approval", "approval_rule", inputs)

    required, level, approvals = expected
    assert result == {"approval_required": required, "approval_level": level, "special_approvals": approvals}


@pytest.mark.parametrize("stem", sorted({stem for _, stem, _ in TABLES}))
def test_every_decision_and_input_is_on_the_diagram_and_every_requirement_is_a_line(stem: str) -> None:
    root = tree(stem)
    drawn = {each.get("dmnElementRef") for each in root.iter("{*}DMNShape", "{*}DMNEdge")}

    expected = {each.get("id") for each in root.iter("{*}decision", "{*}inputData", "{*}informationRequirement")}

    assert drawn == expected
