"""A site with a Postgres, a Valkey and a model server of its own, so that a test may break any."""

import os
import signal
from pathlib import Path

import redis

from echomind.stack.postgres import PostgresServer
from echomind.stack.redis import ValkeyServer
from tests.live.parts import WorkerProcess
from tests.live.site import LiveSite


class FaultSite(LiveSite):
    """Two web processes, a worker and beat. `make_whole` starts again whatever a test has ended."""

    def __init__(self, folder: Path, model_url: str) -> None:
        self.postgres = PostgresServer(folder / "postgres", folder / "postgres.log")
        self.valkey = ValkeyServer(folder / "valkey", folder / "valkey.log")
        database_url = self.postgres.start().rpartition("/")[0]
        super().__init__(
            folder,
            database_url=f"{database_url}/faults",
            redis_url=self.valkey.start(),
            model_url=model_url,
            web_processes=2,
            extra={"SOCKET_FRAMES_PER_S": "2000", "MESSAGES_PER_MINUTE": "2000"},  # tests flood
        )

    def stop(self) -> None:
        super().stop()
        self.valkey.stop()
        self.postgres.stop()

    def make_whole(self) -> None:
        """Start every part that is not running, and wait until all are ready."""
        for server in (self.postgres, self.valkey):
            if not server.is_running:
                server.start()
        dead = [part for part in self.parts if not part.is_running]
        for part in dead:
            part.launch()
        for part in dead:
            part.wait_until_ready()

    def another_worker(self) -> WorkerProcess:
        """A second worker, not started, that reads the same queues."""
        return WorkerProcess("second-worker", self.folder, self.environment)

    def hang_redis(self) -> None:
        """Stop Valkey in its tracks; its connections stay open and silent."""
        self._signal_redis(signal.SIGSTOP)

    def wake_redis(self) -> None:
        """End the hang."""
        self._signal_redis(signal.SIGCONT)

    def _signal_redis(self, number: signal.Signals) -> None:
        assert self.valkey.child, "not started"
        os.killpg(self.valkey.child.pid, number)

    def forget_everything(self) -> None:
        """Empty Redis: every key is gone, the connections stay."""
        with redis.Redis.from_url(self.redis_url) as client:
            client.flushall()
