"""FEEL, the expression language of DMN: compiled to closures, three-valued, within budgets.

Usable alone: nothing else of this project is imported here.
"""

from engine.feel import literals
from engine.feel.expression import (
    Explained,
    Expression,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    mentioned,
    spelled,
)
from engine.feel.literals import add_duration, parse_date, parse_date_and_time, parse_duration, wrap
from engine.feel.problems import BudgetExceeded, FeelSyntaxError, Reason
from engine.feel.values import Function, Range, YearsMonths

__all__ = [
    "BudgetExceeded",
    "Explained",
    "Expression",
    "FeelSyntaxError",
    "Function",
    "Range",
    "Reason",
    "UnaryTests",
    "YearsMonths",
    "add_duration",
    "compile_expression",
    "compile_unary_tests",
    "literals",
    "mentioned",
    "parse_date",
    "parse_date_and_time",
    "parse_duration",
    "spelled",
    "wrap",
]
