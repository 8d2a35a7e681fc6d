"""What protects every request: tokens, origins, headers, policies, hosts, sizes; and pages for what goes wrong."""

import dataclasses
import logging
import re

import pytest

import bootstrap
from engine import errors
from tests.webapp.routes import address, routes
from tests.webapp.test_permissions import dump
from tests.webapp.world import World
from webapp import WebSettings, assets, create_app
from webapp.failures import ADVICE
from webapp.permissions import public
from webapp.security import policy, same_site_path


def test_no_unsafe_request_passes_without_its_token(world: World) -> None:
    client = world.client("olga.ops").client
    before = dump(world)

    for name, rule in routes(world):
        if name.startswith("POST"):
            assert client.post(address(world, rule, {})).status_code == 400, name
    assert dump(world) == before


@pytest.mark.parametrize(
    "header", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}]
)
def test_no_unsafe_request_of_another_site_passes(world: World, header: dict[str, str]) -> None:
    client = world.client("olga.ops")
    client.headers = {name.replace("_", "-"): value for name, value in header.items()}

    for name, rule in routes(world):
        if name.startswith("POST"):
            assert client.post(address(world, rule, {})).status_code == 403, name


def test_a_request_of_our_own_pages_passes(world: World) -> None:
    client = world.client("lin.wei", Origin="http://localhost", Sec_Fetch_Site="same-origin")

    assert client.post("/notices/read").status_code == 302


def test_every_page_has_the_strict_policy_and_a_fresh_nonce(world: World) -> None:
    visitor = world.visitor()

    first, second = visitor.get("/login"), visitor.get("/login")

    policies = [answer.headers["Content-Security-Policy"] for answer in (first, second)]
    nonces = [re.search(r"'nonce-([^']+)'", text)[1] for text in policies]  # type: ignore[index]
    assert nonces[0] != nonces[1]
    assert policies[0].replace(nonces[0], "N") == (
        "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
        "report-uri /csp"
    )
    assert f'nonce="{nonces[0]}"' in first.text
    assert "style=" not in first.text


def test_an_editors_page_gets_what_its_bundle_was_built_with_and_no_other_page_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = {"style_nonce": True, "style_attribute_hashes": ["sha256-abc"], "data_images": True}
    monkeypatch.setitem(world.app.extensions["salesflow-assets"], "modeler", {"csp": needs})
    world.app._got_first_request = False
    world.app.add_url_rule("/draw", view_func=public(policy("modeler")(lambda: "drawing")), endpoint="draw")

    relaxed = world.visitor().get("/draw").headers["Content-Security-Policy"]

    assert "style-src-attr 'unsafe-hashes' 'sha256-abc'" in relaxed
    assert "img-src 'self' data:" in relaxed
    assert re.search(r"style-src 'self' 'nonce-", relaxed)
    assert "unsafe-eval" not in relaxed
    assert "unsafe-inline" not in relaxed
    assert "style-src-attr" not in world.visitor().get("/login").headers["Content-Security-Policy"]


def test_personal_pages_are_kept_by_nobody(world: World) -> None:
    client = world.client("lin.wei")

    page = client.get("/inbox")

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" not in client.get("/static/app.css").headers["Cache-Control"]


def rebuilt(world: World, **settings: object) -> World:
    """The same company behind another configuration of the web app."""
    world.app = create_app(world.application, WebSettings(**settings))  # type: ignore[arg-type]
    return world


def test_over_https_cookies_are_bound_to_the_host_and_browsers_are_told_to_stay(world: World) -> None:
    answer = rebuilt(world, secure_cookies=True, requests_per_minute=0).visitor().get("/login")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-salesflow=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_another_hosts_name_is_refused(world: World) -> None:
    visitor = rebuilt(world, hosts=("sales.example",), requests_per_minute=0).app.test_client()

    assert visitor.get("/login", base_url="http://sales.example").status_code == 200
    assert visitor.get("/login", base_url="http://evil.example").status_code == 400


def test_somebody_who_sends_far_too_much_is_slowed_down(world: World) -> None:
    visitor = rebuilt(world, requests_per_minute=3).visitor()

    answers = [visitor.get("/login") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Wait a minute" in answers[-1].text


def test_a_request_that_is_too_large_is_refused_in_words(world: World) -> None:
    visitor = rebuilt(world, upload_bytes=3_000_000, requests_per_minute=0).visitor()

    answer = visitor.post("/login", login="x" * 4_000_000)

    assert answer.status_code == 413
    assert "larger than this server accepts (2 MB)" in answer.text


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil", "javascript:x", "/a\nb", "", None, "evil"]
)
def test_only_paths_of_this_site_are_followed(address: str | None) -> None:
    assert same_site_path(address) is None


