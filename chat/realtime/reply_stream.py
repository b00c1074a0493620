"""The live text of a reply: a Redis Stream with a fence, written by one worker, read by any hub.

Every flush is one Lua call: check the fence, append, publish on the room's channel, read the stop flag.
Entry ids are `<attempt>-<n>`; an entry at offset 0 starts the text anew. Nothing here is the truth: the
final text goes to Postgres, and a flushed Redis is filled again from the writer's memory.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Literal, cast

import redis
import redis.asyncio
import structlog

from chat.errors import StopUnavailableError
from chat.realtime.events import Event, ReplyDelta, ReplySnapshot, ReplyStarted, ReplyStatus
from chat.realtime.groups import room_group
from chat.realtime.publish import layer_bytes, layer_channel, room_message
from chat.realtime.redis_clients import loop_client, shared_client
from chat.wire import CitationWire, ToolUseWire

logger = structlog.get_logger(__name__)

ALIVE_S = 10  # a writer that has not been heard of for so long is dead
KEPT_S = 3600
NO_ATTEMPT = 2**31  # a fence that no attempt can pass
SILENT_S = 2.0  # without a word of the model, readers are told that the reply waits for it
Signal = Literal["go", "stop", "fenced", "lost"]

_OPEN = """
local fence = redis.call('GET', KEYS[1])
if fence and tonumber(fence) > tonumber(ARGV[1]) then return 'fenced' end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 'go'
"""
_FLUSH = """
local fence = redis.call('GET', KEYS[2])
if not fence or tonumber(fence) < tonumber(ARGV[1]) then return 'lost' end
if fence ~= ARGV[1] then return 'fenced' end
if ARGV[4] ~= '' then
  redis.call('XADD', KEYS[1], ARGV[1] .. '-' .. ARGV[2], 'offset', ARGV[3], 'text', ARGV[4])
  redis.call('EXPIRE', KEYS[1], ARGV[7])
end
if ARGV[6] ~= '' then redis.call('PUBLISH', ARGV[5], ARGV[6]) end
redis.call('SET', KEYS[3], ARGV[1], 'EX', ARGV[8])
if redis.call('EXISTS', KEYS[4]) == 1 then return 'stop' end
return 'go'
"""


class ReplyWriter:
    """One attempt's pen. `text` is what has been written; `offset` counts its code points."""

    def __init__(self, *, room_id: int, room: str, reply: str, attempt: int) -> None:
        self._room_id, self._room, self._reply, self._attempt = room_id, room, reply, attempt
        self._redis = loop_client()
        self._open_script = self._redis.register_script(_OPEN)
        self._flush_script = self._redis.register_script(_FLUSH)
        self._channel = layer_channel(room_group(room_id))
        self._entries = 0
        self._behind = True  # what Redis holds is not the text so far
        self._pieces: list[str] = []
        self._offset = 0
        self._stage = ""
        self._told_at = time.monotonic()
        self._turn = asyncio.Lock()  # a beat must not come between a text and its telling

    @property
    def text(self) -> str:
        """All text written in this attempt."""
        return "".join(self._pieces)

    async def start(self) -> Signal:
        """Raise the fence and tell the room that this attempt begins."""
        return await self._tell(
            ReplyStarted(room=self._room, reply=self._reply, attempt=self._attempt)
        )

    async def tell_stage(
        self,
        stage: str,
        tools: Sequence[ToolUseWire] = (),
        citations: Sequence[CitationWire] = (),
    ) -> Signal:
        """Tell the room what the assistant is doing, has done with tools, and cites."""
        self._stage, self._told_at = stage, time.monotonic()
        return await self._tell(
            ReplyStatus(
                room=self._room,
                reply=self._reply,
                attempt=self._attempt,
                stage=stage,
                tools=list(tools),
                citations=list(citations),
            )
        )

    async def write(self, text: str) -> Signal:
        """Append text and tell the room."""
        self._stage, self._told_at = "writing", time.monotonic()
        async with self._turn:
            event = ReplyDelta(
                room=self._room,
                reply=self._reply,
                attempt=self._attempt,
                offset=self._offset,
                text=text,
            )
            self._pieces.append(text)
            self._offset += len(text)
            return await self._flush(event, event.offset, text)

    async def beat(self) -> Signal:
        """Say that this attempt lives, and hear whether it should stop.

        Readers are told once that the model is silent; while it reads it has nothing to say.
        """
        silent = time.monotonic() - self._told_at >= SILENT_S
        if silent and self._stage not in ("retrieving", "waiting"):
            return await self.tell_stage("waiting")
        return await self._tell(None)

    async def settle(self) -> None:
        """Tell the whole text if Redis was away for a part of it. Call before the reply ends."""
        if self._behind:
            await self._tell(None)

    async def close(self) -> None:
        """Give the connection back."""
        await self._redis.aclose()

    async def _tell(self, event: Event | None) -> Signal:
        async with self._turn:
            return await self._flush(event)

    async def _flush(self, event: Event | None, offset: int = 0, text: str = "") -> Signal:
        """A Redis that is away does not end the reply: the text is sent whole when it is back."""
        try:
            if self._behind:
                return await self._catch_up(event)
            signal = await self._call(event, offset, text)
            return await self._catch_up(event) if signal == "lost" else signal
        except redis.RedisError as error:
            self._behind = True
            logger.warning("reply_stream_away", reply=self._reply, error=str(error))
            return "go"

    async def _catch_up(self, event: Event | None) -> Signal:
        """Raise the fence again and put the whole text in one entry."""
        opened = await self._open_script(keys=[self._key("fence")], args=[self._attempt, KEPT_S])
        if opened == b"fenced":
            return "fenced"
        text = self.text
        if text:
            event = ReplySnapshot(
                room=self._room, reply=self._reply, attempt=self._attempt, text=text
            )
        signal = await self._call(event, 0, text)
        self._behind = signal == "lost"
        return "go" if signal == "lost" else signal

    async def _call(self, event: Event | None, offset: int, text: str) -> Signal:
        self._entries += bool(text)
        keys = [self._key(part) for part in ("text", "fence", "alive", f"stop:{self._attempt}")]
        answer = await self._flush_script(
            keys=keys,
            args=[
                self._attempt,
                self._entries,
                offset,
                text,
                self._channel,
                self._frame(event, offset + len(text)) if event else b"",
                KEPT_S,
                ALIVE_S,
            ],
        )
        signal: Signal = answer.decode()
        return signal

    def _frame(self, event: Event, end: int) -> bytes:
        stream = {"reply": self._reply, "attempt": self._attempt, "end": end}
        return layer_bytes(room_message(self._room_id, event, **stream))

    def _key(self, part: str) -> str:
        return reply_key(self._reply, part)


