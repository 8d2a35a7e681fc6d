"""Logging in and out, and the language of the pages."""

from webapp.auth.views import blueprint

__all__ = ["blueprint"]
