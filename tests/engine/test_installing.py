"""A new version of the product brings its files anew, and leaves what a company changed as it is."""

from __future__ import annotations

import pytest

from engine import Database, bundles, definitions, installing
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, user
from tests.engine.test_definitions import RULE, form, table

STEP = user("step", formRef="p.step", candidateGroups="rep")
BODY = start() + RULE.format("size") + STEP + end() + chain("start", "rule", "step", "end")
FILES = {"bpmn/p.bpmn": drawing("p", BODY), "dmn/size.dmn": table("size"), "forms/p.step.form": form()}
THEIRS = {
    "bpmn/p.bpmn": drawing("p", BODY, before='<message id="m" name="theirs"/>'),
    "dmn/size.dmn": table("size", '"theirs"'),
    "forms/p.step.form": form("Theirs"),
}
NEWER = {
    "bpmn/p.bpmn": drawing("p", BODY, before='<message id="m" name="newer"/>'),
    "dmn/size.dmn": table("size", '"newer"'),
    "forms/p.step.form": form("Newer"),
}


def installed(database: Database) -> Kit:
    kit = Kit(database)
    made = installing.install(kit.engine, FILES)
    assert (len(made.deployment.versions), made.kept) == (1, ())
    return kit


def in_force(kit: Kit, name: str) -> bytes | None:
    kind, _, stem = name.partition("/")
    with kit.database.read() as connection:
        return bundles.content(connection, kind.removesuffix("s"), stem.rpartition(".")[0])


@pytest.mark.parametrize("name", FILES)
def test_what_somebody_deployed_survives_the_next_start_and_a_newer_release(database: Database, name: str) -> None:
    kit = installed(database)
    kit.deploy({name: THEIRS[name]})

    again, newer = installing.install(kit.engine, FILES), installing.install(kit.engine, FILES | {name: NEWER[name]})

    assert (again.kept, again.deployment.versions) == ((name,), ())
    assert newer.kept == (name,)
    assert in_force(kit, name) == THEIRS[name]


@pytest.mark.parametrize("name", FILES)
def test_what_nobody_changed_becomes_that_of_the_newer_release(sqlite: Database, name: str) -> None:
    kit = installed(sqlite)
    others = {other: content for other, content in THEIRS.items() if other != name}
    kit.deploy(others)

    newer = installing.install(kit.engine, NEWER)

    assert sorted(newer.kept) == sorted(others)
    assert in_force(kit, name) == NEWER[name]
    assert [row.created_by for row in newer.deployment.versions] == [None]
    assert sorted(installing.install(kit.engine, NEWER).kept) == sorted(others)


def test_what_somebody_set_back_is_the_products_again(sqlite: Database) -> None:
    kit = installed(sqlite)
    for files in (THEIRS, FILES):
        kit.deploy(files)

    newer = installing.install(kit.engine, NEWER)

    assert newer.kept == () and in_force(kit, "bpmn/p.bpmn") == NEWER["bpmn/p.bpmn"]


def test_a_note_of_the_same_word_makes_nobody_the_product(sqlite: Database) -> None:
    kit = installed(sqlite)
    definitions.deploy(kit.engine, THEIRS, "analyst", installing.INSTALLED)

    assert sorted(installing.install(kit.engine, FILES).kept) == sorted(FILES)
