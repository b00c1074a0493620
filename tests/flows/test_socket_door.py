"""Who may open a socket, and how a socket that is not wanted ends."""

import asyncio
import secrets
from contextlib import suppress

import pytest
from django.conf import settings
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.flows.client import Person, Socket, dial
from tests.live.site import LiveSite

REFUSALS = (403, 4403)  # before the handshake, or by the contract's close code after it


async def test_a_bearer_token_in_the_subprotocol_list_opens_the_socket(owner: Person) -> None:
    async with await owner.connect() as socket:
        assert socket.connection.subprotocol == "echomind.v1"
        await socket.command("room.open", room="minimalist")


async def test_the_session_cookie_of_a_browser_opens_the_socket(
    live_site: LiveSite, owner_cookie: str
) -> None:
    async with await Socket.connect(live_site.base_url, cookie=owner_cookie) as socket:
        await socket.command("room.open", room="minimalist")


@pytest.mark.parametrize("token", [None, "not-a-token", ""])
async def test_without_an_account_the_socket_ends_with_4401(
    live_site: LiveSite, token: str | None
) -> None:
    socket = await Socket.connect(live_site.base_url, token)
    assert await socket.close_code() == 4401


async def test_a_made_up_session_ends_with_4401(live_site: LiveSite) -> None:
    cookie = f"sessionid={secrets.token_hex(16)}"
    socket = await Socket.connect(live_site.base_url, cookie=cookie)
    assert await socket.close_code() == 4401


async def test_a_cookie_that_no_database_can_hold_ends_with_4401(live_site: LiveSite) -> None:
    socket = await Socket.connect(live_site.base_url, cookie='sessionid="\\000"')
    assert await socket.close_code() == 4401


@pytest.mark.parametrize(
    ("scheme", "host", "port"),
    [
        ("https", "127.0.0.1", None),
        ("http", "127.0.0.1.evil.example", None),
        ("http", "evil.example", None),
        ("http", "127.0.0.1", "1"),
        ("http", "127.0.0.1", ""),
        ("http", "127.0.0.2", None),
    ],
)
async def test_a_page_of_another_origin_gets_no_socket(
    live_site: LiveSite, owner_cookie: str, scheme: str, host: str, port: str | None
) -> None:
    own_port = live_site.base_url.rpartition(":")[2]
    origin = f"{scheme}://{host}:{own_port if port is None else port}".removesuffix(":")
    assert await _refusal(live_site, origin, owner_cookie) in REFUSALS


@pytest.mark.parametrize("origin", [None, "null", "file://", "http://[::1"])
async def test_a_browser_session_without_a_true_origin_opens_nothing(
    live_site: LiveSite, owner_cookie: str, origin: str | None
) -> None:
    assert await _refusal(live_site, origin, owner_cookie) in REFUSALS


async def test_the_case_of_an_origin_does_not_matter(
    live_site: LiveSite, owner_cookie: str
) -> None:
    origin = live_site.base_url.replace("http", "HTTP")
    async with await Socket.connect(
        live_site.base_url, origin=origin, cookie=owner_cookie
    ) as socket:
        await socket.command("room.open", room="minimalist")


async def test_ten_thousand_frames_at_once_end_with_4429(owner: Person) -> None:
    connection = await dial(owner.base_url, owner.access)
    reading = asyncio.create_task(_read_to_the_end(connection))
    with suppress(ConnectionClosed):
        for _ in range(10_000):
            await connection.send('{"id":"1","type":"typing.start","room":"minimalist"}')
    await asyncio.wait_for(reading, 15)
    assert connection.close_code == 4429


async def test_a_socket_too_many_of_one_user_ends_with_4429(
    live_site: LiveSite, owner: Person, member: Person
) -> None:
    sockets = [await owner.connect() for _ in range(settings.SOCKETS_PER_USER)]
    refused = await owner.connect()
    assert await refused.close_code() == 4429
    assert "too_many_sockets" in live_site.web[0].log_text()
    async with await member.connect() as somebody_else:
        await somebody_else.command("room.open", room="minimalist")
    for socket in sockets:
        await socket.close()
    async with await owner.connect() as again:
        await again.command("room.open", room="minimalist")


async def _refusal(live_site: LiveSite, origin: str | None, cookie: str) -> int:
    try:
        socket = await Socket.connect(live_site.base_url, origin=origin, cookie=cookie)
    except InvalidStatus as refused:
        return refused.response.status_code
    return await socket.close_code()


async def _read_to_the_end(connection: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for _ in connection:
            pass
