"""What every benchmark gets: its scale, and servers started on the right cores."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bench.processor import Cores, every_core, pin
from bench.real_model import RealModel, running_model
from bench.scale import Scale
from bench.servers import Floor, Site
from bench.stores import Stores
from tests.fakes.model_server import ModelServer

NO_LIMIT = "100000"  # of frames, sockets and messages: the load is not an attack


@dataclass(frozen=True, slots=True)
class Stage:
    """Servers run only inside the context that started them."""

    scale: Scale
    stores: Stores
    cores: Cores
    model: ModelServer

    @contextmanager
    def real_model(self, *, reply_tokens: int) -> Iterator[tuple["Stage", RealModel]]:
        """A stage without separate cores, and the embedded language model on it."""
        open_stage = replace(self, cores=every_core())
        open_stage.pin_load()
        try:
            with running_model(self.stores.folder, reply_tokens=reply_tokens) as model:
                yield open_stage, model
        finally:
            self.pin_load()

    def pin_load(self) -> None:
        """Keep the load and the stores on their cores."""
        for pid in (os.getpid(), *self.stores.pids):
            pin(pid, self.cores.load)

    @contextmanager
    def site(self, *, with_worker: bool = False, **environment: str) -> Iterator[Site]:
        """A running site on the server's core; `environment` changes its settings."""
        ours = {
            "LLM_BASE_URL": self.model.base_url,
            "SOCKET_FRAMES_PER_S": NO_LIMIT,
            "SOCKETS_PER_USER": NO_LIMIT,
            "MESSAGES_PER_MINUTE": NO_LIMIT,
            **environment,
        }
        site = Site(self.stores.folder, ours, with_worker=with_worker)
        site.start()
        try:
            for pid in site.pids:
                pin(pid, self.cores.server)
            yield site
        finally:
            site.stop()

    @contextmanager
    def floor(self, module: str) -> Iterator[Floor]:
        """A running floor on the server's core."""
        floor = Floor(module, self.stores.folder)
        floor.launch()
        floor.wait_until_ready()
        try:
            for pid in floor.pids:
                pin(pid, self.cores.server)
            yield floor
        finally:
            floor.stop()
