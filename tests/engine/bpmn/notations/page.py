"""Writes the tables of docs/notations.md from the words that the code knows.

`python -m tests.engine.bpmn.notations.page` writes the page anew.
"""

import re
from pathlib import Path

from engine.bpmn.notations.camunda8_feel import NAMES
from engine.bpmn.notations.juel_calls import FUNCTIONS, METHODS
from engine.bpmn.notations.known_tools import KNOWN

PAGE = Path(__file__).parents[4] / "docs" / "notations.md"
_PART = re.compile(r"(<!-- (words|methods|functions|feel)( \S+)? -->\n).*?(?=<!-- end -->)", re.DOTALL)


def table(space):
    """The words of a namespace, one a line, sorted by name."""
    prefix, words = KNOWN[space]
    lines = ["| word | here | |", "|---|---|---|"]
    for name, word in sorted(words.items(), key=lambda pair: pair[0].removeprefix("@").lower()):
        shown = f"`{prefix}:{name.removeprefix('@')}`" + (" (attribute)" if name.startswith("@") else "")
        lines.append(f"| {shown} | {word.status} | {word.means} |")
    return "\n".join(lines)


def rendered(text):
    """The page with its tables written anew."""
    lists = {"methods": METHODS, "functions": FUNCTIONS, "feel": NAMES}

    def part(match):
        inside = table(match[3].strip()) if match[2] == "words" else ", ".join(f"`{name}`" for name in lists[match[2]])
        return f"{match[1]}{inside}\n"

    return _PART.sub(part, text)


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text("utf-8")), "utf-8")
