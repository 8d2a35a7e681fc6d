"""The pages of docs/rules, read for a reader of one language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
_RULE = re.compile(r"[a-z][a-z.-]*")
_HEAD = re.compile(r"# `[^`]+`: (.+)\n")
_CHINESE = "\n## 中文\n"
_CHINESE_TITLE = re.compile(r"\*\*(.+?)。\*\*")
_LINK = re.compile(r"\[([^\]]*)\]\((?!https?:)([^)\s]+)\)")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class RulePage:
    """One rule: its name, title and text; `further` is what there is in English only, for readers of Chinese."""

    rule: str
    title: str
    text: Markup
    further: Markup | None


@cache
def rules() -> tuple[str, ...]:
    """The names of all rules that have a page."""
    return tuple(sorted(page.stem for page in FOLDER.glob("*.md") if page.stem != "README"))


def rule_page(rule: str, language: str, address: Callable[[str], str]) -> RulePage | None:
    """The page of a rule in a language (`en` or `zh-Hans`), None when there is none; `address` leads to other rules."""
    if _RULE.fullmatch(rule) is None or rule not in rules():
        return None
    english, chinese = _source(rule)
    head = _HEAD.match(english)
    body = _shown(english[head.end() :] if head else english, address)
    if language == "en":
        title = head[1] if head else rule
        return RulePage(rule, title[:1].upper() + title[1:], body, None)
    said = _CHINESE_TITLE.search(chinese)
    text = chinese[said.end() :] if said else chinese
    return RulePage(rule, said[1] if said else rule, _shown(text, address), body)


@cache
def _source(rule: str) -> tuple[str, str]:
    english, _, chinese = (FOLDER / f"{rule}.md").read_text("utf-8").partition(_CHINESE)
    return english, chinese


def _shown(source: str, address: Callable[[str], str]) -> Markup:
    """Markdown as HTML; links lead to other rules, what is linked elsewhere in the repository stays as text."""

    def linked(link: re.Match[str]) -> str:
        name = link[2].removesuffix(".md")
        return f"[{link[1]}]({address(name)})" if link[2].endswith(".md") and name in rules() else link[1]

    return Markup(_MARKDOWN.render(_LINK.sub(linked, source)))
