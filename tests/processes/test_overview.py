"""The list of processes in the documentation says what the registry, the drawings and the handlers say."""

from tests.processes import overview


def test_the_list_of_processes_is_that_of_the_registry_the_drawings_and_the_handlers() -> None:
    assert overview.PAGE.read_text("utf-8") == overview.page(), "python -m tests.processes.overview writes it anew"
