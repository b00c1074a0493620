"""The socket of the operations page: readings for staff, and for nobody else."""

import asyncio
import json

import websockets
from websockets.exceptions import ConnectionClosed

from accounts.models import User
from tests.live.site import LiveSite

WITHIN_S = 10
TAKE = "from echomind.ops.readings import take_reading; take_reading()"


def socket_of(site: LiveSite, username: str | None) -> websockets.connect:
    """The socket that a browser opens in which this person is signed in."""
    headers = {"Cookie": site.session_cookie(username)} if username else {}
    address = site.base_url.replace("http", "ws", 1) + "/ws/staff/?lines=50"
    return websockets.connect(address, origin=site.base_url, additional_headers=headers)


async def end_of(socket: websockets.ClientConnection) -> int | None:
    """The code with which the site closes, whatever it tells before."""
    try:
        async with asyncio.timeout(WITHIN_S):
            while True:
                await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


async def test_staff_hear_readings_until_they_are_staff_no_more(live_site: LiveSite) -> None:
    name = (await asyncio.to_thread(live_site.person, "keeper")).username
    keeper = await User.objects.aget(username=name)
    keeper.is_staff = True
    await keeper.asave(update_fields=["is_staff"])
    await asyncio.to_thread(live_site.manage, "shell", "-c", TAKE)
    async with await asyncio.to_thread(socket_of, live_site, name) as socket:
        told = json.loads(await asyncio.wait_for(socket.recv(), WITHIN_S))
        assert told["readings"][0]["memory_total"] > 0
        keeper.is_staff = False
        await keeper.asave(update_fields=["is_staff"])
        assert await end_of(socket) == 4403


async def test_others_hear_nothing(live_site: LiveSite) -> None:
    member = await asyncio.to_thread(live_site.person, "member")
    for username, code in ((member.username, 4403), (None, 4401)):
        async with await asyncio.to_thread(socket_of, live_site, username) as socket:
            assert await end_of(socket) == code


async def test_another_origin_is_refused(live_site: LiveSite) -> None:
    member = await asyncio.to_thread(live_site.person, "member")
    cookie = await asyncio.to_thread(live_site.session_cookie, member.username)
    address = live_site.base_url.replace("http", "ws", 1) + "/ws/staff/"
    async with websockets.connect(
        address, origin="http://evil.example", additional_headers={"Cookie": cookie}
    ) as socket:
        assert await end_of(socket) == 4403
