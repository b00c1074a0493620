"""Coming back to a room: what was missed arrives once and in order, or the client must reload."""

from typing import Any

import pytest

from accounts.models import User
from chat.services.messages import edit_message
from tests.flows.client import Person, RoomView
from tests.flows.client.shapes import Json


async def follow(person: Person, view: RoomView, **position: object) -> Json:
    """Resume `view` on a new socket until it has reached the acknowledged number."""
    async with await person.connect() as socket:
        socket.views[view.room] = view
        ack = await socket.command("room.resume", room=view.room, **position)
        await socket.until(lambda: view.seq >= ack["seq"])
        return ack


async def test_opening_after_a_number_brings_every_event_since(
    owner: Person, member: Person, room: str
) -> None:
    sent = [await owner.send(room, str(number)) for number in range(5)]
    async with await owner.connect() as socket:
        await socket.command("message.edit", message=sent[0]["id"], text="zero")
        await socket.command("message.delete", message=sent[1]["id"])
    view = RoomView(room)
    view.open_after(0)
    async with await member.connect() as socket:
        socket.views[room] = view
        ack = await socket.command("room.open", room=room, after_seq=0)
        assert ack["seq"] == 7
        await socket.until(lambda: view.seq == 7)
        kinds = [frame["type"] for frame in socket.frames if "seq" in frame and "room" in frame]
    assert kinds[1:] == ["message.created"] * 5 + ["message.edited", "message.removed"]
    view.assert_same_as(await owner.messages(room))


async def test_what_was_said_while_away_is_seen_once_and_in_order(
    owner: Person, member: Person, room: str
) -> None:
    async with await member.connect() as socket:
        view = await socket.open_room(room)
        await owner.send(room, "before")
        await socket.until(lambda: view.seq == 1)
    for text in ("away one", "away two"):
        await owner.send(room, text)
    await follow(member, view, after_seq=1, replies={})
    assert view.texts() == ["before", "away one", "away two"]
    assert view.repeated == 0
    view.assert_sound()


async def test_a_resume_in_the_midst_of_messages_loses_and_repeats_nothing(
    owner: Person, member: Person, room: str
) -> None:
    async with await owner.connect() as ours, await member.connect() as theirs:
        view = await theirs.open_room(room)
        for number in range(30):
            await ours.start("message.send", room=room, client_id=f"n{number}", text=str(number))
            if number % 7 == 3:
                position = {"after_seq": view.seq, "replies": {}}
                await theirs.start("room.resume", room=room, **position)
        await theirs.until(lambda: view.seq == 30 and not view.gap)
        assert view.texts() == [m["text"] for m in await owner.messages(room)]
        view.assert_sound()


async def test_too_far_behind_means_reload(
    owner: Person, member: Person, room: str, on_site: Any
) -> None:
    sent = await owner.send(room, "0")
    editor = await on_site(User.objects.get, username=owner.username)

    def edit_often() -> None:
        for number in range(1, 600):
            edit_message(editor=editor, message_id=sent["id"], text=str(number))

    await on_site(edit_often)
    view = RoomView(room)
    view.open_after(0)
    ack = await follow(member, view, after_seq=0, replies={})
    assert ack["reload"] is True
    assert view.messages == {}
    view.load(await member.messages(room))
    assert view.texts() == ["599"]


@pytest.mark.parametrize("after_seq", ["zero", None, 1.5])
async def test_a_position_that_is_none_is_refused(
    owner: Person, room: str, after_seq: object
) -> None:
    async with await owner.connect() as socket:
        await socket.start("room.resume", room=room, after_seq=after_seq, replies={})
        assert (await socket.expect("command.rejected"))["code"] == "command_invalid"


async def test_a_number_from_the_future_means_reload(owner: Person, room: str) -> None:
    await owner.send(room, "only one")
    async with await owner.connect() as socket:
        ack = await socket.command("room.resume", room=room, after_seq=900, replies={})
        assert ack.get("reload") is True
