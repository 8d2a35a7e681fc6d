"""A person's own page: where they are logged in, how pages look, who stands in for them."""

from webapp.account.views import blueprint

__all__ = ["blueprint"]
