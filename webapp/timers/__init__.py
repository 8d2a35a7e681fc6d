"""How long things wait: the times that operations set in place of drawn ones."""

from webapp.timers.views import blueprint

__all__ = ["blueprint"]
