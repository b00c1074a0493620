"""Two web processes are one site: what one does, the readers of the other see."""

import pytest

from tests.faults.site import FaultSite
from tests.flows.client import Person, RejectedError
from tests.flows.speaking import say

pytestmark = pytest.mark.faults


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
