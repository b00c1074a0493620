"""More requests than a process can work on: some are answered, the rest are told when to return."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.flows.client.shapes import ErrorBody, checked
from tests.live.parts import WebProcess

pytestmark = pytest.mark.faults

CROWD = 150
AT_ONCE, WAITING = 2, 8


@pytest.fixture
async def narrow(fault_site: FaultSite) -> AsyncIterator[WebProcess]:
    """A web process that works on two requests at once, and lets eight more wait."""
    chosen = {"HTTP_REQUESTS_AT_ONCE": str(AT_ONCE)}
    web = WebProcess(fault_site.folder, fault_site.environment | chosen)
    await web.come_back()
    yield web
    web.stop()


async def test_what_is_too_much_is_refused_and_the_rest_of_the_site_lives_on(
    narrow: WebProcess, people: list[Person], room: str
) -> None:
    messages = f"/api/v1/rooms/{room}/messages/"
    crowd = asyncio.create_task(ask_together(narrow, people[0], messages))
    healthy = await ask_together(narrow, people[1], "/healthz")
    async with await people[1].connect(narrow.address) as socket:
        await socket.open_room(room)
    answers = await crowd
    assert {answer.status_code for answer in healthy} == {200}
    assert AT_ONCE + WAITING <= len(with_status(answers, 200)) < CROWD
    assert len(with_status(answers, 200)) + len(with_status(answers, 503)) == CROWD
    for refusal in with_status(answers, 503):
        assert int(refusal.headers["Retry-After"]) > 0
        assert checked(refusal.json(), ErrorBody)["code"] == "overloaded"
    pages = await ask_together(narrow, people[0], "/accounts/login/")
    sentences = {refusal.text for refusal in with_status(pages, 503)}
    assert sentences == {"The site is very busy. Try again in a few seconds."}
    people[2].move_to(narrow.address)
    await people[2].send(room, "the crowd is gone")


async def ask_together(web: WebProcess, person: Person, path: str) -> list[httpx.Response]:
    """The answers to as many equal requests as the crowd is large, all sent at once."""
    async with httpx.AsyncClient(
        base_url=web.address,
        headers={**person.http.headers, "Accept-Language": "en"},
        limits=httpx.Limits(max_connections=None),
        timeout=60,
    ) as http:
        return await asyncio.gather(*(http.get(path) for _ in range(CROWD)))


def with_status(answers: list[httpx.Response], status: int) -> list[httpx.Response]:
    """Those of the answers that have this status."""
    return [answer for answer in answers if answer.status_code == status]
