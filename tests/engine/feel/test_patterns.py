"""Regular expressions as XPath has them, not as Python does."""

import pytest

from engine.feel import compile_expression

MATCHES = [
    ("foobar", "^fo*b", "", True),
    ("foobar", "^Fo*bar", "i", True),
    ("foo\nbar", "foo.bar", "", False),
    ("foo\rbar", "foo.bar", "", False),
    ("foo\nbar", "foo.bar", "s", True),
    ("foo\nbar", "^bar$", "", False),
    ("foo\nbar", "^bar$", "m", True),
    ("abc\n", "c$", "", False),
    ("helloworld", "hello world", "x", True),
    ("helloworld", "hello[ ]world", "x", False),
    ("hello world", "hello\\ sworld", "x", True),
    ("hello#world", "hello#world", "x", True),
    ("hello world", "\\p{ IsBasicLatin }+", "x", True),
    ("a", "\\p{IsBasicLatin}", "", True),
    ("a.b", "a.b", "q", True),
    ("axb", "a.b", "q", False),
    ("A.b", "a.B", "qi", True),
    ("ß", "ss", "i", False),
    ("\u212a", "k", "i", True),
    ("É", "é", "i", True),
    ("m", "\\p{Lu}", "i", False),
    ("m", "[\\p{Lu}]", "i", False),
    ("m", "\\P{Lu}", "i", True),
    ("Q", "[^q]", "i", False),
    ("i", "[A-Z-[OI]]", "i", False),
    ("k", "[A-Z-[OI]]", "i", True),
    ("b", "[a-d-[b-c]]", "", False),
    ("abab", "^(ab)\\1$", "", True),
    ("ac", "^(a)?(b)?c\\2$", "", True),
    ("c", "^(b)?c\\1$", "", True),
    ("a-b", "^[a\\-b]{3}$", "", True),
    ("-", "[a-]", "", True),
    ("b", "[a&&b]", "", True),
    ("_", "\\w", "", False),
    ("٣", "\\d", "", True),
    ("\u00a0", "\\s", "", False),
    (" ", "[^\\S]", "", True),
    ("a", "^[\\i-[b]]$", "", True),
    ("anything", "", "", True),
]


@pytest.mark.parametrize(("text", "pattern", "flags", "expected"), MATCHES)
def test_a_text_matches_or_not(text, pattern, flags, expected):
    variables = {"text": text, "pattern": pattern, "flags": flags}

    assert compile_expression("matches(text, pattern, flags)")(variables) is expected


@pytest.mark.parametrize(
    ("pattern", "flags", "words"),
    [
        ("(", "", "'(' is not closed"),
        (")", "", "')' was never opened"),
        ("[", "", "not closed"),
        ("[]", "", "empty"),
        ("[^]", "", "empty"),
        ("[[]", "", "needs a backslash"),
        ("[b-a]", "", "runs backwards"),
        ("[a-[b]c]", "", "ends after what is subtracted"),
        ("]", "", "needs a backslash"),
        ("}", "", "needs a backslash"),
        ("a{", "", "nothing to repeat"),
        ("a{2,1}", "", "cannot be understood"),
        ("*", "", "nothing to repeat"),
        ("a**", "", "nothing to repeat"),
        ("a++", "", "nothing to repeat"),
        ("(?i)a", "", "only followed by ':'"),
        ("a(?=b)", "", "only followed by ':'"),
        ("\\bword", "", "'\\b' means nothing"),
        ("\\", "", "means nothing"),
        ("[\\1]", "", "means nothing within brackets"),
        ("(.)\\2", "", "before the end of the bracket"),
        ("(a\\1)", "", "before the end of the bracket"),
        ("\\p{Nope}", "", "no category 'Nope'"),
        ("\\p{IsNope}", "", "cannot be understood"),
        ("\\pL", "", "category in braces"),
        ("a", "z", "only the flags"),
        ("a", " ", "only the flags"),
    ],
)
def test_what_xpath_does_not_have_is_null_and_named(pattern, flags, words):
    explained = compile_expression("matches(text, pattern, flags)").explain(
        {"text": "a", "pattern": pattern, "flags": flags}
    )

    assert explained.value is None
    assert words in explained.problems[0]


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "flags", "expected"),
    [
        ("abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra"),
        ("AAAA", "A+?", "b", "", "bbbb"),
        ("abcdefghijklmno", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)", "$15", "", "o"),
        ("ab", "(a)(b)", "$12", "", "a2"),
        ("ab", "(a)(b)", "$3$999", "", "99"),
        ("abc", "b", "$0$0", "", "abbc"),
        ("abc", "b", "\\$", "", "a$c"),
        ("a.b", ".", "$1", "q", "a$1b"),
        ("abc", "b", "$", "", None),
        ("abc", "b", "\\", "", None),
        ("abc", "x*", "-", "", None),
    ],
)
def test_a_replacement_names_groups_by_number(text, pattern, replacement, flags, expected):
    variables = {"text": text, "pattern": pattern, "by": replacement, "flags": flags}

    assert compile_expression("replace(text, pattern, by, flags)")(variables) == expected