def reply_key(reply: str, part: str) -> str:
    """The Redis key of a reply's text, fence, sign of life or stop flag."""
    return f"echomind:reply:{{{reply}}}:{part}"


async def read_text(client: redis.asyncio.Redis, reply: str, attempt: int) -> str:
    """The text that an attempt has written so far."""
    text = ""
    for _id, entry in await client.xrange(reply_key(reply, "text"), f"{attempt}-0", f"{attempt}"):
        text = text[: int(entry[b"offset"])] + entry[b"text"].decode()
    return text


def ask_to_stop(reply: str, attempt: int) -> None:
    """Raise the flag that the writer of this attempt reads at its next flush or beat.

    Raises StopUnavailableError while Redis is away.
    """
    try:
        shared_client().set(reply_key(reply, f"stop:{attempt}"), 1, ex=KEPT_S)
    except redis.RedisError as error:
        raise StopUnavailableError from error


def was_asked_to_stop(reply: str, attempt: int) -> bool:
    """Whether the flag of `ask_to_stop` is up."""
    return bool(shared_client().exists(reply_key(reply, f"stop:{attempt}")))


def living(replies: list[tuple[str, int]]) -> set[str]:
    """Which of the (reply, attempt) pairs have a writer that was heard of lately."""
    if not replies:
        return set()
    keys = [reply_key(reply, "alive") for reply, _ in replies]
    signs = cast("list[bytes | None]", shared_client().mget(keys))
    return {
        reply
        for (reply, attempt), sign in zip(replies, signs, strict=True)
        if sign is not None and int(sign) == attempt
    }


def forget_text(replies: Sequence[str]) -> None:
    """Delete the live texts of replies that are no more, and fence off whoever still writes one.

    While Redis is away they end by themselves, within the hour.
    """
    try:
        with shared_client().pipeline(transaction=False) as pipeline:
            for reply in replies:
                pipeline.set(reply_key(reply, "fence"), NO_ATTEMPT, ex=KEPT_S)
                pipeline.delete(reply_key(reply, "text"), reply_key(reply, "alive"))
            pipeline.execute()
    except redis.RedisError as error:
        logger.warning("text_not_forgotten", error=str(error))
