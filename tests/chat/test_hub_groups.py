"""The groups a process hears: a room that somebody comes back to is not left at that very moment."""

import asyncio
from typing import Any

from chat.realtime.groups import room_group
from chat.realtime.hub import Hub


class SlowLayer:
    """Keeps every change of a group waiting until it is told to go on."""

    def __init__(self) -> None:
        self.heard: set[str] = set()
        self.leaving = asyncio.Event()
        self.go_on = asyncio.Event()

    async def group_add(self, group: str, channel: str) -> None:
        self.heard.add(group)

    async def group_discard(self, group: str, channel: str) -> None:
        self.leaving.set()
        await self.go_on.wait()
        self.heard.discard(group)


async def following(*rooms: int) -> tuple[Hub, SlowLayer, Any]:
    """A hub that hears these rooms, whose tabs have all just left."""
    hub, layer = Hub(), SlowLayer()
    hub._layer, hub._channel = layer, "here"
    hub._listening.set()
    await hub.subscribe(*map(room_group, rooms))
    return hub, layer, asyncio.create_task(hub.resubscribe())


async def test_a_room_that_a_tab_comes_back_to_while_others_are_left_is_heard() -> None:
    hub, layer, leaving = await following(1, 2)
    await layer.leaving.wait()
    for room in (1, 2):
        hub.feed(room, f"room {room}")
    coming = [asyncio.create_task(hub.subscribe(room_group(room))) for room in (1, 2)]
    await asyncio.sleep(0)
    layer.go_on.set()
    await asyncio.gather(leaving, *coming)
    assert layer.heard == {room_group(1), room_group(2)}


async def test_a_room_that_nobody_comes_back_to_is_left() -> None:
    _, layer, leaving = await following(1)
    layer.go_on.set()
    await leaving
    assert layer.heard == set()
