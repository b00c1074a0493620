"""The hub's regular work: finds lost bells, keeps unread counts and presence true, sees lost rights."""

import asyncio
from collections.abc import Awaitable, Callable

import redis
import structlog
from django.db import DatabaseError

from chat.realtime.admission import still_good
from chat.realtime.attendance import Attendance
from chat.realtime.events import MemberLeft, UnreadChanged, encode
from chat.realtime.feed import whole_frame
from chat.realtime.hub import Hub
from chat.realtime.live_text import LiveText
from chat.realtime.socket import NOT_SIGNED_IN
from chat.realtime.threads import in_thread
from chat.selectors.room_list import unread_counts
from chat.selectors.standing import (
    public_among,
    room_seqs,
    rooms_joined,
    slugs_of,
)
from chat.selectors.unfinished import running_replies

logger = structlog.get_logger(__name__)

CHECK_S = 2.0  # how long a lost bell stays unnoticed
COUNT_S = 0.3  # how long unread counts are gathered
PRESENCE_S = 15.0
WELCOME_S = 10.0
LISTEN_AGAIN_S = 1.0


class Keeper:
    """Runs beside the hub; each duty on its own clock, none stopped by another's trouble."""

    def __init__(self, hub: Hub, attendance: Attendance, live_text: LiveText) -> None:
        self._hub, self._attendance, self._live_text = hub, attendance, live_text

    def duties(self) -> list[asyncio.Task[None]]:
        """Start everything, as tasks that end with the process."""
        clocks: list[tuple[Callable[[], Awaitable[None]], float]] = [
            (self.fill_gaps, CHECK_S),
            (self.count_unread, COUNT_S),
            (self.read_memberships, COUNT_S),
            (self._attendance.follow, COUNT_S),
            (self._attendance.renew, PRESENCE_S),
            (self.check_welcome, WELCOME_S),
            (self.check_rights, WELCOME_S),
            (self._hub.listen, LISTEN_AGAIN_S),
        ]
        return [asyncio.ensure_future(self._repeat(duty, pause)) for duty, pause in clocks]

    async def _repeat(self, duty: Callable[[], Awaitable[None]], pause: float) -> None:
        while True:
            try:
                await duty()
            except (DatabaseError, redis.RedisError, OSError, TimeoutError) as error:
                logger.warning("duty_failed", duty=duty.__name__, error=str(error))
            except Exception:  # a fault in one duty is shown; it must not make the process deaf
                logger.exception("duty_broken", duty=duty.__name__)
            await asyncio.sleep(pause)

    async def fill_gaps(self) -> None:
        """Compare each open room with Postgres; send live text again that Redis lost or kept back."""
        await self._hub.resubscribe()
        feeds = self._hub.feeds
        if not feeds:
            return
        seqs = await in_thread(room_seqs, list(feeds))
        for room_id, seq in seqs.items():
            feed = feeds.get(room_id)
            if feed is not None and feed.seq is not None and feed.seq < seq:
                self._hub.fill_later(feed)
        if await self._live_text.epoch_changed() or self._live_text.owed:
            await self._resend_live_text()

    async def _resend_live_text(self) -> None:
        replies = await in_thread(running_replies, list(self._hub.feeds))
        self._live_text.owed = False
        for room_id, running in replies:
            whole = await self._live_text.snapshot(running)
            feed = self._hub.feeds.get(room_id)
            if feed is not None and whole is not None:
                feed.take(whole_frame(whole))

    async def count_unread(self) -> None:
        """Tell tabs the true counts of rooms that changed and that they do not show."""
        dirty, self._hub.dirty = self._hub.dirty, set()
        slugs = await in_thread(slugs_of, dirty) if dirty else {}
        for room_id, slug in slugs.items():
            tabs = [
                socket
                for user_id in self._hub.members.get(room_id, ())
                for socket in self._hub.sockets.get(user_id, ())
                if room_id not in socket.views
            ]
            if tabs:
                counts = await in_thread(
                    unread_counts, room_id, list({socket.user_id for socket in tabs})
                )
                for socket in tabs:
                    event = UnreadChanged(room=slug, unread=counts.get(socket.user_id, 0))
                    socket.offer(encode(event))

    async def read_memberships(self) -> None:
        """Read the rooms of users who were let in or put out; close what they may not see."""
        changed, self._hub.changed_users = self._hub.changed_users, set()
        if not changed:
            return
        watched = self._hub.watched_by(changed)
        joined = await in_thread(rooms_joined, list(changed))
        for user_id, rooms in joined.items():
            self._hub.set_rooms(user_id, rooms)
            self._hub.dirty |= rooms
        for user_id, room_id in await _unseeable(watched, joined):
            self._close(user_id, room_id)
        await self._hub.resubscribe()

    def _close(self, user_id: int, room_id: int) -> None:
        """Take a room from all tabs of a user and tell them so."""
        feed = self._hub.feeds.get(room_id)
        if feed is None:
            return
        for tab in self._hub.sockets.get(user_id, ()):
            self._hub.close_room(tab, room_id)
            tab.offer(encode(MemberLeft(room=feed.slug, username=tab.username)))

    async def check_rights(self) -> None:
        """Find open rooms that their readers may not see any more.

        A bell may be lost, and a right may end at the very moment in which a room is opened.
        """
        watched = self._hub.watched_by(self._hub.sockets)
        joined = await in_thread(rooms_joined, list({user_id for user_id, _ in watched}))
        self._hub.changed_users |= {user for user, _ in await _unseeable(watched, joined)}

    async def check_welcome(self) -> None:
        """Close the tabs whose session or token ended without a bell, or by its time."""
        tabs = [tab for tabs in self._hub.sockets.values() for tab in tabs]
        if not tabs:
            return
        good = await in_thread(still_good, {tab.credential for tab in tabs})
        for tab in tabs:
            if tab.credential not in good:
                tab.close(NOT_SIGNED_IN)


async def _unseeable(
    watched: set[tuple[int, int]], joined: dict[int, set[int]]
) -> list[tuple[int, int]]:
    """Those of the watched (user, room) pairs that are neither joined nor public."""
    suspects = [(user, room) for user, room in watched if room not in joined[user]]
    public = await in_thread(public_among, {room for _, room in suspects}) if suspects else set()
    return [(user, room) for user, room in suspects if room not in public]
