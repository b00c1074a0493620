"""`manage.py gpu_worker` as a process beside a live site, and the registry's rows for it."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil

from ai.models import Adapter, Model, ModelServer
from ai.types import ServerKind
from chat.models import Room
from echomind.stack.child import Program
from echomind.stack.ports import free_port
from tests.live.parts import SitePart
from tests.live.site import LiveSite

KEY_VARIABLE = "GPU_KEY"
KEY = "the key of the card"


class GpuWorkerProcess(SitePart):
    """The command with its two children. `python` is the one that has vLLM."""

    ready_within_s = 900.0

    def __init__(self, site: LiveSite, python: Path) -> None:
        environment = {
            **site.environment,
            "ECHOMIND_VLLM_PYTHON": str(python),
            "ECHOMIND_VLLM_ARGS": "--enforce-eager",
            KEY_VARIABLE: KEY,
        }
        super().__init__("gpu", site.folder, environment)
        self.folder = site.folder / "gpu"
        self.worker_log = self.folder / "log" / "gpu-worker.log"

    def launch(self) -> None:
        self.worker_log.unlink(missing_ok=True)
        super().launch()

    def program(self) -> Program:
        return Program(
            argv=[sys.executable, "manage.py", "gpu_worker"],
            log=self.log,
            environment=self.environment,
            grace_s=60,
        )

    def is_ready(self) -> bool:
        return self.worker_log.exists() and " ready." in self.worker_log.read_text()

    def processes(self) -> list[psutil.Process]:
        """Everything that runs below the command."""
        assert self.child
        return psutil.Process(self.child.pid).children(recursive=True)

    def server(self) -> psutil.Process:
        """The process of vLLM that listens, as the command has noted it."""
        noted = json.loads((self.folder / "run" / "children.json").read_text())
        return psutil.Process(next(child["pid"] for child in noted if child["name"] == "vllm"))


def register_card(room: str, model: str, adapters: Mapping[str, str] | None = None) -> ModelServer:
    """A vLLM server of the registry at a free address of this machine; the room wants its model."""
    server = ModelServer.objects.create(
        name="card",
        kind=ServerKind.VLLM,
        base_url=f"http://127.0.0.1:{free_port()}/v1",
        key_variable=KEY_VARIABLE,
    )
    held = Model.objects.create(server=server, name=model)
    for name, path in (adapters or {}).items():
        Adapter.objects.create(model=held, name=name, path=path)
    Room.objects.filter(slug=room).update(model=held)
    return server


def have_ended(processes: Iterable[psutil.Process], *, within: float = 10) -> bool:
    """Whether these processes end in time; a zombie has, and only waits to be counted."""
    _, alive = psutil.wait_procs(list(processes), timeout=within)
    return all(map(_is_zombie, alive))


def _is_zombie(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
