"""The list of handlers is complete: it names every file, and every step that a drawing names."""

from pathlib import Path

import handlers
from engine.bpmn import model, read
from engine.contract import Handler
from handlers.shared import decisions, outcomes

ROOT = Path(handlers.__file__).resolve().parent
DRAWINGS = ROOT.parent / "processes" / "bpmn"
BUILT_IN = {"notify_due", "remind_approver", "escalate_approval", "cancel_open_work"}


def test_every_handler_is_named_after_its_file() -> None:
    files = {
        f"{path.parent.name}.{path.stem}"
        for path in ROOT.glob("*/*.py")
        if "@handler(" in path.read_text() and path.stem != "__init__"
    }

    assert [type(one) for one in handlers.ALL] == [Handler] * len(files)
    assert {one.name for one in handlers.ALL} == files


def test_every_step_that_a_drawing_names_has_a_handler() -> None:
    names = {one.name for one in handlers.ALL} | BUILT_IN

    for path in sorted(DRAWINGS.glob("*.bpmn")):
        drawn = model(read(path.read_bytes(), path.name)).handlers
        assert drawn - names == set(), path.name
        assert drawn


def test_a_decision_without_an_answer_names_its_inputs() -> None:
    def asks(context: object) -> object:
        return decisions.ask(context, "defer_default", {"defer_reason": "boredom"})  # type: ignore[arg-type]

    class Context:
        decide = staticmethod(lambda decision, inputs: None)
        form: dict[str, object] = {}

    failed = outcomes.automatic(asks)(Context())  # type: ignore[arg-type]
    refused = outcomes.completion(asks)(Context())  # type: ignore[arg-type]

    assert "defer_reason = boredom" in str(failed.reason)  # type: ignore[union-attr]
    assert "defer_reason = boredom" in str(refused.errors[""])  # type: ignore[union-attr]
