"""`manage.py gpu_worker`: a Celery worker of queue `gpu` and the vLLM server that it owns.

Both are children here, so that neither shares an event loop with the other and the card is free as
soon as this process ends, however it ends.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from ai.models import Model, ModelServer
from ai.placement import SIGN_EVERY, give_up_server, show_life, take_server
from echomind.common.machine_cache import cache_folder
from echomind.stack.errors import StackError
from echomind.stack.gpu_registry import (
    adapters_of,
    address_of,
    choose_server,
    is_adapter,
    key_of,
    served_model,
)
from echomind.stack.leftovers import end_leftovers, only_one_here
from echomind.stack.supervisor import TICK_S, Supervisor
from echomind.stack.vllm_checkpoint import checkpoint_of
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings, vllm_python
from echomind.stack.workers import StreamingWorker

HUNG_AFTER_S = 60.0  # a server that has answered once and then not for so long is started again


class GpuWorker:
    """One card's worth of replies. `folder` keeps its logs and its note of running processes."""

    def __init__(self, name: str, folder: Path, tell: Callable[[str], None]) -> None:
        self._name, self._folder, self._tell = name, folder, tell
        self._supervisor = Supervisor(folder / "run", folder / "log", tell)
        self._adapters: Mapping[str, str] = {}  # as the registry had them when it was last read
        self._signed_at = self._answered_at = 0.0

    def run(self) -> None:
        """Serve until a signal. Raises StackError where it cannot begin, with nothing left running."""
        with only_one_here(self._folder / "run"):
            end_leftovers(self._folder / "run")
            row = choose_server(self._name)
            model = served_model(row)
            server = VllmServer(self._settings(row, model), self._folder / "log" / "vllm.log")
            self._tell(f"Loading {server.settings.name} (log: {server.log}).")
            connection.close()  # minutes pass
            try:
                self._supervisor.start(server)  # first: a worker without it would only fail replies
                self._own(row, model, server)
            finally:
                self._tell("Stopping.")
                self._supervisor.stop_all()

    def _settings(self, row: ModelServer, model: Model) -> VllmSettings:
        host, port = address_of(row)
        self._adapters = adapters_of(model)
        return VllmSettings(
            checkpoint=checkpoint_of(model.name, vllm_python(), cache_folder(), self._tell),
            name=model.name,
            host=host,
            port=port,
            api_key=key_of(row),
            adapters=self._present(),
            context=model.context_tokens,
        )

    def _own(self, row: ModelServer, model: Model, server: VllmServer) -> None:
        """Write the replies of this server until a signal; then give it up before it is gone."""
        if not take_server(row):
            raise StackError(f"Another GPU worker owns “{row.name}”.")
        worker = StreamingWorker(
            {"DJANGO_SETTINGS_MODULE": "echomind.settings.prod"},  # whatever this command has
            self._folder / "log" / "gpu-worker.log",
            settings.GPU_REPLY_CONCURRENCY,
        )
        try:
            self._supervisor.launch(worker)
            self._tell(f"“{row.name}” serves {server.settings.name} at {server.url}")
            self._watch(row, model, server)
        finally:
            with suppress(DatabaseError):  # silence says the same, a little later
                give_up_server(row)

    def _watch(self, row: ModelServer, model: Model, server: VllmServer) -> None:
        while True:
            self._supervisor.look_once()
            if time.monotonic() - self._signed_at > SIGN_EVERY.total_seconds():
                self._signed_at = time.monotonic()
                self._look_at(row, model, server)
            time.sleep(TICK_S)

    def _look_at(self, row: ModelServer, model: Model, server: VllmServer) -> None:
        """Show life while the server answers, and end one that hangs: the supervisor starts it."""
        if server.is_ready():
            self._answered_at = self._signed_at
            self._sign(row, model, server)
        elif server.is_running and self._is_hung(server):
            self._tell("vLLM does not answer any more.")
            server.kill()

    def _is_hung(self, server: VllmServer) -> bool:
        is_starting = self._answered_at < server.launched_at
        patience = server.ready_within_s if is_starting else HUNG_AFTER_S
        return time.monotonic() - max(self._answered_at, server.launched_at) > patience

    def _sign(self, row: ModelServer, model: Model, server: VllmServer) -> None:
        try:
            show_life(row)
            wanted = adapters_of(model)
        except DatabaseError as failure:  # replies go elsewhere until it is back
            self._tell(f"The database does not answer: {failure}")
            connection.close()
            return
        if wanted != self._adapters:
            self._adapters = wanted
            for trouble in server.change_adapters(self._present()):
                self._tell(trouble)

    def _present(self) -> Mapping[str, str]:
        """The adapters whose folders are on this machine; of the others the terminal is told."""
        for name, folder in self._adapters.items():
            if not is_adapter(folder):
                self._tell(f"The adapter {name} is left out: there is none in {folder}")
        return {name: path for name, path in self._adapters.items() if is_adapter(path)}
