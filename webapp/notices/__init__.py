"""A person's notices: what changed that he or she should know."""

from webapp.notices.views import blueprint

__all__ = ["blueprint"]
