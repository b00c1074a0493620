"""A right that is taken away ends on live sockets within a second."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from chat.models import Membership
from tests.flows.client import Person, RejectedError, Socket
from tests.live.site import LiveSite

WITHIN_S = 5  # a second by the contract; a busy machine is slow, the regular sweep is slower


async def test_a_disabled_person_loses_every_socket(member: Person, on_site: Any) -> None:
    from accounts.services.access import disable_user

    sockets = [await member.connect() for _ in range(2)]
    user = await on_site(User.objects.get, username=member.username)
    await on_site(disable_user, user=user)
    assert [await socket.close_code(WITHIN_S) for socket in sockets] == [4401, 4401]


async def test_logging_out_everywhere_ends_browser_and_token_sockets(
    live_site: LiveSite, owner: Person, owner_cookie: str, on_site: Any
) -> None:
    from accounts.services.access import log_out_everywhere

    browser = await Socket.connect(live_site.base_url, cookie=owner_cookie)
    script = await owner.connect()
    user = await on_site(User.objects.get, username=owner.username)
    await on_site(log_out_everywhere, user=user)
    assert await browser.close_code(WITHIN_S) == 4401
    assert await script.close_code(WITHIN_S) == 4401
    again = await Socket.connect(live_site.base_url, cookie=owner_cookie)
    assert await again.close_code() == 4401


async def test_an_end_of_access_of_which_no_bell_told_closes_token_sockets_too(
    live_site: LiveSite, owner: Person, member: Person, reader: Person, on_site: Any
) -> None:
    short_lived = AccessToken(owner.access)  # type: ignore[arg-type]  # the stubs want a Token
    short_lived.set_exp(lifetime=timedelta(seconds=2))
    sockets = [
        await Socket.connect(live_site.base_url, str(short_lived)),
        await member.connect(),
        await reader.connect(),
    ]
    users = User.objects.all()
    await on_site(users.filter(username=member.username).update, access_version=7)
    await on_site(users.filter(username=reader.username).update, is_active=False)
    assert [await socket.close_code(15) for socket in sockets] == [4401] * 3


async def test_a_removed_member_hears_nothing_more_of_the_room(
    owner: Person, member: Person, room: str, change_role: Any
) -> None:
    async with await member.connect() as theirs, await owner.connect() as ours:
        await theirs.open_room(room)
        await ours.open_room(room)
        await change_role(room, member.username, None)
        await ours.expect("member.left", username=member.username)
        await asyncio.sleep(1)
        await owner.send(room, "behind your back")
        marker = await owner.send("realistic", "marker")
        await theirs.open_room("realistic", after_seq=marker["seq"] - 1)
        await theirs.expect("message.created", room="realistic")
        assert "behind your back" not in str(theirs.frames)
        with pytest.raises(RejectedError) as refused:
            await theirs.command("room.open", room=room)
        assert refused.value.code == "room_not_found"


async def test_a_removal_of_which_no_bell_told_closes_the_room_too(
    member: Person, room: str, on_site: Any
) -> None:
    async with await member.connect() as theirs:
        await theirs.open_room(room)
        rows = Membership.objects.filter(room__slug=room, user__username=member.username)
        await on_site(rows.delete)
        await theirs.expect("member.left", within=15, room=room, username=member.username)


async def test_a_member_who_became_a_reader_writes_no_more(
    owner: Person, member: Person, room: str, change_role: Any
) -> None:
    async with await member.connect() as theirs:
        await theirs.open_room(room)
        await change_role(room, member.username, "reader")
        with pytest.raises(RejectedError) as refused:
            await theirs.command("message.send", room=room, client_id="late", text="hello")
        assert refused.value.code == "read_only"
    assert await owner.messages(room) == []