def test_a_path_of_this_site_is_followed() -> None:
    assert same_site_path("/tasks/1?a=b") == "/tasks/1?a=b"


FAILURES = [
    (errors.NotFound("Expected a task %(id)s, but there is none.", id=7), 404, "Expected a task 7"),
    (errors.NotAllowed("Expected x."), 403, "Expected x."),
    (errors.Conflict("Expected y."), 409, "Expected y."),
    (errors.Busy("Expected z."), 503, "Expected z."),
    (errors.Unconfirmed("Made, but."), 503, "Made, but."),
    (errors.InvalidForm({"a": errors.Sentence("b")}), 422, "need another look"),
    (ZeroDivisionError("secret"), 500, "Nothing was changed"),
]


@pytest.mark.parametrize(("failure", "status", "sentence"), FAILURES, ids=[type(each[0]).__name__ for each in FAILURES])
def test_what_goes_wrong_is_a_page_with_a_sentence(
    world: World, failure: Exception, status: int, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise failure

    world.app.testing = False
    world.app.add_url_rule("/fail", view_func=public(fail), endpoint="fail")
    with caplog.at_level(logging.CRITICAL):
        answer = world.visitor().get("/fail")
        as_json = world.visitor().get("/fail", Accept="application/json")

    assert answer.status_code == as_json.status_code == status
    assert sentence in answer.text
    assert sentence in as_json.json["message"]  # type: ignore[index]
    assert (status in ADVICE) == any(str(advice) in answer.text for advice in ADVICE.values())
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text
    assert (status == 503) == ("Retry-After" in answer.headers)


def test_a_failure_on_our_side_is_logged_under_the_number_that_the_page_shows(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise ZeroDivisionError("the cause")

    world.app.testing = False
    world.app.add_url_rule("/fail", view_func=public(fail), endpoint="fail")
    answer = world.visitor().get("/fail")

    number = re.search(r'class="code">(\w{8})<', answer.text)[1]  # type: ignore[index]
    assert number in caplog.text
    assert "the cause" in caplog.text


@pytest.mark.parametrize("path", ["/nowhere", "/tasks/none", "/../etc/passwd", "/static/../app.py"])
def test_an_unknown_address_is_a_page_too(world: World, path: str) -> None:
    answer = world.client("lin.wei").get(path)

    assert answer.status_code == 404
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("came_from", "offered"),
    [
        ("http://localhost/records/account?x=1", 'href="/records/account"'),
        ("http://evil.example/records", ""),
        ("http://localhost/nowhere", ""),
        ("", ""),
    ],
)
def test_a_failure_leads_back_to_the_page_of_this_site_that_one_came_from(
    world: World, came_from: str, offered: str
) -> None:
    html = world.client("lin.wei").get("/nowhere", Referer=came_from).text

    assert ("Go back</a>" in html) == bool(offered) and offered in html


def test_pages_work_where_nothing_was_built(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(world.app.extensions, "salesflow-assets", {})

    page = world.visitor().get("/login")

    assert page.status_code == 200
    assert "<script" not in page.text


def test_a_manifest_gives_the_addresses_of_a_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(world.app.extensions, "salesflow-assets", {"app": {"js": "app-1.js", "css": None}})

    with world.app.test_request_context():
        assert assets.asset("app") == assets.Asset(js="/static/dist/app-1.js", css="")


def test_a_weak_key_stops_the_start(world: World) -> None:
    weak = dataclasses.replace(world.application.settings, secret_key="short")

    with pytest.raises(SystemExit, match="SALESFLOW_SECRET_KEY"):
        create_app(dataclasses.replace(world.application, settings=weak), WebSettings())


@pytest.mark.parametrize(
    "values",
    [{"SALESFLOW_PROXIES": "many"}, {"SALESFLOW_SECURE_COOKIES": "maybe"}, {"SALESFLOW_REQUESTS_PER_MINUTE": "-1"}],
)
def test_a_wrong_setting_stops_the_start_with_its_name(values: dict[str, str]) -> None:
    with pytest.raises(SystemExit, match=next(iter(values))):
        WebSettings.from_environment(production=True, environ=values)


def test_production_asks_for_secure_cookies_by_itself() -> None:
    assert WebSettings.from_environment(production=True, environ={}).secure_cookies
    assert not WebSettings.from_environment(production=False, environ={}).secure_cookies
    assert bootstrap.Settings.__dataclass_fields__["environment"].default == "development"
