"""`manage.py gpu_worker` with vLLM itself: a reply from the question to its end, and two kills."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psutil
import pytest
from django.utils import timezone

from ai.models import Adapter, Assistant, ModelServer
from chat.models import Reply
from echomind.common.queues import Queue
from echomind.stack.vllm_settings import vllm_python
from tests.flows.client import Person
from tests.flows.conftest import OnSite
from tests.flows.speaking import answer_to, ask
from tests.live.gpu import GpuWorkerProcess, have_ended, register_card
from tests.live.site import LiveSite
from tests.live.waiting import until
from tests.vllm.adapter import ADAPTER
from tests.vllm.conftest import MODEL
from tests.vllm.train_adapter import ANSWER

pytestmark = pytest.mark.timeout(1800)

START_WITHIN_S = 600
WRITTEN_WITHIN_S = 120
FREED_WITHIN_S = 60


@pytest.fixture
def card(live_site: LiveSite, room: str, assistant: str, adapter: Path) -> Iterator[ModelServer]:
    """The server of the registry whose model the room wants; the assistant speaks by the adapter."""
    server = register_card(room, MODEL, {ADAPTER: str(adapter)})
    persona = Assistant.objects.filter(user__username=assistant)
    persona.update(adapter=Adapter.objects.get(model__server=server))
    yield server
    persona.update(adapter=None)
    server.delete()


@pytest.fixture
def gpu(live_site: LiveSite, card: ModelServer) -> Iterator[GpuWorkerProcess]:
    """A GPU worker that owns that server."""
    worker = GpuWorkerProcess(live_site, vllm_python())
    worker.launch()
    try:
        worker.wait_until_ready()
        yield worker
    finally:
        worker.stop()


async def test_it_answers_with_the_adapter_and_again_after_a_kill_of_the_server(
    gpu: GpuWorkerProcess, card: ModelServer, owner: Person, room: str, assistant: str,
    on_site: OnSite,
) -> None:  # fmt: skip
    assert ANSWER in await _asked(owner, room, assistant)
    first = gpu.server()
    engines = first.children(recursive=True)
    first.kill()
    assert have_ended([first])
    killed = timezone.now()
    await until(lambda: on_site(_is_owned_since, card=card, moment=killed), within=START_WITHIN_S)
    assert have_ended(engines)
    assert ANSWER in await _asked(owner, room, assistant)
    assert await on_site(_queues) == [Queue.GPU, Queue.GPU]
    processes = gpu.processes()
    gpu.stop()
    assert have_ended(processes, within=FREED_WITHIN_S)


def test_its_own_kill_frees_the_card(gpu: GpuWorkerProcess) -> None:
    processes = gpu.processes()
    assert gpu.child
    psutil.Process(gpu.child.pid).kill()
    assert len(processes) > 2
    assert have_ended(processes, within=FREED_WITHIN_S)


async def _asked(person: Person, room: str, assistant: str) -> str:
    """The text of the answer to a question."""
    async with await person.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.finished", reply=reply, within=WRITTEN_WITHIN_S)
    return str((await answer_to(person, room, reply))["text"])


def _queues() -> list[str]:
    return list(Reply.objects.order_by("-created_at").values_list("queue", flat=True)[:2])


def _is_owned_since(card: ModelServer, moment: datetime) -> bool:
    """Whether the worker has shown life since then, as it does only while vLLM answers."""
    card.refresh_from_db(fields=["worker_seen_at"])
    return card.worker_seen_at is not None and card.worker_seen_at > moment
