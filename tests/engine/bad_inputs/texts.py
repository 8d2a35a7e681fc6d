"""Texts: long, odd, and made to be taken for something else."""

from __future__ import annotations

from tests.engine.bad_inputs.made import END, START, Input, chain, steps, text

LONG = 200_000


def named(name: str) -> bytes:
    """A task of that name."""
    return steps(f'<userTask id="step" name="{name}"/>')


def looping(maximum: str) -> bytes:
    """A task that is to be repeated so often."""
    return steps(f'<userTask id="step"><standardLoopCharacteristics loopMaximum="{maximum}"/></userTask>')


def waiting(span: str) -> bytes:
    """A drawing that waits so long."""
    definition = f"<timerEventDefinition><timeDuration>{span}</timeDuration></timerEventDefinition>"
    return steps(f'<intermediateCatchEvent id="step">{definition}</intermediateCatchEvent>')


INPUTS = [
    Input("every kind of writing", named("客户 Müller עברית العربية ไทย 한국어 🙂 é ﬁ")),
    Input("directions turned around", named("\u202egnp.exe\u202c \u200b \u2066x\u2069")),
    Input("a long name", named("x" * LONG)),
    Input(
        "a long documentation",
        text(f"<documentation>{'词' * LONG}</documentation>{START}{END}{chain('start', 'end')}").encode(),
    ),
    Input("a text longer than a text may be", lambda: named("x" * 10_000_001), "readable-file", "longer than 10000000"),
    Input("percent signs", named("100 % %s %(name)s %%")),
    Input("braces", named("{} {0} {name} {{x}}")),
    Input("quotes", named("&quot;&apos;&lt;&gt;&amp;#39;")),
    Input("new lines and tabs", named("a&#10;b&#9;c&#13;d")),
    Input("only blanks", named("   ")),
    Input("a file name with a path", steps('<userTask id="step"/>'), "file-name", "bad", file="bpmn/../../evil.bpmn"),
    Input("a file name of another process", steps('<userTask id="step"/>'), "file-name", "bad", file="bpmn/good.bpmn"),
    Input("a file of no known kind", steps('<userTask id="step"/>'), "known-kind", "bad.exe", file="bpmn/bad.exe"),
    Input(
        "a file name without end",
        steps('<userTask id="step"/>').replace(b'id="bad"', b'id="' + b"p" * 195 + b'"'),
        "file-name",
        "at most 200 characters",
        file=f"bpmn/{'p' * 195}.bpmn",
    ),
    Input(
        "a group without end",
        steps(f'<userTask id="step" camunda:candidateGroups="rep,{"g" * 201}"/>'),
        "unique-ids",
        "the candidateGroups of the userTask to have at most 200 characters, but it has 201",
    ),
    Input(
        "a long expression for a group",
        steps(f'<userTask id="step" camunda:candidateGroups="${{[&quot;rep&quot;, &quot;{"g" * 201}&quot;]}}"/>'),
    ),
    Input("an assignee of many people", steps(f'<userTask id="step" camunda:candidateUsers="{"a, " * 20_000}b"/>')),
    Input(
        "a variable with a reserved name",
        steps(
            '<scriptTask id="step" scriptFormat="feel" camunda:resultVariable="config"><script>=1</script></scriptTask>'
        ),
        "reserved-names",
        "config",
    ),
    Input("a loop maximum of five thousand digits", looping("9" * 5000), "loops", "its maximum is 999"),
    Input("a duration of five thousand digits", waiting(f"P{'9' * 5000}W"), "timers", "999"),
    Input(
        "a superscript as a priority",
        steps('<userTask id="step" camunda:priority="²"/>'),
        "expressions",
        "camunda:priority to be a whole number",
    ),
    Input(
        "a priority of five thousand digits",
        steps(f'<userTask id="step" camunda:priority="{"9" * 5000}"/>'),
        "expressions",
        "camunda:priority to be a whole number",
    ),
]
