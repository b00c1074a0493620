"""One person who asks an assistant far more than others, and asks again whatever is refused."""

import asyncio

from bench.load.sending import Sender, join
from bench.load.streaming import QUESTION
from bench.population import ASSISTANT, People
from chat.errors import QueueFullError

ENDS = (b'{"type":"reply.finished"', b'{"type":"reply.failed"')


class Flood:
    """The first of `people`, with an open socket. `is_full` is set once a question was refused:
    then the person has as many waiting as one may have.
    """

    def __init__(self, people: People) -> None:
        self.asker = people.users[0]
        self.is_full = asyncio.Event()
        self._place = asyncio.Event()
        self._sender: Sender

    @classmethod
    async def at(cls, port: int, people: People) -> "Flood":
        """A flood that has not begun."""
        flood = cls(people)
        flood._sender = await join(port, people.room.slug, people.tokens[0], flood.hear)
        await flood._sender.command(type="room.open", room=people.room.slug)
        return flood

    def hear(self, frame: bytes) -> None:
        """Note that a reply has ended: there may be a place for another question."""
        if frame.startswith(ENDS):
            self._place.set()

    async def ask(self, questions: int) -> None:
        """Return when so many questions were taken; their answers may still be to come."""
        for _ in range(questions):
            self._place.clear()
            while not await self._is_taken():
                self.is_full.set()
                await self._place.wait()
                self._place.clear()

    async def _is_taken(self) -> bool:
        try:
            await self._sender.say(QUESTION, to={"kind": "assistant", "username": ASSISTANT})
        except ConnectionError as refusal:
            if QueueFullError.code not in str(refusal):
                raise
            return False
        return True
