"""Tells rooms who came online and who left, for all users of this process together.

What it goes by is who has a tab here at the moment it looks, so a storm of reconnects is one step,
and a step that failed is made good by the next.
"""

import time
from collections.abc import Iterable

from chat.realtime.events import PresenceChanged
from chat.realtime.hub import Hub
from chat.realtime.presence import Presence
from chat.realtime.publish import tell_room
from chat.realtime.threads import in_thread
from chat.selectors.standing import names_and_rooms

FAREWELL_S = 3.0  # a page that is only being reloaded is back by then
QUIET_ABOVE = 100  # tabs: a larger room shows presence as it was when the page was read


class Attendance:
    """Who of this process's users has been announced."""

    def __init__(self, hub: Hub, presence: Presence) -> None:
        self._hub, self._presence = hub, presence
        self._announced: set[int] = set()
        self._missed_since: dict[int, float] = {}  # announced users without a tab here

    async def follow(self) -> None:
        """Announce users whose first tab opened, and those whose last one closed a while ago."""
        here, now = set(self._hub.sockets), time.monotonic()
        came = here - self._announced
        missed = self._announced - here
        self._missed_since = {user: self._missed_since.get(user, now) for user in missed}
        left = {user for user, since in self._missed_since.items() if now - since >= FAREWELL_S}
        if came:
            await self._tell(await self._presence.arrive(came), online=True)
            self._announced |= came
        if left:
            await self._tell(await self._presence.depart(left), online=False)
            self._announced -= left

    async def renew(self) -> None:
        """Prolong the terms of this process and tell of users whose process died."""
        await self._presence.renew(self._hub.sockets)
        await self._tell(await self._presence.expire(), online=False)

    async def _tell(self, user_ids: set[int], *, online: bool) -> None:
        if not user_ids:
            return
        quiet = {room for room, feed in self._hub.feeds.items() if len(feed.tabs) > QUIET_ABOVE}
        rows = await in_thread(names_and_rooms, user_ids)
        await in_thread(
            _announce,
            [
                (room_id, PresenceChanged(room=slug, username=username, online=online))
                for username, room_id, slug in rows
                if room_id not in quiet
            ],
        )


def _announce(changes: Iterable[tuple[int, PresenceChanged]]) -> None:
    for room_id, event in changes:
        tell_room(room_id, event)
