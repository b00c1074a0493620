"""Reads what Redis holds of replies in progress, and notices when Redis has lost it."""

import secrets

import redis
import redis.asyncio
import structlog

from chat.realtime.events import ReplySnapshot, ReplyStarted
from chat.realtime.reply_stream import read_text

logger = structlog.get_logger(__name__)

EPOCH_KEY = "echomind:epoch"


class LiveText:
    """`epoch` names the present memory of Redis; it changes when a flush or a loss empties it.

    `owed` is set while a reader had to be left with the text at hand, because Redis was away.
    """

    def __init__(self, client: redis.asyncio.Redis) -> None:
        self._redis = client
        self.epoch = ""
        self.owed = False

    async def epoch_changed(self) -> bool:
        """Read the epoch, or begin one; True if it is another than before."""
        await self._redis.set(EPOCH_KEY, secrets.token_hex(8), nx=True)
        before, self.epoch = self.epoch, (await self._redis.get(EPOCH_KEY) or b"").decode()
        return before not in ("", self.epoch)

    async def known_epoch(self) -> str:
        """The epoch, read now if it was never read; empty while Redis is away."""
        if not self.epoch:
            try:
                await self.epoch_changed()
            except redis.RedisError as error:
                logger.warning("epoch_unknown", error=str(error))
        return self.epoch

    async def snapshot(self, running: ReplyStarted) -> ReplySnapshot | None:
        """The whole text of a reply in progress; None where there is none, or none is known: an
        empty text would take from readers what they have.
        """
        try:
            text = await read_text(self._redis, running.reply, running.attempt)
        except redis.RedisError as error:
            logger.warning("live_text_unknown", reply=running.reply, error=str(error))
            self.owed = True
            return None
        if not text:
            return None
        return ReplySnapshot(
            room=running.room, reply=running.reply, attempt=running.attempt, text=text
        )
