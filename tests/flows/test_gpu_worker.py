"""`manage.py gpu_worker` beside a running site, with a program that stands for vLLM."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ai.models import ModelServer
from chat.models import Reply
from echomind.common.queues import Queue
from tests.fakes.vllm_program import TEXT, engine_in, python_in
from tests.flows.client import Person
from tests.flows.conftest import OnSite
from tests.flows.speaking import answer_to, ask
from tests.live.gpu import GpuWorkerProcess, have_ended, register_card
from tests.live.site import LiveSite
from tests.live.waiting import until

pytestmark = pytest.mark.timeout(300)  # three programs start for each


@pytest.fixture
def card(live_site: LiveSite, room: str) -> Iterator[ModelServer]:
    """The server of the registry whose model the room wants."""
    server = register_card(room, "large")
    yield server
    server.delete()


@pytest.fixture
def gpu(live_site: LiveSite, card: ModelServer, tmp_path: Path) -> Iterator[GpuWorkerProcess]:
    """A GPU worker that owns that server."""
    worker = GpuWorkerProcess(live_site, python_in(tmp_path))
    worker.launch()
    try:
        worker.wait_until_ready()
        yield worker
    finally:
        worker.stop()


async def test_a_killed_server_comes_back_and_leaves_no_engine(
    gpu: GpuWorkerProcess, owner: Person, room: str, assistant: str, tmp_path: Path
) -> None:
    first, engine = gpu.server(), psutil.Process(engine_in(tmp_path))
    first.kill()
    await until(lambda: _runs_another(tmp_path, engine))
    assert have_ended([engine])
    assert await _asked(owner, room, assistant) == TEXT


async def test_it_writes_the_replies_of_its_server_until_a_stop_frees_the_card(
    gpu: GpuWorkerProcess, owner: Person, room: str, assistant: str, on_site: OnSite
) -> None:
    assert await _asked(owner, room, assistant) == TEXT
    assert await on_site(_last_queue) == Queue.GPU
    processes = gpu.processes()
    gpu.stop()
    assert have_ended(processes)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await ask(socket, room, assistant)
    assert await on_site(_last_queue) == Queue.REPLIES


async def _asked(person: Person, room: str, assistant: str) -> str:
    """The text of the answer to a question."""
    async with await person.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.finished", reply=reply)
    return str((await answer_to(person, room, reply))["text"])


def _last_queue() -> str:
    return Reply.objects.latest("created_at").queue


async def _runs_another(folder: Path, engine: psutil.Process) -> bool:
    return engine_in(folder) != engine.pid
