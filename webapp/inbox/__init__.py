"""Tasks: the list of what a person can do, and the page on which it is done."""

from webapp.inbox.views import blueprint

__all__ = ["blueprint"]
