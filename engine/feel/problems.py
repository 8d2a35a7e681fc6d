"""What can go wrong in FEEL: text that does not parse, work that is too much, and the reasons of nulls."""

from collections.abc import Mapping
from types import MappingProxyType


class Reason(str):
    """What was wrong: an English sentence that remembers its template, so that a page can translate it."""

    __slots__ = ("params", "template")
    template: str
    params: Mapping[str, object]

    def __new__(cls, template: str, params: Mapping[str, object] = MappingProxyType({})) -> "Reason":
        """Fill ``template`` (``%(name)s`` places) with ``params``, which may be reasons too."""
        reason = super().__new__(cls, template % params if params else template)
        reason.template = template
        reason.params = dict(params)
        return reason


class FeelSyntaxError(ValueError):
    """The text is not FEEL; says where (``position``, counted from 0) and what was met there.

    ``reason`` is a sentence without its full stop; ``placed`` is the same with line and column after it.
    """

    def __init__(self, text: str, position: int, template: str, **params: object) -> None:
        self.text = text
        self.position = position
        self.reason = Reason(template, params)
        self.placed = Reason("%(reason)s (%(place)s)", {"reason": self.reason, "place": self._place()})
        super().__init__(str(self.placed))

    @property
    def line(self) -> int:
        """Line of the position within the text, from 1."""
        return self.text.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        """Column of the position within its line, from 1."""
        return self.position - (self.text.rfind("\n", 0, self.position) + 1) + 1

    def _place(self) -> Reason:
        if "\n" not in self.text:
            return Reason("column %(column)s", {"column": self.column})
        return Reason("line %(line)s, column %(column)s", {"line": self.line, "column": self.column})


class BudgetExceeded(RuntimeError):
    """The expression asked for more steps, depth or memory than one evaluation may use.

    ``reason`` is a sentence without its full stop.
    """

    def __init__(self, template: str, **params: object) -> None:
        self.reason = Reason(template, params)
        super().__init__(f"{self.reason}.")
