"""What every caller may rely on: health, the schema, its pages, and one shape of errors."""

import httpx
import pytest

from tests.flows.client import Person
from tests.flows.client.shapes import ErrorBody, checked
from tests.live.site import LiveSite


async def test_the_process_says_that_it_lives(live_site: LiveSite) -> None:
    async with httpx.AsyncClient(base_url=live_site.base_url) as http:
        answer = await http.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_a_whole_site_is_ready_in_every_part(live_site: LiveSite) -> None:
    async with httpx.AsyncClient(base_url=live_site.base_url, timeout=20) as http:
        answer = await http.get("/readyz")
    assert answer.status_code == 200, answer.text
    assert {"database", "redis", "broker", "workers", "model"} <= set(answer.json())


@pytest.mark.parametrize("path", ["/api/docs/", "/api/docs/socket/"])
async def test_the_pages_for_programmers_open_without_an_account(
    live_site: LiveSite, path: str
) -> None:
    async with httpx.AsyncClient(base_url=live_site.base_url) as http:
        answer = await http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


async def test_the_schema_names_every_documented_path(live_site: LiveSite) -> None:
    async with httpx.AsyncClient(base_url=live_site.base_url, timeout=20) as http:
        answer = await http.get("/api/schema/", headers={"Accept": "application/json"})
    assert answer.status_code == 200
    paths = set(answer.json()["paths"])
    assert {
        "/api/v1/auth/token/",
        "/api/v1/auth/signup/",
        "/api/v1/rooms/",
        "/api/v1/rooms/{slug}/",
        "/api/v1/rooms/{slug}/messages/",
        "/api/v1/direct-messages/",
        "/api/v1/replies/{id}/",
        "/api/v1/replies/{id}/cancel/",
    } <= paths


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/rooms/no-such-room/", 404),
        ("GET", "/api/v1/no-such-path/", 404),
        ("DELETE", "/api/v1/rooms/", 405),
        ("GET", "/api/v1/replies/00000000-0000-4000-8000-000000000000/", 404),
        ("POST", "/api/v1/replies/00000000-0000-4000-8000-000000000000/cancel/", 404),
        ("GET", "/api/v1/replies/not-a-uuid/", 404),
        ("GET", "/api/v1/rooms/pixel/messages/?limit=none", 400),
    ],
)
async def test_errors_have_one_shape(owner: Person, method: str, path: str, status: int) -> None:
    answer = await owner.http.request(method, path)
    assert answer.status_code == status, answer.text
    checked(answer.json(), ErrorBody)
