"""The site under test: uvicorn, a Celery worker and beat on a database of its own.

The test process reaches the same rows through `database()`, and its people through `person()`.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from django.test import Client
from environ import Env

from accounts.models import User
from accounts.tokens import issue_tokens
from tests.factories.people import make_person
from tests.flows.client import Person
from tests.live.parts import REPLIES_AT_ONCE, BeatProcess, SitePart, WebProcess, WorkerProcess

ROOT = Path(__file__).resolve().parents[2]


class LiveSite:
    """A running site. `addresses` has one address per web process; `base_url` is the first."""

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str,
        redis_url: str,
        model_url: str,
        web_processes: int = 1,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.database_url = database_url
        self.redis_url = redis_url
        self.environment: dict[str, str] = {
            "DJANGO_SETTINGS_MODULE": "echomind.settings.prod",
            "VAR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "CELERY_BROKER_URL": redis_url,
            "LLM_BASE_URL": model_url,
            "REPLY_CONCURRENCY": str(REPLIES_AT_ONCE),
            **(extra or {}),
        }
        self.web = [WebProcess(folder, self.environment) for _ in range(web_processes)]
        self.addresses = [web.address for web in self.web]
        self.base_url = self.addresses[0]
        self.environment |= {
            "SITE_URL": self.base_url,
            "SOCKET_ORIGINS": ",".join(self.addresses),
        }
        self.worker = WorkerProcess("worker", folder, self.environment)
        self.beat = BeatProcess("beat", folder, self.environment)
        self.parts: list[SitePart] = [*self.web, self.worker, self.beat]

    def prepare(self) -> None:
        """Make the database, and let `manage.py prepare` fill it as it does for a new site."""
        server, _, name = self.database_url.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        (self.folder / "run").mkdir()
        self.manage("prepare")

    def manage(self, *arguments: str) -> None:
        """Run `manage.py` as the site's staff would: with its settings, database and Redis."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=os.environ | self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start every part and wait until all are ready."""
        for part in self.parts:
            part.launch()
        for part in self.parts:
            part.wait_until_ready()

    def stop(self) -> None:
        """End every part."""
        for part in reversed(self.parts):
            part.stop()

    @contextmanager
    def database(self) -> Iterator[None]:
        """Point this process's Django at the site's database for the length of a block."""
        place = connections["default"].settings_dict
        kept = dict(place)
        wanted = Env.db_url_config(self.database_url)
        _move_to(place, {key: wanted[key] for key in ("NAME", "HOST", "PORT", "PASSWORD")})
        try:
            yield
        finally:
            _move_to(place, kept)

    def person(self, username: str = "", **fields: str) -> Person:
        """Someone new and signed in. Call inside `database()`; the name is made unique."""
        user = make_person(f"{username or 'person'}-{secrets.token_hex(4)}", **fields)
        return Person(self.base_url, user.username, issue_tokens(user).access)

    def session_cookie(self, username: str) -> str:
        """The cookie header of a browser in which this person is signed in. As `person`."""
        browser = Client()
        browser.force_login(
            User.objects.get(username=username), settings.AUTHENTICATION_BACKENDS[0]
        )
        return (
            f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        )

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What the site's database holds, read past the site."""
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query, values).fetchall()


def _move_to(place: dict[str, object], wanted: Mapping[str, object]) -> None:
    connections["default"].close()
    place.update(wanted)
