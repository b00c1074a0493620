"""Each command of the contract, its acknowledgement, and what the others in the room are told."""

import asyncio

import pytest

from tests.flows.client import Person, RejectedError
from tests.flows.client.person import new_client_id
from tests.flows.speaking import say


async def test_a_sent_message_reaches_everyone_who_has_the_room_open(
    owner: Person, member: Person, reader: Person, room: str
) -> None:
    async with await owner.connect() as ours, await reader.connect() as theirs:
        await ours.open_room(room)
        view = await theirs.open_room(room)
        sent = await say(ours, room, "hello 你好 👋🏽")
        told = await theirs.expect("message.created", room=room)
        assert told["message"] == sent
        assert told["seq"] == sent["seq"]
        await ours.expect("message.created", room=room)
        view.assert_same_as(await member.messages(room))


async def test_the_acknowledgement_of_a_message_holds_the_message_and_its_number(
    owner: Person, room: str
) -> None:
    async with await owner.connect() as socket:
        ack = await socket.command("message.send", room=room, client_id="one", text="hello")
    assert ack["seq"] == ack["message"]["seq"] == 1
    assert await owner.messages(room) == [ack["message"]]


async def test_a_repeated_client_id_is_acknowledged_with_the_first_row_and_told_once(
    owner: Person, member: Person, room: str
) -> None:
    client_id = new_client_id()
    async with await owner.connect() as ours, await member.connect() as theirs:
        await theirs.open_room(room)
        fields = {"room": room, "client_id": client_id, "text": "once"}
        first, again = [await ours.command("message.send", **fields) for _ in range(2)]
        assert (first["seq"], first["message"]) == (again["seq"], again["message"])
        await say(ours, room, "afterwards")
        await theirs.until(lambda: theirs.views[room].texts() == ["once", "afterwards"])
        theirs.views[room].assert_sound()
        with pytest.raises(RejectedError) as refused:
            await ours.command("message.send", **{**fields, "text": "other"})
        assert refused.value.code == "client_id_conflict"


async def test_over_both_doors_one_client_id_is_one_message(owner: Person, room: str) -> None:
    client_id = new_client_id()
    posted = await owner.send(room, "once", client_id=client_id)
    async with await owner.connect() as socket:
        ack = await socket.command("message.send", room=room, client_id=client_id, text="once")
    assert ack["message"] == posted


async def test_many_messages_at_once_are_numbered_without_a_gap(
    owner: Person, member: Person, room: str
) -> None:
    async with await owner.connect() as ours, await member.connect() as theirs:
        view = await theirs.open_room(room)
        await asyncio.gather(
            *(say(socket, room, str(n)) for n in range(15) for socket in (ours, theirs))
        )
        await theirs.until(lambda: view.seq == 30)
        assert [m["seq"] for m in view.in_order()] == list(range(1, 31))
        view.assert_same_as(await owner.messages(room))
        assert view.repeated == 0


async def test_an_edit_is_told_and_read_alike(owner: Person, member: Person, room: str) -> None:
    async with await owner.connect() as ours, await member.connect() as theirs:
        view = await theirs.open_room(room)
        sent = await say(ours, room, "frist")
        ack = await ours.command("message.edit", message=sent["id"], text="first")
        told = await theirs.expect("message.edited", room=room)
        assert told["seq"] == ack["seq"] == sent["seq"] + 1
        assert (told["message"]["text"], told["message"]["seq"]) == ("first", sent["seq"])
        assert told["message"]["edited_at"] is not None
        view.assert_same_as(await owner.messages(room))


async def test_a_deleted_message_is_told_and_keeps_no_text(
    owner: Person, member: Person, room: str
) -> None:
    async with await owner.connect() as ours, await member.connect() as theirs:
        view = await theirs.open_room(room)
        sent = await say(ours, room, "regret")
        await say(ours, room, "stays")
        ack = await ours.command("message.delete", message=sent["id"])
        told = await theirs.expect("message.removed", room=room)
        assert (told["seq"], told["message"]["id"]) == (ack["seq"], sent["id"])
        assert "regret" not in str(told)
        assert "regret" not in str(await owner.messages(room))
        view.assert_same_as(await member.messages(room))


