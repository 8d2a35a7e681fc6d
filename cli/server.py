"""Serving the web app: one process with threads, which also hosts the runner of jobs."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication

import bootstrap
from engine import watchdog, worker
from webapp import create_app, translate

THREADS = 16


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with one worker process of many threads; the worker starts the runner once it has forked."""

    def __init__(self, settings: bootstrap.Settings, address: str) -> None:
        self._settings, self._address = settings, address
        self._runner: worker.Runner | None = None
        super().__init__()

    def load_config(self) -> None:
        """Tells gunicorn how to serve."""
        chosen: dict[str, Any] = {
            "bind": self._address,
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 15,
            "accesslog": None,
            "loglevel": "warning",
            "worker_exit": self._stop,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Builds the app inside the worker process and starts its runner."""
        application = bootstrap.build(self._settings, wake=self._wake, translate=translate)
        self._runner = worker.Runner(application.engine)
        self._runner.start()
        watchdog.watch()
        return create_app(application)

    def _wake(self) -> None:
        if self._runner is not None:
            self._runner.wake()

    def _stop(self, _server: object, _worker: object) -> None:
        if self._runner is not None:
            self._runner.stop()
