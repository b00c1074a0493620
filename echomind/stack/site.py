"""One site from start to stop: checks first, then the parts in order, then watching over them."""

import shutil
import socket
import sys
from collections.abc import Callable

from echomind.settings.env import ROOT, SITE_URL, env
from echomind.stack.child import Program, run_to_end
from echomind.stack.errors import StackError
from echomind.stack.leftovers import end_leftovers, only_one_here
from echomind.stack.log_files import last_line
from echomind.stack.model_part import ModelPart
from echomind.stack.plan import Plan
from echomind.stack.ports import kept_port
from echomind.stack.postgres import PostgresServer
from echomind.stack.redis import ValkeyServer
from echomind.stack.redis_owner import claim_redis
from echomind.stack.replacements import check_replacements
from echomind.stack.running_site import remove_environment, write_environment
from echomind.stack.search_model import prepare_search_model
from echomind.stack.secrets import kept_secret, private_folder
from echomind.stack.supervisor import Supervisor
from echomind.stack.web import WebServer, listen, wait_until_whole
from echomind.stack.workers import Beat, ImagesWorker, IndexingWorker, Worker

MIB = 1024 * 1024
LEAST_FREE_MIB = 300  # an empty database takes 60, its log of changes grows from there
FULL_MIB = 20  # Postgres writes its log of changes in pieces of 16


class Site:
    """Runs `plan` in the foreground. `tell` shows a line to the person at the terminal."""

    def __init__(self, plan: Plan, tell: Callable[[str], None]) -> None:
        self.plan, self.tell = plan, tell
        self.supervisor = Supervisor(plan.run, plan.logs, tell)
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "echomind.settings.prod",
            "PYTHONUNBUFFERED": "1",
            "VAR": str(plan.var),
            "PORT": str(plan.port),
        }

    def run(self) -> None:
        """Start, watch, and stop at SIGINT. Raises StackError, with everything stopped again."""
        for folder in (self.plan.var, self.plan.mail):
            private_folder(folder)
        with only_one_here(self.plan.run):
            self._clear()
            check_replacements(self.plan)
            prepare_search_model(self.tell)
            with listen(self.plan.host, self.plan.port) as listening:
                model = None if self.plan.llm_base_url else ModelPart(self.plan, self.tell)
                try:
                    self._start_parts(model, listening)
                    self._announce()
                    self.supervisor.watch()
                except StackError as failure:
                    self._refuse_full_disk(FULL_MIB, failure)
                    raise
                finally:
                    self.tell("Stopping.")
                    self.supervisor.stop_all()
                    remove_environment(self.plan.run)

    def _clear(self) -> None:
        ended = end_leftovers(self.plan.run)
        if ended:
            self.tell(f"Ended what an earlier start left running: {', '.join(ended)}.")
        self._refuse_full_disk(LEAST_FREE_MIB)

    def _refuse_full_disk(self, least_mib: int, failure: StackError | None = None) -> None:
        """A full disk makes every part fail in its own words: say what is behind them."""
        free = shutil.disk_usage(self.plan.var).free // MIB
        if free < least_mib:
            raise StackError(
                f"{self.plan.var} has {free} MiB free and the site needs {LEAST_FREE_MIB}:"
                " free some, or choose another folder with VAR="
            ) from failure

    def _start_parts(self, model: ModelPart | None, listening: socket.socket) -> None:
        if not env.str("SECRET_KEY", default=""):
            self.environment["SECRET_KEY"] = kept_secret(self.plan.var / "secret-key")
        self._start_stores()
        if model:
            self.environment |= model.launch(self.supervisor)
        self._prepare()
        claim_redis(self.plan, self.environment.get("DATABASE_URL", self.plan.database_url))
        if model:
            self.environment |= model.settle(self.supervisor)
        write_environment(self.plan.run, self.environment)
        self._start_programs(listening)

    def _start_stores(self) -> None:
        plan = self.plan
        if not plan.database_url:
            port = kept_port(plan.run, "postgres")
            database = PostgresServer(plan.var / "postgres", plan.logs / "postgres.log", port)
            self.supervisor.start(database)
            self.environment["DATABASE_URL"] = database.url
        if not plan.redis_url:
            port = kept_port(plan.run, "redis")
            redis = ValkeyServer(plan.var / "redis", plan.logs / "redis.log", port)
            self.supervisor.start(redis)
            self.environment["REDIS_URL"] = redis.url

    def _prepare(self) -> None:
        """Migrations, translations, static files, first rows and the first login."""
        log = self.plan.logs / "prepare.log"
        argv = [sys.executable, str(ROOT / "manage.py"), "prepare"]
        if run_to_end(Program(argv=argv, log=log, environment=self.environment)) != 0:
            raise StackError(f"The database could not be prepared: {last_line(log)} (log: {log})")

    def _start_programs(self, listening: socket.socket) -> None:
        plan, environment = self.plan, self.environment
        replies = plan.budget.replies_at_once
        self.supervisor.launch(Worker(environment, plan.logs / "worker.log", replies))
        self.supervisor.launch(ImagesWorker(environment, plan.logs / "images-worker.log"))
        servers = [
            WebServer(number, listening, environment, plan.logs / f"web-{number}.log")
            for number in range(1, plan.web_processes + 1)
        ]
        for server in servers:
            self.supervisor.launch(server)
        for server in servers:
            server.wait_until_ready()
        missing = wait_until_whole(listening)
        if missing:
            self.tell(f"Not every part is ready yet: {missing}")
        # Last, because nobody waits for them, and every start of Python takes seconds of processor.
        self.supervisor.launch(IndexingWorker(environment, plan.logs / "ingest-worker.log"))
        schedule = plan.run / "beat-schedule"
        self.supervisor.launch(Beat(environment, plan.logs / "beat.log", schedule))

    def _announce(self) -> None:
        login = self.plan.var / "first-login.txt"
        self.tell(f"EchoMind is ready: {SITE_URL}")
        if login.exists():
            self.tell(f"Staff login: {login.read_text().strip()} (kept in {login})")
        self.tell("Ctrl+C stops it.")