async def test_a_reaction_is_told_and_taken_back(owner: Person, member: Person, room: str) -> None:
    async with await owner.connect() as ours, await member.connect() as theirs:
        await ours.open_room(room)
        await theirs.open_room(room)
        sent = await say(ours, room, "good news")
        for usernames in ([member.username], []):
            ack = await theirs.command("reaction.toggle", message=sent["id"], emoji="🎉")
            told = await ours.expect("message.edited", room=room)
            assert told["seq"] == ack["seq"]
            reactions = told["message"]["reactions"]
            assert [r["usernames"] for r in reactions if r["emoji"] == "🎉"] == [usernames] * bool(
                usernames
            )
            assert told["message"]["edited_at"] is None


async def test_a_reply_names_the_message_it_answers(
    owner: Person, member: Person, room: str
) -> None:
    async with await owner.connect() as ours:
        question = await member.send(room, "tea?")
        assert (await say(ours, room, "yes", reply_to=question["id"]))["reply_to"] == question["id"]


async def test_a_message_for_one_member_says_so(owner: Person, member: Person, room: str) -> None:
    to = {"kind": "member", "username": member.username}
    async with await owner.connect() as ours:
        assert (await say(ours, room, "for you", to=to))["to"] == to


async def test_marking_as_read_tells_the_other_tabs_of_the_same_person(
    owner: Person, member: Person, room: str
) -> None:
    async with await member.connect() as one, await member.connect() as other:
        await one.open_room(room)
        await other.open_room("minimalist")
        sent = await owner.send(room, "news")
        assert (await other.expect("unread.changed", room=room))["unread"] == 1
        await one.command("read.mark", room=room, seq=sent["seq"])
        await other.expect("unread.changed", room=room, unread=0)


async def test_typing_is_told_to_the_others_and_never_stored(
    owner: Person, member: Person, room: str
) -> None:
    async with await owner.connect() as ours, await member.connect() as theirs:
        await ours.open_room(room)
        await theirs.open_room(room)
        before = (await owner.room(room))["seq"]
        await ours.command("typing.start", room=room)
        told = await theirs.expect("typing.changed", room=room)
        assert (told["username"], told["typing"]) == (owner.username, True)
        assert (await owner.room(room))["seq"] == before


async def test_presence_follows_the_tabs(owner: Person, member: Person, room: str) -> None:
    async with await owner.connect() as ours:
        await ours.open_room(room)
        async with await member.connect() as theirs:
            await theirs.open_room(room)
            told = await ours.expect("presence.changed", username=member.username)
            assert told["online"] is True
            online = {m["username"]: m["online"] for m in (await owner.room(room))["members"]}
            assert online[member.username] is True
        await ours.expect("presence.changed", username=member.username, online=False)


async def test_after_closing_a_room_nothing_more_of_it_arrives(
    owner: Person, member: Person, room: str
) -> None:
    async with await member.connect() as theirs:
        await theirs.open_room(room)
        await theirs.open_room("pixel")
        await theirs.command("room.close", room=room)
        await owner.send(room, "unseen")
        marker = await owner.send("pixel", "seen")
        await theirs.expect("message.created", where=lambda f: f["message"]["id"] == marker["id"])
        assert theirs.seen("message.created", room=room) == []


async def test_a_tab_follows_several_rooms_at_once(owner: Person, room: str) -> None:
    other = (await owner.create_room("Second", "private"))["slug"]
    async with await owner.connect() as socket:
        for slug in (room, other):
            await socket.open_room(slug)
        for slug in (room, other):
            await say(socket, slug, f"in {slug}")
        for slug in (room, other):
            told = await socket.expect("message.created", room=slug)
            assert told["message"]["text"] == f"in {slug}"


async def test_joining_and_leaving_is_told_to_the_room(owner: Person, stranger: Person) -> None:
    market = (await owner.create_room("Market", "public"))["slug"]
    async with await owner.connect() as ours:
        await ours.open_room(market)
        await stranger.send(market, "hello")
        told = await ours.expect("member.joined", room=market)
        assert told["member"]["username"] == stranger.username
