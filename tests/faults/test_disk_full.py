"""No room on the disk: what cannot be kept is refused with a clean error, and nothing else is lost."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest
import redis

from tests.fakes.model_server import ModelServer
from tests.faults.site import FaultSite
from tests.flows.client import ApiError, Person
from tests.flows.client.shapes import Json
from tests.flows.client.tab import open_tab
from tests.flows.speaking import assistant_of
from tests.live.waiting import until

pytestmark = pytest.mark.faults

DISK_MIB = 2
SENDS_TO_FILL = 50  # what was already claimed of the disk still takes a few messages


class SmallDisk:
    """A file system of its own, on which the site's messages lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave no block free."""
        taken = self._filler.open("wb", buffering=0)
        with taken, pytest.raises(OSError, match="No space left"):
            taken.writelines(repeat(bytes(4096)))

    def make_room(self) -> None:
        """Free what `fill` took."""
        self._filler.unlink()


@pytest.fixture
def small_disk(fault_site: FaultSite) -> Iterator[SmallDisk]:
    """A disk of two megabytes to which the table of messages has moved."""
    folder = fault_site.folder / "small-disk"
    folder.mkdir()
    owner = fault_site.postgres.cluster.stat()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", folder], check=True)
    space = folder / "space"
    space.mkdir()
    os.chown(space, owner.st_uid, owner.st_gid)
    with fault_site.postgres._connect_admin("faults") as admin:
        admin.execute(f"CREATE TABLESPACE small LOCATION '{space}'")  # type: ignore[arg-type]
        admin.execute("ALTER TABLE chat_message SET TABLESPACE small")
        yield SmallDisk(folder)
        admin.execute("ALTER TABLE chat_message SET TABLESPACE pg_default")
        admin.execute("DROP TABLESPACE small")
    subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
async def test_a_full_disk_refuses_messages_cleanly_until_there_is_room(
    fault_site: FaultSite, small_disk: SmallDisk, people: list[Person], room: str
) -> None:
    acknowledged = [await people[0].send(room, "before")]
    small_disk.fill()
    taken, refusal = await send_until_refused(people[0], room)
    acknowledged += taken
    assert (refusal.status, refusal.code) == (503, "database_unavailable")
    assert await people[1].messages(room) == acknowledged
    small_disk.make_room()
    async with open_tab(people[0], room) as tab:
        acknowledged.append(await tab.send("after"))
        tab.view.assert_sound()
    assert await people[1].messages(room) == acknowledged
    assert [message["seq"] for message in acknowledged] == list(range(1, len(acknowledged) + 1))


async def test_a_redis_that_cannot_write_delays_answers_and_refuses_no_message(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text="at last")
    to = {"kind": "assistant", "username": await assistant_of(people[0], room)}

    async def worker_gave_up() -> bool:
        return not fault_site.worker.is_running

    with redis.Redis.from_url(fault_site.redis_url) as client:
        client.config_set("min-replicas-to-write", 1)  # refuses as with a full disk: reads alone
        try:
            async with open_tab(people[0], room) as tab:
                await tab.send("hello")
                question = await tab.send("anyone?", to=to)
            await until(worker_gave_up)
        finally:
            client.config_set("min-replicas-to-write", 0)
    assert question["reply"]["state"] == "queued"
    await fault_site.worker.come_back()  # as the supervisor lets it
    async with open_tab(people[1], room) as other:
        await other.caught_up(3, within=45)
        assert other.view.texts() == ["hello", "anyone?", "at last"]


async def send_until_refused(person: Person, room: str) -> tuple[list[Json], ApiError]:
    """What was acknowledged of a series of long messages, and the error that ended it."""
    taken: list[Json] = []
    while len(taken) < SENDS_TO_FILL:
        try:
            taken.append(await person.send(room, secrets.token_hex(3_900)))  # cannot be compressed
        except ApiError as refusal:
            return taken, refusal
    pytest.fail("The disk was not full.")
