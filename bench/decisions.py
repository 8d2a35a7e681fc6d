"""Looking up decision tables of growing length: by the index, row by row, and by stock SpiffWorkflow."""

from __future__ import annotations

import statistics
import timeit
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from time import process_time
from types import SimpleNamespace

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.parser import BpmnDmnParser

from engine.dmn import DecisionModel, read_model, table_index

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
BANDS = 4
"""Rows of one product: its bands of quantities."""
WIDTH = 10


@dataclass(frozen=True)
class Lookups:
    """Microseconds of one evaluation by variant (indexed, scanned, stock) and rows."""

    microseconds: Mapping[str, Mapping[int, float]]

    def growth(self, variant: str) -> float:
        """The longest table against the shortest."""
        found = self.microseconds[variant]
        return found[max(found)] / found[min(found)]


def measure(rows: tuple[int, ...], calls: int, repeats: int = 5) -> Lookups:
    """All variants on the same tables, in turns; the median of the repeats, in processor time."""
    found: dict[str, dict[int, float]] = {"indexed": {}, "scanned": {}, "stock": {}}
    for count in rows:
        inputs: dict[str, object] = {"code": f"P{(count - 1) // BANDS}", "quantity": (count - 1) % BANDS * WIDTH + 5}
        variants = {"indexed": _ours(count, inputs), "scanned": _scanned(count, inputs), "stock": _stock(count, inputs)}
        assert [look() for look in variants.values()] == [count - 1] * 3
        times: dict[str, list[float]] = {name: [] for name in variants}
        for _ in range(repeats):
            for name, look in variants.items():
                number = calls if name == "indexed" else max(calls // 20, 1)
                times[name].append(timeit.timeit(look, timer=process_time, number=number) / number)
        for name, each in times.items():
            found[name][count] = 1e6 * statistics.median(each)
    return Lookups(found)


def table(rows: int, band: Callable[[int, int], str]) -> bytes:
    """A price list: a product and a band of quantities give the number of the row. ``band`` writes a range."""
    columns = "".join(
        f'<input id="{name}"><inputExpression id="e_{name}"><text>{name}</text></inputExpression></input>'
        for name in ("code", "quantity")
    )
    return (
        f'<definitions xmlns="{MODEL}" id="prices" name="prices" namespace="urn:prices">'
        f'<decision id="price" name="price"><decisionTable id="t" hitPolicy="UNIQUE">{columns}'
        f'<output id="o" name="row"/>{"".join(_rule(row, band) for row in range(rows))}'
        "</decisionTable></decision></definitions>"
    ).encode()


def _rule(row: int, band: Callable[[int, int], str]) -> str:
    low = row % BANDS * WIDTH
    cells = (("inputEntry", f'"P{row // BANDS}"'), ("inputEntry", band(low, low + WIDTH)), ("outputEntry", str(row)))
    entries = "".join(
        f'<{tag} id="c{row}_{place}"><text>{escape(text)}</text></{tag}>' for place, (tag, text) in enumerate(cells)
    )
    return f'<rule id="r{row}">{entries}</rule>'


def _ours(rows: int, inputs: Mapping[str, object]) -> Callable[[], object]:
    return _asking(read_model(table(rows, lambda low, high: f"[{low}..{high})"), "prices.dmn"), inputs)


def _scanned(rows: int, inputs: Mapping[str, object]) -> Callable[[], object]:
    fewest, table_index.FEWEST_ROWS = table_index.FEWEST_ROWS, rows + 1
    try:
        return _ours(rows, inputs)
    finally:
        table_index.FEWEST_ROWS = fewest


def _asking(model: DecisionModel, inputs: Mapping[str, object]) -> Callable[[], object]:
    return lambda: model.evaluate("price", inputs).value


def _stock(rows: int, inputs: Mapping[str, object]) -> Callable[[], object]:
    """SpiffWorkflow's own evaluator: its language is Python, so a range is a chained comparison."""
    parser = BpmnDmnParser()
    parser.add_dmn_str(table(rows, lambda low, high: f"{low} <= ? < {high}"))
    engine = parser.get_engine("price", None)
    task = SimpleNamespace(data=dict(inputs), workflow=SimpleNamespace(script_engine=PythonScriptEngine()))
    return lambda: engine.result(task)["row"]
