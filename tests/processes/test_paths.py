"""Every test path that the catalogue names is taken by a test in the company, which `conftest` gives both databases."""

import ast

import pytest

from tests.processes import document
from tests.processes.drawing import DRAWINGS
from tests.processes.outcomes import FILES
from tests.processes.paths import PATHS

RUNS = {
    (node.name, argument.arg)
    for path in FILES
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef)
    for argument in node.args.args
}


@pytest.mark.parametrize("key", DRAWINGS)
def test_the_paths_of_the_catalogue_are_those_that_have_a_test(key: str) -> None:
    assert list(PATHS.get(key, {})) == document.paths(key)


def test_27_processes_name_paths() -> None:
    assert len([key for key in DRAWINGS if document.paths(key)]) == len(PATHS) == 27


@pytest.mark.parametrize("key", PATHS)
def test_the_test_of_a_path_runs_the_process_in_the_company(key: str) -> None:
    for path, tests in PATHS[key].items():
        for test in tests.split():
            assert RUNS & {(test, "company"), (test, "any_company")}, path
