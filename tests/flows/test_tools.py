"""What an assistant finds out with tools, as everyone in the room is told of it."""

from tests.fakes.model_server import ModelServer
from tests.flows.client import Person
from tests.flows.speaking import answer_to, ask, say


async def test_a_look_into_the_room_is_told_while_it_lasts_and_kept_with_the_answer(
    owner: Person, reader: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="Three messages.", tokens_per_second=0)
    async with await owner.connect() as ours, await reader.connect() as theirs:
        await ours.open_room(room)
        await theirs.open_room(room)
        for text in ("one", "two", "three"):
            await say(ours, room, text)
        reply = await ask(ours, room, assistant, "How many messages are there in this room?")
        await theirs.expect("reply.finished", reply=reply)
        told = [
            frame["tools"] for frame in theirs.seen("reply.status", reply=reply) if "tools" in frame
        ]
    assert [(uses[0]["name"], uses[0]["ms"] is None) for uses in told] == [
        ("site_data", True),
        ("site_data", False),
    ]
    (kept,) = (await answer_to(owner, room, reply))["reply"]["passport"]["tools"]
    assert kept == told[-1][0]
    assert (kept["arguments"], kept["count"], kept["error"]) == (
        {"question": "count"},
        3,
        "",
    )
    question = model.requests()[-1]["messages"][-1]["content"]
    assert '[<site_data>] {"room": "Tea house", "messages": 3}' in question


async def test_a_question_about_something_else_looks_at_nothing(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="Because.", tokens_per_second=0)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant, "Why is the sky blue?")
        await socket.expect("reply.finished", reply=reply)
    assert (await answer_to(owner, room, reply))["reply"]["passport"]["tools"] == []
