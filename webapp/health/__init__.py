"""Whether the server lives and is ready, and where browsers report broken content policy."""

from webapp.health.views import blueprint

__all__ = ["blueprint"]
