"""Brings a tab up to date with a room: what it missed from Postgres, live text from Redis, then live.

The tab's view is held from before the read until after the replay, so nothing falls in between and
nothing comes twice.
"""

from dataclasses import dataclass

from chat.errors import RoomNotFoundError
from chat.realtime.batch import Batch
from chat.realtime.events import ReplyStarted, encode
from chat.realtime.feed import frames_of
from chat.realtime.groups import room_group
from chat.realtime.hub import Hub
from chat.realtime.live_text import LiveText
from chat.realtime.socket import Socket, View
from chat.selectors.access import Access
from chat.selectors.replay import NOW, Replay, replays
from chat.selectors.standing import accesses


@dataclass(frozen=True, slots=True)
class Opening:
    """A room being opened: what the tab will be told, and its held view."""

    room_id: int
    slug: str
    replay: Replay
    view: View
    epoch: str

    def ack(self) -> dict[str, object]:
        """The fields of the acknowledgement; `reload` tells a tab that is too far behind."""
        fields: dict[str, object] = {"room": self.slug, "seq": self.replay.seq, "epoch": self.epoch}
        return fields | ({"reload": True} if self.replay.too_far else {})


class Resumer:
    """Opens rooms for the tabs of one process."""

    def __init__(self, hub: Hub, live_text: LiveText) -> None:
        self._hub, self._live_text = hub, live_text
        self._accesses: Batch[tuple[int, str], Access] = Batch(accesses)
        self._replays: Batch[tuple[int, int], Replay] = Batch(replays)

    async def access(self, socket: Socket, slug: str) -> Access:
        """What the tab's user may do in a room. Raises RoomNotFoundError."""
        access = await self._accesses.get((socket.user_id, slug))
        if access is None:
            raise RoomNotFoundError
        return access

    async def open(self, socket: Socket, slug: str, after_seq: int | None) -> Opening:
        """Hold the tab's view of the room and read what it needs. Raises RoomNotFoundError."""
        room = (await self.access(socket, slug)).room
        view = socket.views[room.pk] = View(held=[])
        self._hub.feed(room.pk, slug).tabs[socket] = view
        await self._hub.subscribe(room_group(room.pk))
        # Read after subscribing: whatever is committed later is heard.
        replay = await self._replays.get((room.pk, NOW if after_seq is None else after_seq))
        if replay is None or socket.views.get(room.pk) is not view:  # gone, or taken meanwhile
            self._hub.close_room(socket, room.pk)
            raise RoomNotFoundError
        self._hub.feed(room.pk, slug).begin(replay.seq)
        view.seq = replay.seq
        return Opening(room.pk, slug, replay, view, await self._live_text.known_epoch())

    async def follow(self, socket: Socket, opening: Opening) -> None:
        """After the acknowledgement: the missed events, the replies in progress, then live frames."""
        replay = opening.replay
        missed = () if replay.too_far else replay.events
        for frame in (frame for event in missed for frame in frames_of(event)):
            opening.view.note(frame)
            socket.offer(frame.text)
        for event in replay.unfinished:
            socket.offer(encode(event))
            if isinstance(event, ReplyStarted):
                await self._follow_text(socket, opening.view, event)
        feed = self._hub.feeds.get(opening.room_id)
        if feed is not None:
            feed.release(socket)

    async def _follow_text(self, socket: Socket, view: View, running: ReplyStarted) -> None:
        snapshot = await self._live_text.snapshot(running)
        if snapshot is not None:
            view.replies[running.reply] = (running.attempt, len(snapshot.text))
            socket.offer(encode(snapshot))
