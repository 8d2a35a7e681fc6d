"""Patterns as XPath has them (Functions and Operators 3.1, 5.6), in the words of the regular-expression library."""

import regex

from engine.feel.problems import Reason

_CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)
_CASED = frozenset({"Lu", "Ll", "Lt"})
_BLANKS = " \t\n\r"
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{sign: sign for sign in "\\|.?*+(){}-[]^$"}}
_NAMED = {
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
    "i": r"[\p{L}\p{Nl}_:]",
    "I": r"[^\p{L}\p{Nl}_:]",
    "c": r"[-.\p{L}\p{N}\p{M}_:\u00b7]",
    "C": r"[^-.\p{L}\p{N}\p{M}_:\u00b7]",
}
_QUANTIFIER = regex.compile(r"(?:[*+?]|\{[0-9]{1,9}(?:,[0-9]{0,9})?\})\??")
_PROPERTY = regex.compile(r"\{([A-Za-z0-9-]+)\}")


class PatternError(ValueError):
    """The text is no pattern; ``reason`` says what was met where, without its full stop."""

    def __init__(self, template: str, **params: object) -> None:
        self.reason = Reason(template, params)
        super().__init__(str(self.reason))


def translate(text: str, flags: str) -> str:
    """The pattern for the library, its flags i, s, m and x already meant; raises PatternError."""
    return _Translation(_without_blanks(text) if "x" in flags else text, flags).whole()


def _without_blanks(text: str) -> str:
    """The pattern without blanks, except for those within brackets."""
    kept, depth, escaped = [], 0, False
    for sign in text:
        if sign in _BLANKS and not depth:
            continue
        if not escaped:
            depth += (sign == "[") - (sign == "]" and depth > 0)
        escaped = sign == "\\" and not escaped
        kept.append(sign)
    return "".join(kept)


