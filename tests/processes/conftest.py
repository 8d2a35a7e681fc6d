"""Has the test paths of the catalogue run on both kinds of database; other tests of processes choose by themselves."""

import pytest

from tests.company import KINDS
from tests.processes.paths import TESTS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrizes the company of a test that takes such a path."""
    if metafunc.definition.originalname in TESTS and "company" in metafunc.fixturenames:
        metafunc.parametrize("company", KINDS, indirect=True)
