"""Coming to a reply late, or coming back to it: nothing of the text is lost or mixed."""

from tests.fakes.model_server import ModelServer
from tests.flows.client import Person, RoomView
from tests.flows.speaking import ask
from tests.live.waiting import until

LONG = "這是一個很長的回答。"


async def test_who_comes_in_the_middle_reads_the_answer_from_its_beginning(
    owner: Person, member: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=8, tokens_per_second=60)
    async with await owner.connect() as ours:
        view = await ours.open_room(room)
        reply = await ask(ours, room, assistant)
        await ours.until(lambda: reply in view.replies and len(view.replies[reply].text) > 10)
        async with await member.connect() as theirs:
            late = await theirs.open_room(room)
            snapshot = await theirs.expect("reply.snapshot", reply=reply)
            assert snapshot["text"].startswith(LONG)
            told = await theirs.expect("reply.finished", reply=reply, within=30)
            assert told["message"]["text"] == LONG * 8
            late.assert_sound()


async def test_a_refresh_in_the_middle_continues_where_the_reader_was(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=8, tokens_per_second=60)
    async with await owner.connect() as first:
        view = await first.open_room(room)
        reply = await ask(first, room, assistant)
        await first.until(lambda: reply in view.replies and len(view.replies[reply].text) > 10)
    before = len(view.replies[reply].text)
    async with await owner.connect() as second:
        second.views[room] = view
        position = {"after_seq": view.seq, "replies": view.offsets()}
        await second.command("room.resume", room=room, **position)
        await second.expect("reply.finished", reply=reply, within=30)
        assert view.replies[reply].text == LONG * 8
        assert min(f["offset"] for f in second.seen("reply.delta", reply=reply)) >= before
        view.assert_sound()


async def test_who_comes_back_after_the_end_is_told_of_the_end(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, tokens_per_second=20)
    async with await owner.connect() as first:
        view = await first.open_room(room)
        reply = await ask(first, room, assistant)
        await first.until(lambda: reply in view.replies and bool(view.replies[reply].text))
    await until(lambda: _has_ended(owner, reply))
    fresh = RoomView(room)
    fresh.open_after(0)
    for returning in (view, fresh):
        async with await owner.connect() as second:
            second.views[room] = returning
            position = {"after_seq": returning.seq, "replies": returning.offsets()}
            await second.command("room.resume", room=room, **position)
            await second.until(lambda: returning.state_of(reply) == "done")  # noqa: B023
        returning.assert_same_as(await owner.messages(room))


async def _has_ended(person: Person, reply: str) -> bool:
    return bool((await person.reply(reply))["state"] == "done")