class _Translation:
    """One walk through a pattern."""

    def __init__(self, text: str, flags: str) -> None:
        self._text = text
        self._place = 0
        self._folds = "i" in flags
        self._dot = r"[\s\S]" if "s" in flags else r"[^\n\r]"
        lines = "m" in flags
        self._start = r"(?:\A|(?<=\n)(?!\Z))" if lines else r"(?:\A)"
        self._end = r"(?:(?=\n)|\Z)" if lines else r"(?:\Z)"
        self._groups = 0
        self._open: list[int] = []
        self._closed: set[int] = set()

    def whole(self) -> str:
        """All of it."""
        parts: list[str] = []
        repeatable = False
        while sign := self._peek():
            if sign in "*+?{":
                parts.append(self._quantifier(repeatable))
                repeatable = False
            elif sign in "(|":
                parts.append(self._group() if sign == "(" else self._take())
                repeatable = False
            else:
                parts.append(self._atom(sign))
                repeatable = True
        if self._open:
            raise PatternError("a bracket '(' is not closed")
        return "".join(parts)

    def _peek(self, offset: int = 0) -> str:
        return self._text[self._place + offset : self._place + offset + 1]

    def _take(self, count: int = 1) -> str:
        taken = self._text[self._place : self._place + count]
        self._place += count
        return taken

    def _quantifier(self, repeatable: bool) -> str:
        found = _QUANTIFIER.match(self._text, self._place)
        if found is None or not repeatable:
            raise PatternError("'%(sign)s' has nothing to repeat, or needs a backslash before it", sign=self._peek())
        return self._take(len(found[0]))

    def _group(self) -> str:
        if self._text.startswith("(?", self._place):
            if not self._text.startswith("(?:", self._place):
                raise PatternError("'(?' is only followed by ':'")
            self._open.append(0)
            return self._take(3)
        self._groups += 1
        self._open.append(self._groups)
        return self._take()

    def _atom(self, sign: str) -> str:
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escape()
        self._take()
        if sign == ")":
            if not self._open:
                raise PatternError("a bracket ')' was never opened")
            self._closed.add(self._open.pop())
            return sign
        if sign in "]}":
            raise PatternError("'%(sign)s' needs a backslash before it", sign=sign)
        anchors = {".": self._dot, "^": self._start, "$": self._end}
        return anchors.get(sign) or regex.escape(sign)

    def _escape(self) -> str:
        self._take()
        sign = self._take()
        if sign in _SINGLE:
            return regex.escape(_SINGLE[sign])
        if sign in _NAMED:
            return _NAMED[sign]
        if sign in ("p", "P"):
            found, cased = self._property(sign)
            return f"(?-i:{found})" if cased and self._folds else found
        if sign.isdigit() and sign != "0":
            return self._back(sign)
        raise PatternError("'\\%(sign)s' means nothing", sign=sign)

    def _back(self, digits: str) -> str:
        while self._peek().isdigit() and int(digits + self._peek()) <= self._groups:
            digits += self._take()
        if int(digits) not in self._closed:
            raise PatternError("'\\%(number)s' stands before the end of the bracket that it repeats", number=digits)
        return f"(?({digits})\\{digits}|)"

    def _property(self, sign: str) -> tuple[str, bool]:
        """A property of characters, and whether it goes by upper and lower case."""
        found = _PROPERTY.match(self._text, self._place)
        if found is None:
            raise PatternError("'\\%(sign)s' is not followed by a category in braces", sign=sign)
        self._take(len(found[0]))
        name = found[1]
        if name in _CATEGORIES:
            return f"\\{sign}{{{name}}}", name in _CASED
        if not name.startswith("Is"):
            raise PatternError("there is no category '%(name)s'", name=name)
        return f"\\{sign}{{In{name[2:]}}}", False

    def _class(self) -> str:
        """A class of characters in brackets, with what is subtracted from it."""
        self._take()
        negated = self._peek() == "^" and bool(self._take())
        items: list[str] = []
        fixed: list[str] = []
        without = ""
        while (sign := self._peek()) != "]" or not (items or fixed):
            if sign in ("", "]", "["):
                raise PatternError("a class in brackets is empty or not closed, or '[' needs a backslash before it")
            if sign == "-" and self._peek(1) == "[" and (items or fixed):
                self._take()
                without = self._class()
                if self._peek() != "]":
                    raise PatternError("a class in brackets ends after what is subtracted from it")
                break
            found, cased = self._member()
            (fixed if cased and self._folds else items).append(found)
        self._take()
        return self._joined(items, fixed, negated, without)

    def _joined(self, items: list[str], fixed: list[str], negated: bool, without: str) -> str:
        parts = [f"[{''.join(items)}]"] if items else []
        parts += [f"(?-i:[{''.join(fixed)}])"] if fixed else []
        found = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
        if negated:
            found = f"(?!{found})[\\s\\S]"
        return f"(?:(?!{without}){found})" if without else f"(?:{found})" if negated else found

    def _member(self) -> tuple[str, bool]:
        """One character, range or class in brackets, and whether it goes by upper and lower case."""
        if self._peek() == "\\":
            following = self._peek(1)
            if following in ("p", "P"):
                self._take(2)
                return self._property(following)
            if following in _NAMED:
                self._take(2)
                return _NAMED[following], False
        first = self._single()
        if self._peek() != "-" or self._peek(1) in ("]", "[", ""):
            return regex.escape(first, special_only=False), False
        self._take()
        last = self._single()
        if last < first:
            raise PatternError("the range '%(first)s-%(last)s' runs backwards", first=first, last=last)
        return f"{regex.escape(first, special_only=False)}-{regex.escape(last, special_only=False)}", False

    def _single(self) -> str:
        sign = self._take()
        if sign != "\\":
            return sign
        sign = self._take()
        if sign not in _SINGLE:
            raise PatternError("'\\%(sign)s' means nothing within brackets", sign=sign)
        return _SINGLE[sign]
