"""The pen of a reply's attempt: its fence after Redis forgot, and what it says of a silent model."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chat.models import Room
from chat.realtime import reply_stream
from chat.realtime.events import Event, ReplyDelta
from chat.realtime.redis_clients import loop_client
from chat.realtime.reply_stream import ReplyWriter, Signal, read_text, reply_key
from tests.chat.verify import frames_of
from tests.flows.client.room_view import RoomView

ROOM = Room(pk=7, slug="tea")


@pytest.fixture
def reply() -> str:
    """The id of a reply of which Redis knows nothing."""
    return str(uuid.uuid4())


@asynccontextmanager
async def second_attempt(reply: str) -> AsyncIterator[ReplyWriter]:
    """The pen of the reply's second attempt, which has begun."""
    writer = ReplyWriter(room_id=ROOM.pk, room=ROOM.slug, reply=reply, attempt=2)
    assert await writer.start() == "go"
    try:
        yield writer
    finally:
        await writer.close()


@pytest.mark.parametrize("fence", [1, None], ids=["of an earlier attempt", "gone"])
async def test_a_redis_that_went_back_in_time_gets_the_whole_text_again(
    reply: str, fence: int | None
) -> None:
    async with second_attempt(reply) as writer, loop_client() as client:
        await writer.write("一二")
        await client.delete(reply_key(reply, "fence"), reply_key(reply, "text"))
        if fence is not None:
            await client.set(reply_key(reply, "fence"), fence)
        assert await writer.write("三") == "go"
        assert await read_text(client, reply, 2) == "一二三"
        assert await client.get(reply_key(reply, "fence")) == b"2"


def test_a_beat_beside_a_slow_text_tells_nothing_twice_when_redis_forgot(
    reply: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ReplyWriter._call

    async def slow_call(writer: ReplyWriter, event: Event | None, offset: int, text: str) -> Signal:
        if isinstance(event, ReplyDelta):
            await asyncio.sleep(0.05)  # a connection to be made anew
        return await call(writer, event, offset, text)

    async def run() -> None:
        async with second_attempt(reply) as writer, loop_client() as client:
            await client.delete(reply_key(reply, "fence"))
            await asyncio.gather(writer.beat(), writer.write("一"))

    monkeypatch.setattr(ReplyWriter, "_call", slow_call)
    view = RoomView(ROOM.slug)
    with frames_of(ROOM) as told:
        asyncio.run(run())
    for frame in told:
        view.apply(frame)
    view.assert_sound()
    assert view.text_of(reply) == "一"


async def test_a_later_attempt_shuts_an_earlier_one_out(reply: str) -> None:
    async with second_attempt(reply) as writer, loop_client() as client:
        await client.set(reply_key(reply, "fence"), 3)
        assert await writer.write("late") == "fenced"


def stages_told(reply: str, *happened: str) -> list[str]:
    """The stages that readers are told when, after each of these, the model is silent for two beats."""

    async def run() -> None:
        async with second_attempt(reply) as writer:
            for event in happened:
                await (writer.tell_stage(event) if event == "retrieving" else writer.write(event))
                await writer.beat()
                await writer.beat()

    with frames_of(ROOM) as told:
        asyncio.run(run())
    return [frame["stage"] for frame in told if frame["type"] == "reply.status"]


def test_readers_are_told_once_in_each_pause_that_a_reply_waits_for_the_model(
    reply: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply_stream, "SILENT_S", 0)
    assert stages_told(reply, "words", "words after a pause") == ["waiting", "waiting"]


def test_a_model_that_reads_is_not_waited_for(reply: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply_stream, "SILENT_S", 0)
    assert stages_told(reply, "retrieving") == ["retrieving"]


def test_a_short_pause_is_not_worth_a_word(reply: str) -> None:
    assert stages_told(reply, "some words") == []
