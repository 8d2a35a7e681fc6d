"""Serving the web app: one process with threads, which also hosts the runner of jobs."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

import bootstrap
from engine import watchdog, worker
from webapp import create_app, translate

THREADS = 16


def is_free(host: str, port: int) -> bool:
    """Whether an address can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with one worker process of many threads; the worker starts the runner once it has forked."""

    def __init__(self, settings: bootstrap.Settings, address: str, ready: Callable[[str], None]) -> None:
        """`ready` is told the address once it listens: with port 0 in `address` a free one was chosen."""
        self._settings, self._address, self._ready = settings, address, ready
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
            "when_ready": self._listens,
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

    def _listens(self, arbiter: Any) -> None:
        host, port = arbiter.LISTENERS[0].getsockname()[:2]
        self._ready(f"http://{host}:{port}")

    def _wake(self) -> None:
        if self._runner is not None:
            self._runner.wake()

    def _stop(self, _server: object, _worker: object) -> None:
        if self._runner is not None:
            self._runner.stop()
