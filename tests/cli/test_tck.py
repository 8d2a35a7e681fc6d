"""`salesflow tck`: the conformance kit, case by case and by level."""

from pathlib import Path

from click.testing import CliRunner

from cli import main

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DECISIONS = {
    "right": "1 + 1",
    "wrong": "1 + 2",
    "broken": "1 +",
    "too much": "count(for i in 1..100000000 return i)",
    "nothing": "null",
}


def a_kit(folder: Path) -> None:
    """A kit with one model and one case for each decision, which all expect 2 but the last, which expects null."""
    place = folder / "compliance-level-2" / "0001-sample"
    place.mkdir(parents=True)
    decisions = "".join(
        f'<decision id="d{number}" name="{name}"><literalExpression><text>{text}</text></literalExpression></decision>'
        for number, (name, text) in enumerate(DECISIONS.items())
    )
    (place / "0001-sample.dmn").write_text(
        f'<definitions xmlns="{MODEL}" id="m" name="m" namespace="urn:m">{decisions}</definitions>'
    )
    value = '<value xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:decimal">2</value>'
    cases = "".join(
        f'<testCase id="c{number}"><resultNode name="{name}"><expected>{"" if name == "nothing" else value}</expected>'
        "</resultNode></testCase>"
        for number, name in enumerate([*DECISIONS, "absent"])
    )
    (place / "0001-sample-test-01.xml").write_text(
        '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"><modelName>0001-sample.dmn</modelName>'
        f"{cases}</testCases>"
    )


def test_every_case_has_a_verdict_and_every_level_a_sum(tmp_path: Path) -> None:
    a_kit(tmp_path)

    found = CliRunner().invoke(main, ["tck", str(tmp_path)])

    assert found.exit_code == 0
    lines = found.output.splitlines()
    assert [line for line in lines if "level 2  0001-sample" in line] == [
        "pass   level 2  0001-sample  c0",
        "fail   level 2  0001-sample  c1",
        "error  level 2  0001-sample  c2",
        "error  level 2  0001-sample  c3",
        "pass   level 2  0001-sample  c4",
        "error  level 2  0001-sample  c5",
    ]
    assert "       wrong: expected 2, got 3" in lines
    assert any("broken: expected 2, got null" in line and "is not FEEL" in line for line in lines)
    assert any("steps" in line for line in lines)
    assert lines[-1] == (
        "level 2: cases 2 pass, 1 fail, 3 error; results 2/6 = 33.3%; of those that are not null 1/5 = 20.0%"
    )


def test_passing_cases_can_be_left_out(tmp_path: Path) -> None:
    a_kit(tmp_path)

    found = CliRunner().invoke(main, ["tck", str(tmp_path), "--failures"])

    assert "pass   level" not in found.output
    assert "fail   level 2  0001-sample  c1" in found.output


def test_files_that_cannot_be_read_are_errors_that_name_them(tmp_path: Path) -> None:
    (tmp_path / "a-test-01.xml").write_text("<testCases")
    (tmp_path / "b-test-01.xml").write_text("<testCases><modelName>nowhere.dmn</modelName></testCases>")
    (tmp_path / "c-test-01.xml").write_text("<testCases><modelName>c.dmn</modelName></testCases>")
    (tmp_path / "c.dmn").write_text("<html/>")

    found = CliRunner().invoke(main, ["tck", str(tmp_path)])

    assert found.exit_code == 0
    for name in ("a-test-01.xml", "b-test-01.xml", "c-test-01.xml"):
        assert f"error  level -  {tmp_path.name}  {name}" in found.output
    assert "nowhere.dmn" in found.output and "Expected decisions (DMN 1.2 to 1.5)" in found.output


def test_a_folder_without_cases_is_refused_with_a_sentence(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["tck", str(tmp_path)])

    assert found.exit_code == 1
    assert "Expected files named *-test-*.xml below" in found.output
