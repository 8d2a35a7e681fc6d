"""The words of other tools: each has its place in the documentation, and each says what becomes of it."""

import pytest

from engine.bpmn.notations import flowable
from engine.bpmn.notations.known_tools import KNOWN
from tests.engine.bpmn.notations.page import PAGE, rendered

WORDS = [(prefix, name, word) for prefix, words in KNOWN.values() for name, word in words.items()]


def test_the_page_holds_the_words_that_the_code_knows():
    text = PAGE.read_text("utf-8")

    assert text == rendered(text), "write it anew: python -m tests.engine.bpmn.notations.page"


def test_every_namespace_is_on_the_page():
    named = {line.split()[2] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("<!-- words ")}

    others = flowable.SPACES.keys() - {"http://flowable.org/bpmn"}  # whose words are Flowable's
    assert named == KNOWN.keys() - others


@pytest.mark.parametrize(("prefix", "name", "word"), WORDS, ids=[f"{prefix}:{name}" for prefix, name, _ in WORDS])
def test_every_word_says_what_becomes_of_it(prefix, name, word):
    assert word.means
    assert (word.refusal is None) or word.status == "refused"
