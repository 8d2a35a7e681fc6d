"""Plain pages for every kind of record, made from its description: list, view, history, and changes by permission."""

from webapp.record_pages import changes, documents, telling, thresholds, users
from webapp.record_pages.views import blueprint

__all__ = ["blueprint", "changes", "documents", "telling", "thresholds", "users"]
