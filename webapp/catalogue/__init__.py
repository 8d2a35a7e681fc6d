"""The processes: how they nest, how each is drawn, what its steps and tables are, its versions."""

from webapp.catalogue.views import blueprint

__all__ = ["blueprint"]
