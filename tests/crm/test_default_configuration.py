"""The default configuration is that of section 8.3 of the catalogue, which is read here."""

import re
from pathlib import Path

from crm import defaults_data

CATALOGUE = Path(__file__).resolve().parents[2] / "docs" / "process-catalogue.md"
STAGE = re.compile(r"\d (.*?) (\d+)(?: %)?/(\d+)(?: d)?(?: \[(.*)\])?")
REASON = re.compile(r"\b([WLQC]\d\d) ([a-z][a-z/ ]+[a-z])")
NOT_ENGLISH = re.compile(r"[^A-Za-z\- ]+")


def section() -> str:
    text = CATALOGUE.read_text("utf-8")
    return text[text.index("### 8.3 Default configuration") : text.index("## 9. ")]


def english(name: str) -> str:
    return NOT_ENGLISH.sub("", name).strip()


def test_stages_have_the_order_names_probabilities_and_days_of_the_catalogue() -> None:
    printed = {
        mode: [
            (english(found[1]), int(found[2]), int(found[3]), len((found[4] or "").split(",")) if found[4] else 0)
            for part in stages.split(" · ")
            if (found := STAGE.match(part))
        ]
        for mode, stages in re.findall(r"^\| (simple|complex|tender) [^|]*\| (.+) \|$", section(), re.M)
    }

    ours = {
        mode: [
            (name, probability, days, len(criteria)) for _key, name, _zh, probability, days, criteria, _quote in stages
        ]
        for mode, stages in defaults_data.STAGES.items()
    }
    assert ours == printed
    assert [len(stages) for stages in printed.values()] == [3, 7, 6]


def test_stages_marked_with_a_star_need_a_quote() -> None:
    starred = {english(STAGE.match(part)[1]) for part in re.findall(r"\d [^·|]*quote sent\*", section())}  # type: ignore[index]

    ours = {name for stages in defaults_data.STAGES.values() for _key, name, *_rest, quote in stages if quote}
    assert ours == starred


def test_reason_codes_are_those_of_the_catalogue() -> None:
    ours = {code: name.lower() for _kind, code, name, _zh in defaults_data.REASONS if re.fullmatch(r"[WLQC]\d\d", code)}

    assert ours == dict(REASON.findall(section()))
    assert "(note required)" in section() and frozenset({"L99"}) <= defaults_data.NOTE_REQUIRED


def test_features_are_those_of_the_catalogue() -> None:
    line = section()[section().index("**Feature flags.**") :]

    assert set(defaults_data.FLAGS) == set(re.findall(r"`(\w+)`", line))
