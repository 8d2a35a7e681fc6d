"""The web app: turns requests into calls of engine and crm, and answers into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from webapp import (
    account,
    assets,
    auth,
    catalogue,
    configuration,
    failures,
    files,
    health,
    imports,
    inbox,
    incidents,
    instances,
    languages,
    layout,
    limits,
    modeler,
    notices,
    permissions,
    record_pages,
    records,
    rules,
    schedules,
    security,
    sessions,
    timers,
)
from webapp.configuration import WebSettings
from webapp.current import EXTENSION
from webapp.languages import translate

if TYPE_CHECKING:
    from bootstrap import Application

__all__ = ["WebSettings", "create_app", "translate"]

SLICES = (
    auth,
    inbox,
    notices,
    account,
    instances,
    records,
    record_pages,
    catalogue,
    incidents,
    modeler,
    rules,
    health,
    imports,
    timers,
    schedules,
    files,
)


def create_app(application: Application, web: WebSettings | None = None) -> Flask:
    """The Flask app around a wired application.

    Raises SystemExit with a sentence for a wrong setting, RuntimeError for a route without a permission.
    """
    app = Flask("webapp")
    settings = application.settings
    web = web or WebSettings.from_environment(settings.environment == "production")
    app.extensions[EXTENSION] = application
    configuration.configure(app, settings.secret_key, web)
    sessions.install(app)
    security.install(app, web)
    permissions.install(app)
    limits.install(app, web)
    for part in (languages, assets, failures, layout):
        part.install(app)
    for each in SLICES:
        app.register_blueprint(each.blueprint)
    permissions.refuse_silent_routes(app)
    return app
