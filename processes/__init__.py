"""The processes as data: drawings, decision tables, forms, and the registry of all of them.

`load()` reads the registry (catalogue.yaml), `files()` gives what is deployed.
"""

from processes.catalogue import Anomaly, Catalogue, CatalogueError, Documented, Process, load
from processes.folder import FOLDERS, files

__all__ = [
    "FOLDERS",
    "Anomaly",
    "Catalogue",
    "CatalogueError",
    "Documented",
    "Process",
    "files",
    "load",
]
