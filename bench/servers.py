"""The servers that are measured: the site's own processes, and the floors beside them."""

import importlib.util
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from echomind.stack.child import Program
from echomind.stack.ports import LOOPBACK, free_port
from echomind.stack.service import Service
from echomind.stack.web import WebServer, listen
from echomind.stack.workers import Worker

REPLIES_AT_ONCE = 2


def pid_of(service: Service) -> int:
    """The process of a running part."""
    assert service.child, f"{service.name} is not started"
    return service.child.pid


class Floor(Service):
    """A module of `bench.floors` on a port of its own: `python -m bench.floors.NAME PORT`."""

    def __init__(self, module: str, folder: Path) -> None:
        super().__init__()
        self.module = f"bench.floors.{module}"
        assert importlib.util.find_spec(self.module), self.module
        self.name, self.log, self.port = module, folder / f"{module}.log", free_port()

    def program(self) -> Program:
        return Program([sys.executable, "-m", self.module, str(self.port)], self.log)

    def is_ready(self) -> bool:
        try:
            socket.create_connection((LOOPBACK, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    @property
    def pids(self) -> list[int]:
        return [pid_of(self)]


class Site:
    """A web process as `manage.py up` runs it, with `environment` on top; a worker if replies are
    written.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], *, with_worker: bool) -> None:
        self._listening = listen(LOOPBACK, 0)
        self.port = int(self._listening.getsockname()[1])
        address = f"http://{LOOPBACK}:{self.port}"
        ours = {"SITE_URL": address, "SOCKET_ORIGINS": address, **environment}
        self._parts: list[Service] = [WebServer(1, self._listening, ours, folder / "web.log")]
        if with_worker:
            self._parts.append(Worker(ours, folder / "worker.log", REPLIES_AT_ONCE))

    def start(self) -> None:
        """Start and wait until ready; the worker is when it runs, and takes what then waits."""
        for part in self._parts:
            part.launch()
        for part in self._parts:
            part.wait_until_ready()

    def stop(self) -> None:
        """End it."""
        for part in self._parts:
            part.stop()
        self._listening.close()

    @property
    def pids(self) -> list[int]:
        """The web process first."""
        return [pid_of(part) for part in self._parts]
