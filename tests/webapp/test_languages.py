"""English and Chinese: every sentence has both, and the reader gets the right one."""

import re
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from engine.errors import Sentence
from tests.webapp import sentences
from tests.webapp.steps import MANAGER, REP, begin
from tests.webapp.world import World
from webapp.languages import CHINESE_FILES, say, translate, translations

PLACE = re.compile(r"%\((\w+)\)")


def catalogue() -> dict[str, dict[str, str]]:
    """Chinese by English sentence and file."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(CHINESE_FILES.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                texts = message.id if isinstance(message.id, tuple) else (message.id,)
                chinese = message.string[0] if isinstance(message.string, tuple) else message.string
                for text in filter(None, texts):
                    found[text][path.name] = chinese
    return found


@pytest.mark.parametrize("source", [sentences.in_pages, sentences.in_errors])
def test_every_sentence_has_chinese(source: object) -> None:
    known = catalogue()

    missing = [f"{place}: {text}" for text, place in source().items() if not any(known[text].values())]  # type: ignore[operator]

    assert not missing, "\n".join(missing)


def test_a_translation_has_the_same_places_as_its_sentence() -> None:
    wrong = [
        text
        for text, chinese in catalogue().items()
        for one in chinese.values()
        if set(PLACE.findall(one)) != set(PLACE.findall(text))
    ]

    assert wrong == []


def test_no_sentence_is_translated_in_two_ways() -> None:
    assert {text: chinese for text, chinese in catalogue().items() if len(set(chinese.values())) > 1} == {}


def test_the_catalogue_is_read_without_being_compiled() -> None:
    assert translations(CHINESE_FILES).ugettext("Inbox") == "待办"


def test_a_page_is_chinese_for_a_chinese_browser_and_says_so(world: World) -> None:
    page = world.visitor(Accept_Language="zh-CN,zh;q=0.9").get("/login").text

    assert '<html lang="zh-Hans"' in page
    assert "登录" in page


def test_a_person_keeps_the_chosen_language_in_another_browser(world: World) -> None:
    world.client("lin.wei").post("/language", language="zh-Hans", next="/inbox")

    page = world.client("lin.wei", Accept_Language="en").get("/inbox").text

    assert "待办" in page
    assert "林薇" in page


def test_an_unknown_language_changes_nothing(world: World) -> None:
    client = world.client("lin.wei")

    client.post("/language", language="tlh", next="/inbox")

    assert '<html lang="en"' in client.get("/inbox").text


def test_a_sentence_is_said_in_the_readers_language_with_its_values(world: World) -> None:
    inner = Sentence("Inbox")

    with world.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        said = say(Sentence("Expected a task %(id)s, but there is none.", id=inner))

    assert said == "任务 待办 不存在。"


def test_people_in_sentences_have_their_names_in_the_readers_language(world: World) -> None:
    begin(world)
    first, second = world.client(REP), world.client(MANAGER)
    task = world.task("review_pipeline_and_plans")
    second.post("/language", language="zh-Hans")

    said = second.post(f"/tasks/{task}/complete").text

    with world.application.database.read() as connection:
        names = world.engine.directory(connection).names(REP)
    assert names["zh-Hans"] in said and names["en"] not in said
    assert translate(Sentence("%(who)s has it.", who=names), "zh-Hans") == f"{names['zh-Hans']} has it."
    assert first.get(f"/tasks/{task}").status_code == 200


def test_chinese_sentences_are_punctuated_in_full_width() -> None:
    half = re.compile(r"[\u4e00-\u9fff]\s*[,;:!?)]|[,;:!?]\s*[\u4e00-\u9fff]")

    wrong = [f"{file}: {text}" for found in catalogue().values() for file, text in found.items() if half.search(text)]

    assert not wrong, "\n".join(wrong)
