"""JUEL expressions as FEEL: the text, and the value for the same variables (JSR 341, chapter 1)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.bpmn import read
from engine.bpmn.notations.expressions import Language, is_feel, is_juel, pieces
from engine.bpmn.notations.juel import NotJuel, parse
from engine.bpmn.notations.juel_feel import to_feel
from engine.bpmn.notations.juel_text import Unsayable
from engine.feel import compile_expression

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GIVEN = {
    "a": 7,
    "b": 2,
    "neg": -7,
    "yes": True,
    "no": False,
    "name": "Ada",
    "blank": "",
    "xs": ["x", "y", "z"],
    "none": [],
    "i": 1,
    "key": "city",
    "order": {"amount": 120, "lines": [{"sku": "A1"}, {"sku": "B2"}], "ship to": "Bonn"},
    "where": {"city": "Ulm"},
}
EMPTY = 'list contains([null, "", [], {{}}], {})'.format

TABLE = [
    # literals
    ("1", "1", 1),
    ("1.50", "1.50", Decimal("1.50")),
    (".5", ".5", Decimal("0.5")),
    ("1e3", "1e3", 1000),
    ("'text'", '"text"', "text"),
    ('"text"', '"text"', "text"),
    (r"'it\'s'", '"it\'s"', "it's"),
    ("'say \"hi\"'", r'"say \"hi\""', 'say "hi"'),
    ("'中文'", '"中文"', "中文"),
    ("true", "true", True),
    ("false", "false", False),
    ("null", "null", None),
    # comparison
    ("a == 7", "a = 7", True),
    ("a != 7", "a != 7", False),
    ("a < b", "a < b", False),
    ("a > b", "a > b", True),
    ("a <= 7", "a <= 7", True),
    ("a >= 8", "a >= 8", False),
    ("a eq 7", "a = 7", True),
    ("a ne 7", "a != 7", False),
    ("a lt b", "a < b", False),
    ("a gt b", "a > b", True),
    ("a le 7", "a <= 7", True),
    ("a ge 8", "a >= 8", False),
    ("name == 'Ada'", 'name = "Ada"', True),
    ("missing == null", "missing = null", True),
    ("missing != null", "missing != null", False),
    ("(a > b) == true", "((a > b) = true) = true", True),
    ("(missing > 5) == false", "((missing > 5) = true) = false", True),
    # a text that says a number or a truth value is compared as both
    ("a == '7'", 'a = "7" or a = 7', True),
    ("'7.0' == a", '"7.0" = a or 7.0 = a', True),
    ("a > '5'", 'a > "5" or a > 5', True),
    ("yes == 'true'", 'yes = "true" or yes = true', True),
    ("no != 'true'", '(no = "true" or no = true) != true', True),
    ("!(missing == 'false')", '(missing = "false" or missing = false) != true', True),
    ("a == '7' && yes", '(a = "7" or a = 7) and yes', True),
    ("name == 'seven'", 'name = "seven"', False),
    ("'7' == '7'", '"7" = "7"', True),
    # arithmetic
    ("a + b", "a + b", 9),
    ("a - b - 1", "a - b - 1", 4),
    ("a - (b - 1)", "a - (b - 1)", 6),
    ("a * b", "a * b", 14),
    ("a / b", "a / b", Decimal("3.5")),
    ("a div b", "a / b", Decimal("3.5")),
    ("a % b", "a - b * round down(a / b, 0)", 1),
    ("neg mod b", "neg - b * round down(neg / b, 0)", -1),
    ("-a", "-a", -7),
    ("-(a + b)", "-(a + b)", -9),
    ("(a + b) * 2", "(a + b) * 2", 18),
    ("a + b * 2", "a + b * 2", 11),
    ("'Mrs ' + name", 'string join(["Mrs ", string(name)])', "Mrs Ada"),
    ("name + ' ' + a", 'string join([string(name), " ", string(a)])', "Ada 7"),
    ("'x' + missing", 'string join(["x", string(missing)])', "x"),
    # logic: what is missing counts as false
    ("yes && no", "yes and no", False),
    ("yes and yes", "yes and yes", True),
    ("no || yes", "no or yes", True),
    ("no or no", "no or no", False),
    ("!no", "no != true", True),
    ("not yes", "yes != true", False),
    ("!missing", "missing != true", True),
    ("!(missing > 5)", "(missing > 5) != true", True),
    ("!!yes", "not(yes != true)", True),
    ("a > 1 && b > 1 || no", "a > 1 and b > 1 or no", True),
    ("a > 1 && (b > 5 || yes)", "a > 1 and (b > 5 or yes)", True),
    ("a == 7 && !no", "a = 7 and no != true", True),
    ("!(a == null)", "not(a = null)", True),
    # empty
    ("empty none", EMPTY("none"), True),
    ("empty blank", EMPTY("blank"), True),
    ("empty missing", EMPTY("missing"), True),
    ("empty xs", EMPTY("xs"), False),
    ("not empty xs", f"not({EMPTY('xs')})", True),
    ("!empty name", f"not({EMPTY('name')})", True),
    # choice
    ("yes ? 1 : 2", "if yes then 1 else 2", 1),
    ("missing ? 1 : 2", "if missing then 1 else 2", 2),
    ("no ? 1 : yes ? 2 : 3", "if no then 1 else if yes then 2 else 3", 2),
    ("(yes ? a : b) + 1", "(if yes then a else b) + 1", 8),
    ("a > b ? 'big' : 'small'", 'if a > b then "big" else "small"', "big"),
    ("a?b:i", "if a then b else i", 1),
    # properties and indexes: JUEL counts from 0
    ("order.amount", "order.amount", 120),
    ("order['amount']", "order.amount", 120),
    ("order['ship to']", 'get value(order, "ship to")', "Bonn"),
    ("xs[0]", "xs[1]", "x"),
    ("xs[2]", "xs[3]", "z"),
    ("xs[i]", "if i instance of string then get value(xs, i) else xs[i + 1]", "y"),
    ("where[key]", "if key instance of string then get value(where, key) else where[key + 1]", "Ulm"),
    ("xs[a - 6]", "if (a - 6) instance of string then get value(xs, a - 6) else xs[a - 6 + 1]", "y"),
    ("order.lines[1].sku", "order.lines[2].sku", "B2"),
    ("order.lines[1]['sku']", "order.lines[2].sku", "B2"),
    # the other engine's objects
    ("execution.getVariable('a')", "a", 7),
    ("execution.getVariable('a') > 5", "a > 5", True),
    ("execution.hasVariable('a')", "a != null", True),
    ("execution.hasVariable('missing')", "missing != null", False),
    ("!execution.hasVariable('a')", "not(a != null)", False),
    ("execution.processBusinessKey", "business_key", "case:1"),
    ("execution.getBusinessKey()", "business_key", "case:1"),
    # methods
    ("xs.size()", "count(xs)", 3),
    ("xs.size() > 2", "count(xs) > 2", True),
    ("none.isEmpty()", EMPTY("none"), True),
    ("!none.isEmpty()", f"not({EMPTY('none')})", False),
    (
        "xs.contains('y')",
        'if xs instance of string then contains(xs, "y") else list contains(xs, "y")',
        True,
    ),
    (
        "name.contains('d')",
        'if name instance of string then contains(name, "d") else list contains(name, "d")',
        True,
    ),
    ("'Ada'.contains('d')", 'contains("Ada", "d")', True),
    ("xs.get(0)", "xs[1]", "x"),
    ("where.get('city')", 'get value(where, "city")', "Ulm"),
    ("where.containsKey('city')", 'get value(where, "city") != null', True),
    ("name.equals('Ada')", 'name = "Ada"', True),
    ("name.equalsIgnoreCase('ADA')", 'lower case(name) = lower case("ADA")', True),
    ("name.length()", "string length(name)", 3),
    ("name.startsWith('A')", 'starts with(name, "A")', True),
    ("name.endsWith('A')", 'ends with(name, "A")', False),
    ("name.toLowerCase()", "lower case(name)", "ada"),
    ("name.toUpperCase()", "upper case(name)", "ADA"),
    ("' x '.trim()", 'trim(" x ")', "x"),
    ("name.concat('!')", 'name + "!"', "Ada!"),
    ("name.substring(1)", "substring(name, 2)", "da"),
    ("name.substring(0, 2)", "substring(name, 1, 2 - 0)", "Ad"),
    ("a.toString()", "string(a)", "7"),
    # time
    ("now()", "now()", NOW),
    ("dateTime()", "now()", NOW),
    ("dateTime().plusDays(3)", 'now() + duration("P3D")', datetime(2026, 3, 5, 9, tzinfo=UTC)),
    ("now().plusWeeks(2).toDate()", 'now() + duration("P14D")', datetime(2026, 3, 16, 9, tzinfo=UTC)),
    ("now().minusHours(a)", 'now() - duration("PT" + string(a) + "H")', datetime(2026, 3, 2, 2, tzinfo=UTC)),
    ("now().plusWeeks(b)", 'now() + duration("P" + string(7 * b) + "D")', datetime(2026, 3, 16, 9, tzinfo=UTC)),
    # Flowable's functions on variables
    ("variables:get(a)", "a", 7),
    ("variables:getOrDefault(missing, 5)", "if missing = null then 5 else missing", 5),
    ("variables:exists('a')", "a != null", True),
    ("vars:eq(a, 7)", "a = 7", True),
    ("var:lessThan(a, 7)", "a < 7", False),
    ("variables:isNotEmpty(xs)", f"not({EMPTY('xs')})", True),
]


@pytest.mark.parametrize(("juel", "feel", "value"), TABLE, ids=[row[0] for row in TABLE])
def test_juel_becomes_feel_of_the_same_value(juel, feel, value):
    written = to_feel(juel).text

    assert written == feel
    assert compile_expression(written)({**GIVEN, "business_key": "case:1"}, NOW) == value


@pytest.mark.parametrize("text", [juel for juel, feel, _ in TABLE if juel != feel])
def test_what_became_feel_is_not_translated_again(text):
    written = to_feel(text).text

    assert is_feel(written)
    assert Language(False, {}).feel(written).text == written


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("holidayService.approve(request)", "holidayService.approve()"),
        ("a.b.go()", "a.b.go()"),
        ("order.getAmount()", "order.getAmount()"),
        ("S(json).prop('x').stringValue()", "S()"),
        ("currentUser()", "currentUser()"),
        ("execution.setVariable('a', 1)", "execution.setVariable"),
        ("execution.removeVariable('a')", "execution.removeVariable"),
        ("execution.id", "execution.id"),
        ("execution.getVariable(name)", "getVariable"),
        ("task.assignee", "task.assignee"),
        ("execution", "execution"),
        ("return == 1", "return"),
        ("$x > 1", "$x"),
    ],
)
def test_what_only_another_engine_can_do_is_named(text, part):
    with pytest.raises(Unsayable) as problem:
        to_feel(text)

    assert problem.value.part == part


@pytest.mark.parametrize(
    "text",
    ["", "a ==", "a b", "(a", "a ? b", "f(a", "a[1", "a = 1", "{a: 1}", "a;b", "'open", "1 ++", "(" * 70 + ")" * 70],
)
def test_what_is_no_juel_is_not_read(text):
    with pytest.raises(NotJuel):
        parse(text)


def test_an_expression_of_many_words_is_a_program():
    with pytest.raises(NotJuel):
        parse(" + ".join(["a"] * 200))


@pytest.mark.parametrize("text", ["a == 1", "a[0]", "empty xs", "x ? 1 : 2", "xs.size() > 1", "!a", "b.go()", "'x'"])
def test_a_text_that_only_juel_can_mean_is_recognised(text):
    assert is_juel(text) and not is_feel(text)


@pytest.mark.parametrize(
    "text", ["a = 1", "a[1]", "{a: 1}", "if a then 1 else 2", "count(xs) > 1", "a > 1 and b", "x.y"]
)
def test_a_text_that_is_feel_is_left_alone(text):
    assert is_feel(text) and not is_juel(text)
    assert Language(False, {}).feel(text).text == text


def test_an_index_means_what_the_language_of_the_file_says():
    assert Language(True, {}).whole("${xs[1]}") == "${xs[2]}"
    assert Language(False, {}).whole("${xs[1]}") == "${xs[1]}"


@pytest.mark.parametrize("text", ["${count(xs) > 2}", "${{a: 1}}", "${a + 1}", "no expression", "${ a!=b }", "= a"])
def test_in_a_file_of_juel_what_needs_no_change_keeps_its_letters(text):
    assert Language(True, {}).whole(text) == text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Hello ${name}!", '${string join(["Hello ", string(name), "!"])}'),
        ("${a}-#{b}", '${string join([string(a), "-", string(b)])}'),
        ("${name == 'x}' ? 1 : 2}", '${if name = "x}" then 1 else 2}'),
        ("costs ${ {a: 1}.a }", '${string join(["costs ", string({a: 1}.a)])}'),
    ],
)
def test_text_around_expressions_is_joined_to_them(text, whole):
    assert Language(False, {}).whole(text) == whole


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("kermit, gonzo", "kermit, gonzo"),
        ("${boss}", "${boss}"),
        ("kermit, ${boss}", '${flatten(["kermit", boss])}'),
        ("${a},${b == 1 ? 'x' : 'y'}", '${flatten([a, if b = 1 then "x" else "y"])}'),
        ("team-${a}, x", '${flatten([string join(["team-", string(a)]), "x"])}'),
    ],
)
def test_names_between_commas_become_one_list(text, listed):
    assert Language(False, {}).listed(text) == listed


def test_pieces_are_cut_at_the_braces_that_belong_together():
    assert pieces("a ${b} c #{ {x: '}'} } d") == [
        (False, "a "),
        (True, "b"),
        (False, " c "),
        (True, "{x: '}'}"),
        (False, " d"),
    ]
    assert pieces("open ${b") == [(False, "open ${b")]


def spoken(*conditions, more=""):
    """The expressions of a drawing as they are read."""
    tasks = "".join(f'<task id="t{n}" camunda:assignee="{text}"/>' for n, text in enumerate(conditions))
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        f' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="urn:t" {more}>'
        f'<process id="p" isExecutable="true">{tasks}</process></definitions>'
    )
    found = read(xml.encode(), "p.bpmn").root.iter("{*}task")
    return [task.get("{http://camunda.org/schema/1.0/bpmn}assignee") for task in found]


@pytest.mark.parametrize(
    ("conditions", "more", "read_as"),
    [
        (["${xs[1]}"], "", ["${xs[1]}"]),
        (["${xs[1]}", "${a == 1}"], "", ["${xs[2]}", "${a = 1}"]),
        (["${xs[1]}", "${a == 1}", "${a = 1}"], "", ["${xs[1]}", "${a = 1}", "${a = 1}"]),
        (["${xs[1]}", "${a == 1}"], 'exporter="Salesflow"', ["${xs[1]}", "${a = 1}"]),
        (["${xs[1]}"], 'expressionLanguage="http://camunda.org/juel"', ["${xs[2]}"]),
        (["${xs[1]}", "${a == 1}"], 'expressionLanguage="http://www.omg.org/spec/FEEL"', ["${xs[1]}", "${a = 1}"]),
        (["${xs[1]}"], 'expressionLanguage="http://www.w3.org/1999/XPath"', ["${xs[1]}"]),
        (["${xs[1]}"], 'xmlns:f="http://flowable.org/bpmn" f:category="x"', ["${xs[1]}"]),
    ],
)
def test_the_language_is_one_for_the_whole_file(conditions, more, read_as):
    assert spoken(*conditions, more=more) == read_as
