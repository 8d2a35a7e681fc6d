"""Every kind of history event has a sentence: the kinds are read off the code that records them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.states import MOVES, ApprovalState
from webapp.languages import CHINESE_FILES, translations
from webapp.sentences import MINOR, SENTENCES

ROOT = Path(__file__).resolve().parents[2]


def recorded() -> Iterator[str]:
    """The kinds that the engine records itself, and the events that handlers report."""
    for path in [*(ROOT / "engine").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                yield from _kinds(node)


def _kinds(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "record" and call.args:
        yield from _texts(call.args[0])
    if name in ("note", "_change"):
        yield from (text for argument in call.args for text in _texts(argument) if "." in text)
    for keyword in call.keywords:
        if name == "Done" and keyword.arg == "events":
            yield from _texts(keyword.value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        text = ast.unparse(node)[2:-1]
        if "state.value" in text:
            yield from (f"approval.{state.value}" for state in ApprovalState if state != ApprovalState.OPEN)
        elif "effect.kind" in text:
            yield from ("message.thrown", "signal.thrown", "escalation.thrown")
        else:
            raise AssertionError(f"a kind of event is built in a way this test does not know: {text}")
    else:
        leaves = (leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant))
        yield from (value for value in leaves if isinstance(value, str))


def test_every_kind_of_event_has_a_sentence() -> None:
    kinds = {kind for kind in recorded() if "." in kind}

    assert len(kinds) > 30
    assert sorted(kinds - set(SENTENCES)) == []


def test_only_known_kinds_are_technical() -> None:
    assert set(SENTENCES) >= MINOR


def test_every_state_of_the_engine_has_its_chinese() -> None:
    said = {str(state) for moves in MOVES.values() for state in moves}
    chinese = translations(CHINESE_FILES)

    assert [state for state in sorted(said) if chinese.gettext(state) == state] == []
