"""Importing the exports of other systems: choose a file, match its columns, look at a trial run, import."""

from webapp.imports.views import blueprint

__all__ = ["blueprint"]
