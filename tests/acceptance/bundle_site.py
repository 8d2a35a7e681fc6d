"""A bare site that serves each browser bundle the way the pages do, under the strict content policy."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from werkzeug.serving import make_server

from webapp import assets
from webapp.security import BASE_POLICY

DIST = Path(__file__).resolve().parents[2] / "webapp" / "static" / "dist"
HERE = Path(__file__).resolve().parent
DOCUMENTS = {"modeler": "bpmn", "decisions": "dmn", "form_editor": "form"}

EDITOR = """<div id="toolbar"><button id="save">Save</button> <button id="submit">Submit</button></div>
<p id="status" role="status"></p>
<div id="editor" data-xml-url="/document/{page}" data-save-url="/save" data-submit-url="/submit"
 data-lint-url="/lint" data-readonly="{readonly}" data-language="{language}" data-version="1"
 data-text-saved="Kept." data-text-no-findings="All is well."></div>
<aside id="findings"></aside>"""
INBOX = (HERE / "test_bundles.inbox.html").read_text()
FRAME = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{page}</title>
<meta name="csrf-token" content="token-7"><meta name="csp-nonce" nonce="{nonce}">{head}</head>
<body><main>{body}</main></body></html>"""


@dataclass
class Site:
    """The running site: its address, what it was sent, and what it answers."""

    address: str = ""
    sent: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    findings: list[dict[str, object]] = field(default_factory=list)
    save_status: int = 200
    answers: dict[str, object] = field(default_factory=dict)
    page_version: int = 1

    def bodies(self, path: str) -> list[str]:
        """The bodies posted to one path, in order."""
        return [body for sent_path, body, _ in self.sent if sent_path == path]

    def headers(self, path: str) -> list[dict[str, str]]:
        """The headers of the requests to one path, in order."""
        return [headers for sent_path, _, headers in self.sent if sent_path == path]


def manifest() -> dict[str, dict[str, object]]:
    """What the build left; fails with a sentence where nothing was built."""
    path = DIST / "manifest.json"
    assert path.is_file(), "The bundles are not built: 'make test' builds them."
    return json.loads(path.read_text())


def policy(page: str, nonce: str) -> str:
    """The content policy that the web app gives this page."""
    directives = {name: value.format(nonce=nonce) for name, value in BASE_POLICY.items()}
    return "; ".join(f"{name} {value}" for name, value in (directives | assets.policy(page, nonce)).items())


def create_site(site: Site) -> Flask:
    """The Flask application behind the site."""
    app = Flask("bundles", static_folder=None)
    built = manifest()
    assets.install(app)

    @app.get("/dist/<path:name>")
    def dist(name: str) -> Response:
        return send_from_directory(DIST, name)

    @app.get("/favicon.ico")
    def icon() -> Response:
        return Response(status=204)

    @app.get("/page/<page>")
    def show(page: str) -> Response:
        nonce = secrets.token_urlsafe(16)
        language = request.args.get("language", "en")
        template = EDITOR if page in DOCUMENTS else INBOX
        body = template.replace("{page}", page).replace("{language}", language)
        body = body.replace("{readonly}", request.args.get("readonly", "false"))
        bundles = ["app"] if page == "app" else ["app", page]
        head = "".join(tags(built[name]) for name in bundles)
        text = FRAME.format(language=language, page=page, nonce=nonce, head=head, body=body)
        return Response(text, headers={"Content-Security-Policy": policy(page, nonce)})

    @app.get("/document/<page>")
    def document(page: str) -> Response:
        return Response((HERE / f"test_bundles.{DOCUMENTS[page]}").read_bytes(), mimetype="application/xml")

    @app.get("/poll")
    def poll() -> Response:
        site.sent.append(("/poll", "", dict(request.headers)))
        response = Response(f"<p id=polled>version {site.page_version}</p>")
        response.set_etag(str(site.page_version))
        return response.make_conditional(request)

    @app.post("/<path:path>")
    def post(path: str) -> tuple[Response, int]:
        site.sent.append((f"/{path}", request.get_data(as_text=True), dict(request.headers)))
        if path.startswith("claim"):
            # No new page: a key's release that meets a page change is never answered by the browser.
            return Response(), 204
        if path == "lint":
            return app.json.response(site.findings), 200
        return app.json.response(site.answers), site.save_status

    return app


def tags(entry: dict[str, object]) -> str:
    """The head tags of one bundle."""
    style = f'<link rel="stylesheet" href="/dist/{entry["css"]}">' if entry["css"] else ""
    return f'{style}<script type="module" src="/dist/{entry["js"]}"></script>'


@contextmanager
def running() -> Iterator[Site]:
    """The site on a free port of this machine, until the block ends."""
    site = Site()
    server = make_server("127.0.0.1", 0, create_site(site), threaded=True)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
