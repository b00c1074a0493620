"""The clock of a web process jumps back: order is by number, and nobody is locked out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.flows.client.tab import open_tab
from tests.live.parts import WebProcess

pytestmark = pytest.mark.faults


class JumpingWeb(WebProcess):
    """A web process whose clock a test may set while it runs."""

    def __init__(self, site: FaultSite) -> None:
        self._offset = site.folder / "clock-offset"
        self.set_clock("+0")
        faketime = {
            "LD_PRELOAD": str(libfaketime()),
            "FAKETIME_TIMESTAMP_FILE": str(self._offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        super().__init__(site.folder, site.environment | faketime)

    def set_clock(self, offset: str) -> None:
        """Move the clock by an offset from the true time, like -1h."""
        self._offset.write_text(offset)


def libfaketime() -> Path:
    """The library that shifts a process's clock."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    assert found, "This test moves a clock: apt-get install libfaketime"
    return found[0]


@pytest.fixture
async def jumping(fault_site: FaultSite) -> AsyncIterator[JumpingWeb]:
    """A third web process of the site, with a clock of its own."""
    web = JumpingWeb(fault_site)
    await web.come_back()
    yield web
    web.stop()


async def test_messages_keep_their_order_when_the_clock_jumps_back_an_hour(
    jumping: JumpingWeb, people: list[Person], room: str
) -> None:
    async with (
        open_tab(people[0], room, jumping.address) as tab,
        open_tab(people[1], room) as other,
    ):
        await tab.send("before")
        jumping.set_clock("-1h")
        await tab.send("an hour earlier")
        await other.send("by the true clock")
        other.drop()
        await tab.send("after the return")
        for each in (tab, other):
            await each.caught_up(4)
            each.view.assert_same_as(await people[2].messages(room))
            each.view.assert_sound()
    first, second, third, _ = stored = await people[2].messages(room)
    assert second["created_at"] < first["created_at"] < third["created_at"]
    page = await people[2].message_page(room, before_seq=third["seq"], limit=1)
    assert page["results"] == [second]
    assert [message["seq"] for message in stored] == [1, 2, 3, 4]


async def test_people_sign_up_and_in_after_the_clock_has_jumped_back(
    jumping: JumpingWeb, people: list[Person]
) -> None:
    jumping.set_clock("-1h")
    newcomer = await Person.sign_up(jumping.address, f"late-{people[0].username}"[:30])
    assert (await newcomer.rooms())[0]["slug"]
