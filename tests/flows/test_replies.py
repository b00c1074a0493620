"""An assistant's reply, from the question to its end, as everyone in the room sees it."""

from tests.fakes.model_server import ModelServer
from tests.flows.client import Person
from tests.flows.speaking import answer_to, ask

LONG = "這是一個很長的回答。"


async def test_everyone_in_the_room_sees_the_same_answer_grow(
    owner: Person, reader: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="Hello 👋🏽! 你好,世界。", tokens_per_second=100)
    async with await owner.connect() as ours, await reader.connect() as theirs:
        views = [await ours.open_room(room), await theirs.open_room(room)]
        reply = await ask(ours, room, assistant)
        for socket, view in zip((ours, theirs), views, strict=True):
            told = await socket.expect("reply.finished", reply=reply)
            assert (told["state"], told["attempt"]) == ("done", 1)
            assert told["message"]["author"]["username"] == assistant
            assert len(socket.seen("reply.delta", reply=reply)) > 1
            view.assert_sound()
        answer = await answer_to(owner, room, reply)
        assert told["message"] == answer
        assert "👋🏽" in answer["text"]
        assert views[1].replies[reply].text == answer["text"]


async def test_a_reply_goes_through_its_states_in_order(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, silence_s=0.3, tokens_per_second=50)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.finished", reply=reply)
        told = [frame for frame in socket.frames if frame.get("reply") == reply]
        kinds = [frame["type"] for frame in told]
        stages = [frame["stage"] for frame in told if frame["type"] == "reply.status"]
    assert kinds[0] == "reply.queued"
    assert told[0]["assistant"] == assistant
    assert kinds.index("reply.started") < kinds.index("reply.delta") < len(kinds) - 1
    assert kinds[-1] == "reply.finished"
    told_once = [stage for stage in stages if stage != "waiting"]  # which a busy machine makes true
    assert told_once == sorted(told_once)  # retrieving comes before writing


async def test_the_question_and_the_answer_name_the_reply(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="short")
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.finished", reply=reply)
    question, answer = await owner.messages(room)
    assert answer["reply_to"] == question["id"]
    assert question["reply"]["id"] == answer["reply"]["id"] == reply
    fetched = await owner.reply(reply)
    assert (fetched["state"], fetched["attempt"], fetched["assistant"]) == ("done", 1, assistant)
    assert fetched["passport"]["completion_tokens"] > 0


async def test_a_question_over_http_is_answered_too(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="by post")
    async with await owner.connect() as socket:
        await socket.open_room(room)
        sent = await owner.send(room, "hi", to={"kind": "assistant", "username": assistant})
        told = await socket.expect("reply.finished", reply=sent["reply"]["id"])
    assert told["message"]["text"] == "by post"


async def test_waiting_replies_know_their_true_place(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, tokens_per_second=40)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        replies = [await ask(socket, room, assistant, f"question {n}") for n in range(6)]
        for reply in replies:
            await socket.expect("reply.finished", reply=reply, within=60)
        places = [f["place"] for f in socket.seen("reply.queued", reply=replies[-1])]
    assert places[0] > 1
    assert places == sorted(places, reverse=True)


async def test_alone_with_an_assistant_everything_is_for_it(
    owner: Person, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="at your service")
    direct = (await owner.direct_message(assistant))["slug"]
    async with await owner.connect() as socket:
        await socket.open_room(direct)
        sent = await owner.send(direct, "hello")
        assert sent["to"] == {"kind": "assistant", "username": assistant}
        await socket.expect("reply.finished", reply=sent["reply"]["id"])
