"""What can go wrong in FEEL: text that does not parse, work that is too much, and the reasons of nulls."""

from collections.abc import Mapping


class Reason(str):
    """Why a value is null: an English sentence that remembers its template, so that a page can translate it."""

    __slots__ = ("params", "template")
    template: str
    params: Mapping[str, object]

    def __new__(cls, template: str, params: Mapping[str, object]) -> "Reason":
        """Fill ``template`` (``%(name)s`` places) with ``params``."""
        reason = super().__new__(cls, template % params if params else template)
        reason.template = template
        reason.params = dict(params)
        return reason


class FeelSyntaxError(ValueError):
    """The text is not FEEL; says where (``position``, counted from 0) and what was met there."""

    def __init__(self, text: str, position: int, template: str, **params: object) -> None:
        self.text = text
        self.position = position
        self.reason = Reason(template, params)
        super().__init__(str(self))

    @property
    def line(self) -> int:
        """Line of the position within the text, from 1."""
        return self.text.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        """Column of the position within its line, from 1."""
        return self.position - (self.text.rfind("\n", 0, self.position) + 1) + 1

    def __str__(self) -> str:
        place = f"column {self.column}" if "\n" not in self.text else f"line {self.line}, column {self.column}"
        return f"{self.reason.removesuffix('.')} ({place})"


class BudgetExceeded(RuntimeError):
    """The expression asked for more steps, depth or memory than one evaluation may use."""

    def __init__(self, template: str, **params: object) -> None:
        self.reason = Reason(template, params)
        super().__init__(str(self.reason))
