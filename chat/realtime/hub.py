"""One per web process: the only receiver of the channel layer, and the register of the process's tabs.

The layer is a bell that may be lost. What the hub promises to its tabs (every durable event, once, in
order) it takes from Postgres whenever a number is missing.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import redis
import structlog
from channels.layers import get_channel_layer

from chat.realtime.events import MemberLeft, encode
from chat.realtime.feed import Feed, frames_of
from chat.realtime.groups import room_group, user_group
from chat.realtime.socket import NOT_SIGNED_IN, Frame, Socket
from chat.realtime.threads import in_thread
from chat.selectors.replay import events_of_room

logger = structlog.get_logger(__name__)

GAP_PATIENCE_S = 0.05  # two senders may ring in the other order than they committed
LAYER_PATIENCE_S = 2.0


class Hub:
    """The process's rooms and tabs. All methods run on the event loop and none waits for a tab."""

    def __init__(self) -> None:
        self.feeds: dict[int, Feed] = {}
        self.sockets: dict[int, set[Socket]] = defaultdict(set)
        self.members: dict[int, set[int]] = defaultdict(set)  # room -> users with a tab here
        self.dirty: set[int] = set()  # rooms in which somebody may have unread messages now
        self.changed_users: set[int] = set()  # users whose memberships must be read again
        self._layer = get_channel_layer()
        self._channel = ""
        self._listening = asyncio.Event()
        self._groups: set[str] = set()
        self._regrouping = asyncio.Lock()  # a group is left or joined, never both at once
        self._filling: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, socket: Socket, room_ids: Iterable[int]) -> None:
        """Register a tab and the rooms its user belongs to."""
        self.sockets[socket.user_id].add(socket)
        for room_id in room_ids:
            self.members[room_id].add(socket.user_id)

    def remove(self, socket: Socket) -> None:
        """Forget a tab, and with a user's last one here the user."""
        for room_id in list(socket.views):
            self.close_room(socket, room_id)
        tabs = self.sockets[socket.user_id]
        tabs.discard(socket)
        if not tabs:
            del self.sockets[socket.user_id]
            self._forget_member(socket.user_id)

    def set_rooms(self, user_id: int, room_ids: set[int]) -> None:
        """Note a user's memberships anew."""
        self._forget_member(user_id)
        for room_id in room_ids:
            self.members[room_id].add(user_id)

    def watched_by(self, user_ids: Iterable[int]) -> set[tuple[int, int]]:
        """The (user, room) pairs for which a tab of one of these users has the room open."""
        return {
            (user_id, room_id)
            for user_id in user_ids
            for socket in self.sockets.get(user_id, ())
            for room_id in socket.views
        }

    def _forget_member(self, user_id: int) -> None:
        for room_id in [room for room, users in self.members.items() if user_id in users]:
            self.members[room_id].discard(user_id)
            if not self.members[room_id]:
                del self.members[room_id]

    def feed(self, room_id: int, slug: str) -> Feed:
        """The room's feed in this process, made with its first tab."""
        if room_id not in self.feeds:
            self.feeds[room_id] = Feed(room_id, slug)
        return self.feeds[room_id]

    def close_room(self, socket: Socket, room_id: int) -> None:
        """Stop following a room; the last tab takes the feed with it."""
        socket.views.pop(room_id, None)
        feed = self.feeds.get(room_id)
        if feed is not None:
            feed.tabs.pop(socket, None)
            if not feed.tabs:
                del self.feeds[room_id]

    def wanted_groups(self) -> set[str]:
        """The groups this process must hear: open rooms, members' rooms, users."""
        rooms = {*self.feeds, *self.members}
        return {room_group(room) for room in rooms} | {user_group(user) for user in self.sockets}

    async def subscribe(self, *groups: str) -> None:
        """Hear these groups now. While Redis is away this fails quietly; `resubscribe` makes it good."""
        if self._groups.issuperset(groups):
            return
        try:
            async with asyncio.timeout(LAYER_PATIENCE_S), self._regrouping:
                await self._listening.wait()
                for group in groups:
                    if group not in self._groups:
                        await self._layer.group_add(group, self._channel)
                        self._groups.add(group)
        except (redis.RedisError, OSError, TimeoutError) as error:
            logger.warning("layer_away", error=str(error))

    async def resubscribe(self) -> None:
        """Bring the layer's groups in line with the tabs."""
        for group in self._groups - self.wanted_groups():
            async with self._regrouping:
                if group not in self.wanted_groups():  # nobody has come for it meanwhile
                    self._groups.discard(group)
                    await self._layer.group_discard(group, self._channel)
        await self.subscribe(*self.wanted_groups())

    async def listen(self) -> None:
        """Pass on what the layer brings, for as long as it can be reached."""
        self._groups.clear()
        self._channel = await self._layer.new_channel()
        self._listening.set()
        while True:
            message = await self._layer.receive(self._channel)
            kind = message.pop("type")
            if kind == "room.frame":
                self._take_room_frame(message)
            elif kind == "user.revoked":
                self.revoke(message["user"], message["session"])
            elif kind == "user.rooms":
                self.changed_users.add(message["user"])
                self.put_out(message["user"], message["lost"])
            elif kind == "user.read":
                self.dirty.add(message["room"])

    def put_out(self, user_id: int, room_id: int) -> None:
        """Tell a user's tabs that they are out of a room, and close it for them."""
        feed = self.feeds.get(room_id)
        for socket in self.sockets.get(user_id, ()):
            if feed is not None and room_id in socket.views:
                socket.offer(encode(MemberLeft(room=feed.slug, username=socket.username)))
                self.close_room(socket, room_id)

    def revoke(self, user_id: int, session_key: str | None) -> None:
        """Close a user's tabs: those of one session, or all."""
        for socket in tuple(self.sockets.get(user_id, ())):
            if session_key is None or socket.credential.session_key == session_key:
                socket.close(NOT_SIGNED_IN)

    def _take_room_frame(self, message: dict[str, Any]) -> None:
        room_id: int = message.pop("room")
        frame = Frame(**message)
        if frame.seq:
            self.dirty.add(room_id)
        feed = self.feeds.get(room_id)
        if feed is not None:
            feed.take(frame)
            if feed.has_gap:
                self.fill_later(feed)

    def fill_later(self, feed: Feed) -> None:
        """Give a late bell a moment, then read on from Postgres."""
        if feed.room_id in self._filling:
            return
        self._filling.add(feed.room_id)
        task = asyncio.ensure_future(self._fill(feed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fill(self, feed: Feed) -> None:
        try:
            await asyncio.sleep(GAP_PATIENCE_S)
            await self._read_on(feed)
        finally:
            self._filling.discard(feed.room_id)

    async def _read_on(self, feed: Feed) -> None:
        """Read the durable events after the feed's newest from Postgres and pass them on."""
        if feed.seq is None:
            return
        for event in await in_thread(events_of_room, feed.room_id, feed.seq):
            for frame in frames_of(event) if event.seq > feed.seq else ():
                feed.take(frame)
        self.dirty.add(feed.room_id)
