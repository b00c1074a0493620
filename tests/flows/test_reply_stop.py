"""Stopping a reply: who may, what stays, and that the model is free at once."""

import asyncio

import pytest

from tests.fakes.model_server import ModelServer
from tests.flows.client import ApiError, Person, RejectedError
from tests.flows.speaking import answer_to, ask
from tests.live.waiting import until

LONG = "這是一個很長的回答。"


async def test_stopping_keeps_what_was_said_and_frees_the_model(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=100, tokens_per_second=40)
    async with await owner.connect() as socket:
        view = await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.until(lambda: reply in view.replies and len(view.replies[reply].text) > 5)
        await socket.command("reply.cancel", reply=reply)
        told = await socket.expect("reply.finished", reply=reply)
        assert told["state"] == "stopped"
        assert LONG.startswith(told["message"]["text"][:5])
        view.assert_sound()
    await until(lambda: asyncio.to_thread(lambda: model.stats()["running"] == 0), within=2)
    assert (await owner.reply(reply))["state"] == "stopped"


async def test_stopping_over_http_does_the_same(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=100, tokens_per_second=40)
    async with await owner.connect() as socket:
        view = await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.until(lambda: reply in view.replies and bool(view.replies[reply].text))
        await owner.cancel_reply(reply)
        await socket.expect("reply.finished", reply=reply, state="stopped")


async def test_a_reply_stopped_before_its_first_word_has_an_empty_answer(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, silence_s=30)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.started", reply=reply)
        await socket.command("reply.cancel", reply=reply)
        told = await socket.expect("reply.finished", reply=reply)
    assert (told["state"], told["message"]["text"]) == ("stopped", "")
    assert await answer_to(owner, room, reply) == told["message"]


async def test_who_may_stop_a_reply(
    owner: Person, member: Person, stranger: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=100, tokens_per_second=40)
    async with await owner.connect() as ours, await member.connect() as theirs:
        await ours.open_room(room)
        reply = await ask(ours, room, assistant)
        await ours.expect("reply.delta", reply=reply)
        with pytest.raises(RejectedError) as refused:
            await theirs.command("reply.cancel", reply=reply)
        assert refused.value.code == "not_allowed"
        with pytest.raises(ApiError) as unknown:
            await stranger.cancel_reply(reply)
        assert unknown.value.code == "reply_not_found"
        await ours.command("reply.cancel", reply=reply)
        await ours.expect("reply.finished", reply=reply)
        with pytest.raises(RejectedError) as ended:
            await ours.command("reply.cancel", reply=reply)
        assert ended.value.code == "reply_not_running"


async def test_a_deleted_question_stops_its_reply(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=100, tokens_per_second=40)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.delta", reply=reply)
        question = (await owner.messages(room))[0]
        await socket.command("message.delete", message=question["id"])
        await socket.expect("reply.finished", reply=reply, state="stopped")
