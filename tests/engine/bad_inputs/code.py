"""Code in places where expressions stand: never run, and refused where it is no FEEL."""

from __future__ import annotations

from tests.engine.bad_inputs.made import END, START, Input, chain, flow, steps, text

PYTHON = '<camunda:script scriptFormat="python">x</camunda:script>'
TOUCH = "open('canary', 'w')"
PLACES = {
    "a Python call": "__import__('os').system('touch canary')",
    "a walk through Python's classes": "().__class__.__bases__[0].__subclasses__()",
    "an evaluation": f'eval("{TOUCH}")',
    "a lambda": f"(lambda: {TOUCH})()",
    "a list comprehension": f"[{TOUCH} for x in [1]]",
    "an assignment": "x := 1",
    "a statement": "import os",
    "a template": "{{ 7 * 7 }}",
    "JavaScript": "require('fs').writeFileSync('canary', '')",
    "Java": "T(java.lang.Runtime).getRuntime().exec('touch canary')",
    "Groovy": "new File('canary').text = ''",
    "a shell command": "$(touch canary)",
    "SQL": "'; DROP TABLE process_instance; --",
    "an unknown function": "touch(&quot;canary&quot;)",
    "deep brackets": "(" * 2000 + "1" + ")" * 2000,
    "deep brackets left open": "(" * 100_000,
    "a thousand minuses": "-" * 1000 + "1",
    "a long sum": "1" + " + 1" * 50_000,
    "an open text": '"open',
    "an empty expression": "",
    "a bare operator": "&gt;",
    "two words": "amount of",
}

JUEL = dict.fromkeys(["a Python call", "an evaluation", "JavaScript", "Java", "an unknown function"], "notations")


def condition(expression: str) -> bytes:
    """A choice by an expression."""
    gate = '<exclusiveGateway id="g" default="g_end"/><userTask id="a"/>'
    ways = chain("start", "g") + flow("g", "a", f"${{{expression}}}") + chain("g", "end") + chain("a", "end")
    return text(START + END + gate + ways).encode()


def script(language: str, program: str) -> bytes:
    """A script task."""
    return steps(f'<scriptTask id="step" scriptFormat="{language}"><script>{program}</script></scriptTask>')


def listener(more: str) -> str:
    """A user task with a listener."""
    return f'<userTask id="step"><extensionElements>{more}</extensionElements></userTask>'


INPUTS = [
    *(Input(name, condition(expression), JUEL.get(name, "expressions")) for name, expression in PLACES.items()),
    Input("a private attribute", condition("start.__class__")),
    Input(
        "an external function",
        condition('function(a) external {java: {class: "java.lang.Runtime", method signature: "exit(int)"}}'),
        "expressions",
        "a program, which is not run",
    ),
    Input(
        "a member that is called",
        condition("if start = 1 then java.lang.System.exit(0) else false"),
        "expressions",
        "java is none",
    ),
    Input("the input of a cell", condition("? &gt; 5"), "expressions", "? stands for the input"),
    Input("a sign that nobody sees", condition("start\u200b &gt; 5"), "expressions", "Unexpected character U+200B"),
    Input("a script in Python", script("python", TOUCH), "scripts", "python"),
    Input("a script in JavaScript", script("javascript", "process.exit()"), "scripts", "javascript"),
    Input("a script in Groovy", script("groovy", "System.exit(0)"), "scripts", "groovy"),
    Input("a script in no language", script("", TOUCH), "scripts"),
    Input("Python that says it is FEEL", script("feel", f"{{x: {TOUCH}}}"), "expressions"),
    Input("a class of another engine", steps('<serviceTask id="step" camunda:class="java.lang.Runtime"/>'), "handlers"),
    Input("a bean's method", steps('<serviceTask id="step" camunda:expression="${runtime.exec(1)}"/>'), "notations"),
    Input(
        "a module's name as handler",
        steps('<serviceTask id="step" camunda:type="external" camunda:topic="os.system"/>'),
        "handlers",
        "os.system",
    ),
    Input(
        "a listener that is a script",
        steps(listener(f'<camunda:executionListener event="start">{PYTHON}</camunda:executionListener>')),
        "listeners",
    ),
    Input(
        "a listener that is a class",
        steps(listener('<camunda:taskListener event="create" class="java.lang.Runtime"/>')),
        "listeners",
    ),
    Input(
        "a script in a parameter",
        steps(
            listener(
                '<camunda:inputOutput><camunda:inputParameter name="x">'
                f"{PYTHON}</camunda:inputParameter></camunda:inputOutput>"
            )
        ),
        "notations",
    ),
    Input(
        "code as a name",
        steps('<userTask id="step" name="{{ config }} &lt;script&gt;alert(1)&lt;/script&gt; %(x)s %s"/>'),
    ),
    Input("code as a name that is worked out", steps('<userTask id="step" name="{{ config }} &lt;script&gt; ${x}"/>')),
    Input("a path as a form", steps('<userTask id="step" camunda:formRef="../../etc/passwd"/>'), "forms"),
    Input("code as an assignee", steps('<userTask id="step" camunda:assignee="${__import__(\'os\')}"/>'), "notations"),
    Input(
        "code as a number of runs",
        steps(
            "<userTask id='step'><multiInstanceLoopCharacteristics><loopCardinality>${exec('x')}"
            "</loopCardinality></multiInstanceLoopCharacteristics></userTask>"
        ),
        "notations",
    ),
    Input(
        "code as a timer",
        steps(
            "<intermediateCatchEvent id='step'><timerEventDefinition><timeDuration>${exec('x')}"
            "</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        ),
        "notations",
    ),
]
