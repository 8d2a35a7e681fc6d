"""Timers: times that do not exist, never come, or never rest."""

from __future__ import annotations

from tests.engine.bad_inputs.made import Input, steps


def timer(kind: str, text: str) -> bytes:
    """A drawing that waits."""
    definition = f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"
    return steps(f'<intermediateCatchEvent id="step">{definition}</intermediateCatchEvent>')


WRONG = {
    "timeDate": [
        "2026-02-30",
        "2026-13-01T00:00:00Z",
        "31.01.2030",
        "2026-01-01T25:00:00Z",
        "P1D",
        "2026-W05",
        "2026-01-01T09:00:00@Mars/Olympus",
        "R3/PT1H",
    ],
    "timeDuration": [
        *["P", "PT", "P1H", "1D", "P1D12H", "PT1000000000H", "P999999999Y", "P-1D", "2026-01-01", "P1.5D", "500"],
    ],
    "timeCycle": [
        "R/PT0S",
        "R3/PT0.001S",
        "R/-PT1H",
        "R/",
        "R3/soon",
        "R-1/PT1H",
        "PT10M",
        "R/2026-02-30/P1D",
        "R3/PT1H/2026-99-01",
        "R/P999999999Y",
        "0 0 30 2 *",
        "60 * * * *",
        "0 0 9 ? * 2-6",
        "0 0 9 15W * ?",
        "0 0 9 ? * MON 2031",
        "@reboot",
        "* * * * * * * *",
        "0 9 * * FRI-MON",
    ],
}
FINE = {
    "timeDate": ["9999-12-31T23:59:59Z", "2026-01-01", "2026-01-01T09:00", "2020-01-01T00:00:00Z", "${start_at}"],
    "timeDuration": ["PT0S", "-PT5M", "P1M2DT3H", "P9W", "P1000Y", "PT0.5S", "${pause}", '=duration("P1D")'],
    "timeCycle": [
        "R3/PT10M",
        "R/P1M",
        "R0/PT1H",
        "R/2026-01-31T08:00:00@Europe/Berlin/P1M",
        "R2/PT1H/2026-05-01",
        "0 9 * * 1-5",
        "0 0/5 8-18 ? * MON-FRI",
        "0 0 9 L * ?",
        "@daily",
        "${rhythm}",
    ],
}
RETRIES = ["often", "R9999999999/PT5M", "PT1000000000H", "P1M", "R3/", "PT5M,,PT5M", f"R3/P{'9' * 5000}W"]


def retries(text: str) -> bytes:
    """A step that is tried again."""
    cycle = f"<camunda:failedJobRetryTimeCycle>{text}</camunda:failedJobRetryTimeCycle>"
    return steps(f'<userTask id="step"><extensionElements>{cycle}</extensionElements></userTask>')


EMPTY = '<intermediateCatchEvent id="step"><timerEventDefinition>{}</timerEventDefinition></intermediateCatchEvent>'
INPUTS = [
    *(Input(f"{kind} {text}", timer(kind, text), "timers", text) for kind in WRONG for text in WRONG[kind]),
    *(Input(f"{kind} {text} is fine", timer(kind, text)) for kind in FINE for text in FINE[kind]),
    Input("a timer without a time", steps(EMPTY.format("")), "timers", "gives 0 times"),
    Input("an empty time", timer("timeDate", " "), "expressions", "it is empty"),
    Input(
        "two times",
        steps(EMPTY.format("<timeDate>2026-01-01</timeDate><timeCycle>R/P1D</timeCycle>")),
        "timers",
        "gives 2 times",
    ),
    Input("a due date that is none", steps('<userTask id="step" camunda:dueDate="two days"/>'), "timers", "two days"),
    *(Input(f"retries {text}", retries(text), "retries", text[:300]) for text in RETRIES),
    Input("retries R3/PT5M are fine", retries("R3/PT5M")),
]
