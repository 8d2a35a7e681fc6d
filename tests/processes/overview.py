"""Writes docs/processes.md, the list of all processes, from the registry, the drawings, the handlers and the schedules.

`python -m tests.processes.overview` writes it; `test_overview.py` expects the file to be what would be written.
"""

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import processes
from crm import access
from crm.kinds import KINDS
from engine.contract import Schedule
from handlers import ALL, schedules
from tests.processes.drawing import Drawing, properties

PAGE = Path(__file__).parents[2] / "docs" / "processes.md"
CATALOGUE = processes.load()
LEVELS = {3: "area 领域", 4: "stage 阶段", 5: "flow 流程", None: "flow 流程"}
ORIGINS = {
    "content": "the whole flow",
    "title": "title and number",
    "heading": "heading",
    "name": "name",
    "designed": "nothing: ours",
}
HEAD = """# The processes 流程清单

All {count} processes, in the order of the registry. `python -m tests.processes.overview` writes this page from
[`processes/catalogue.yaml`](../processes/catalogue.yaml), the drawings, the handlers and the schedules; a test holds
it to them. What each process means is in the [process catalogue](process-catalogue.md).

*Begins with*: the record from whose page people start it, nothing but a person, or a message. *Calls*: a step of the
drawing runs that process and waits for it. *Hands over to*: an end event ends this process and begins that one.
*Starts*: a handler begins that process while this one goes on.

"""
COLUMNS = ("No.", "Documented as", "Title", "标题", "Drawing", "Kind", "The documents show", "Begins with")
WAYS = ("Calls", "Hands over to", "Starts")
CLOCK = """
## What begins by the clock 定时启动

The times are cron expressions (minute, hour, day, month, weekday) in the time zone of the company. Operations and
administrators change them on the page *Calendar*.

"""


def page() -> str:
    """The whole page as text."""
    rows = [_row(process) for process in CATALOGUE.processes]
    clock = [_clock_row(one) for one in schedules.ALL]
    return (
        HEAD.format(count=len(rows))
        + _table((*COLUMNS, *WAYS), rows)
        + CLOCK
        + _table(("Schedule", "Title", "标题", "Times", "Starts"), clock)
    )


def _row(process: processes.Process) -> list[str]:
    drawing = Drawing(process.key)
    by_id = {each.process_id: each.key for each in CATALOGUE.processes}
    called = [by_id[node.get("calledElement") or ""] for node in drawing.all(".//b:callActivity")]
    ends = [properties(node).get("handover") for node in drawing.all(".//b:endEvent")]
    return [
        process.catalog_no,
        ", ".join(dict.fromkeys(process.numbers)),
        process.titles["en"],
        process.titles["zh-Hans"],
        f"[{process.key}](../processes/{process.file})",
        LEVELS[process.level],
        ORIGINS[process.origin],
        ", ".join(_beginnings(process.key, drawing)),
        _numbers(called),
        _numbers(key for key in ends if key),
        _numbers(_started(process.process_id)),
    ]


def _clock_row(one: Schedule) -> list[str]:
    written = inspect.getsource(one.function)
    started = [key for key in CATALOGUE.by_key if f'"{key}"' in written]
    return [f"`{one.name}`", one.names["en"], one.names["zh-Hans"], f"`{one.cron}`", _numbers(started)]


def _beginnings(key: str, drawing: Drawing) -> Iterator[str]:
    for kind in KINDS.values():
        if any(start.process == key for start in kind.starts):
            yield kind.en.lower()
    if key in access.BEGIN:
        yield "a person"
    for node in drawing.all("b:process/b:startEvent/b:messageEventDefinition"):
        yield f"message `{drawing.by_id[node.get('messageRef')].get('name')}`"


def _numbers(keys: Iterable[str]) -> str:
    found = {CATALOGUE.by_key[key].catalog_no for key in keys}
    return ", ".join(each.catalog_no for each in CATALOGUE.processes if each.catalog_no in found)


def _started(process_id: str) -> Iterator[str]:
    """The first argument of every `Start(...)` in the modules of the process's handlers."""
    names = {handler.function.__module__ for handler in ALL if handler.name.startswith(f"{process_id}.")}
    for module in (sys.modules[name] for name in sorted(names)):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Start":
                first = node.args[0]
                yield str(first.value if isinstance(first, ast.Constant) else getattr(module, ast.unparse(first)))


def _table(heads: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
