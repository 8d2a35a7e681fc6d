"""Each bad input goes every way that files come in, and must be refused in clean words or rightly run.

Nothing that stands in a file may be executed, nothing may be half deployed, and no sentence may show the
insides of the program: names of its classes and libraries, empty values, or memory.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from cli import main
from engine import Database, definitions
from engine.errors import Finding, Rejected
from engine.tables import metadata
from engine.testing import Kit
from tests.engine.bad_inputs import code, decisions, forms, notations, size, structure, texts, times, xml
from tests.engine.bad_inputs.made import Input

GROUPS = (xml, notations, structure, code, times, texts, decisions, forms, size)
INPUTS = [(group.__name__.rpartition(".")[2], one) for group in GROUPS for one in group.INPUTS]
INSIDES = re.compile(
    r"Traceback|Error\b|Exception|\bNone\b|NoneType|<class|object at 0x|lxml|libxml|XML_PARSE|XPath|etree|codec|"
    r"\bSpiff|sqlalchemy|site-packages|\.py\b|Decimal\(|datetime\.|\bb'\\x|\{http|Sentence\(|%\("
)


def each(*groups: Any) -> pytest.MarkDecorator:
    """A test for each input."""
    chosen = [(name, one) for name, one in INPUTS if not groups or (name in groups and one.rule != "file-name")]
    return pytest.mark.parametrize(
        "one", [one for _, one in chosen], ids=[f"{name}: {one.name}" for name, one in chosen]
    )


@pytest.fixture
def kit(sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kit:
    monkeypatch.chdir(tmp_path)
    return Kit(sqlite)


def clean(finding: Finding, one: Input) -> None:
    """The finding is words for people, about this file."""
    assert finding.file == one.file
    for sentence in (str(finding.message), str(finding.remedy)):
        assert sentence and (sentence[0].isupper() or sentence[0] in "'0123456789") and sentence.endswith((".", "?")), (
            sentence
        )
        assert len(sentence) < 2000 and not INSIDES.search(sentence), sentence


def rows(kit: Kit) -> dict[str, int]:
    """How many rows each table has."""
    with kit.database.read() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def errors(found: Any) -> list[Finding]:
    return [one for one in found if one.severity == "error"]


@each()
def test_a_bad_input_is_refused_in_clean_words_or_rightly_fine(kit: Kit, tmp_path: Path, one: Input) -> None:
    files, before, surroundings = {one.file: one.bytes}, rows(kit), dict(os.environ)

    found = definitions.check(kit.engine, files)

    for finding in found:
        clean(finding, one)
    told = errors(found)
    if one.rule:
        assert one.rule in {finding.rule for finding in told}, [str(finding) for finding in found]
        assert any(one.says in str(finding.message) for finding in told), [str(finding) for finding in told]
        with pytest.raises(Rejected) as refused:
            kit.deploy(files)
        assert [str(finding) for finding in refused.value.findings] == [str(finding) for finding in found]
        assert rows(kit) == before
    else:
        assert told == [], [str(finding) for finding in told]
        kit.deploy(files)
    assert dict(os.environ) == surroundings
    assert {path.name for path in tmp_path.iterdir()} <= {"test.db", "test.db-wal", "test.db-shm"}


@each("xml", "notations", "structure", "code", "times", "texts", "decisions", "forms")
def test_the_command_refuses_the_same_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: Input) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / one.file
    path.parent.mkdir()
    path.write_bytes(one.bytes)

    told = CliRunner().invoke(main, ["lint", one.file, "--format", "json"])

    assert told.exception is None or isinstance(told.exception, SystemExit), repr(told.exception)
    assert told.exit_code == (1 if one.rule else 0), told.output
    rules = {row["rule"] for row in json.loads(told.output)["findings"]}
    assert not one.rule or one.rule in rules
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [path.parent.name]
