"""What the rules behind findings ask, and how to mend what they tell: the pages of docs/rules, in the app."""

from webapp.rules.views import blueprint

__all__ = ["blueprint"]
