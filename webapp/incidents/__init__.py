"""What cannot go on without a person, and the work of the engine itself: for operations and administrators."""

from webapp.incidents.views import blueprint

__all__ = ["blueprint"]
