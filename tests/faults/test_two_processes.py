"""Two web processes are one site: what one does, the readers of the other see."""

import asyncio

import pytest

from tests.faults.site import FaultSite
from tests.flows.client import Person, RejectedError
from tests.flows.speaking import say

pytestmark = pytest.mark.faults

DISABLE = """
from accounts.models import User
from accounts.services.access import disable_user
disable_user(user=User.objects.get(username="{}"))
"""
WITHIN_S = 5  # a second by the contract; a busy machine is slow, the regular sweep is slower


async def test_a_message_taken_by_one_process_is_told_by_the_other(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    first, second = fault_site.addresses
    async with await people[0].connect(first) as ours, await people[1].connect(second) as theirs:
        view = await theirs.open_room(room)
        for number in range(20):
            await say(ours, room, str(number))
        await theirs.until(lambda: view.seq == 20)
        view.assert_same_as(await people[0].messages(room))
        view.assert_sound()


async def test_a_disabled_person_loses_the_sockets_of_both_processes(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    _, member, friend = people
    sockets = [await member.connect(address) for address in fault_site.addresses]
    await asyncio.to_thread(fault_site.manage, "shell", "-c", DISABLE.format(member.username))
    assert [await socket.close_code(WITHIN_S) for socket in sockets] == [4401, 4401]
    async with await friend.connect() as other:
        await other.open_room(room)


async def test_a_member_removed_through_one_process_hears_nothing_more_through_the_other(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    owner, member, friend = people
    async with await member.connect(fault_site.addresses[1]) as theirs:
        await theirs.open_room(room)
        answer = await owner.http.delete(f"/api/v1/rooms/{room}/members/{member.username}/")
        assert answer.is_success
        await theirs.expect("member.left", username=member.username, within=5)
        await owner.send(room, "behind your back")
        marker = await friend.send("pixel", "marker")
        await theirs.open_room("pixel", after_seq=marker["seq"] - 1)
        await theirs.expect("message.created", room="pixel")
        assert "behind your back" not in str(theirs.frames)
        with pytest.raises(RejectedError) as refused:
            await theirs.command("room.open", room=room)
        assert refused.value.code == "room_not_found"
