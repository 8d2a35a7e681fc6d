"""Process instances: where one stands, what happened, why it was decided so, and ending it."""

from webapp.instances.views import blueprint

__all__ = ["blueprint"]
