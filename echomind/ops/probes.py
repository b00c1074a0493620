"""One question to each part of the site. A probe may block: `readiness` gives it a thread and a limit."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import celery
import redis
from celery.exceptions import CeleryError
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import KombuError

from ai.api import describe_server
from echomind.celery import app
from echomind.ops.errors import PartDownError
from echomind.stack.workers import Worker

PATIENCE_S = 1  # how long a probe waits for one answer


@dataclass(frozen=True, slots=True)
class Facts:
    """What a part says of itself; empty or None where it says nothing."""

    version: str = ""
    uptime_s: float | None = None
    address: str = ""  # without a password


@dataclass(frozen=True, slots=True)
class Probe:
    """A part's name, the question, and the exceptions that mean: it does not answer."""

    name: str
    ask: Callable[[], Facts]
    failures: tuple[type[Exception], ...]


def without_password(url: str) -> str:
    """The address with whatever stands before an @ left out."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))


def _ask_database() -> Facts:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'),"
                " extract(epoch FROM now() - pg_postmaster_start_time())::float"
            )
            version, uptime = cursor.fetchone()
    finally:
        connection.close()  # this thread may not ask again for long
    place = settings.DATABASES["default"]
    address = f"{place['HOST'] or 'localhost'}:{place['PORT'] or 5432}/{place['NAME']}"
    return Facts(f"Postgres {version}", uptime, address)


def _ask_redis() -> Facts:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
    ) as client:
        told = client.info("server")
    name = str(told.get("server_name", "redis")).title()
    version = told.get(f"{name.lower()}_version", told["redis_version"])
    return Facts(
        f"{name} {version}", told["uptime_in_seconds"], without_password(settings.REDIS_URL)
    )


def _ask_broker() -> Facts:
    address = without_password(settings.CELERY_BROKER_URL)
    with app.connection_for_write(connect_timeout=PATIENCE_S) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE_S)
        return Facts(version=str(broker.transport.driver_type), address=address)


def _ask_workers() -> Facts:
    """The first worker that answers is enough; one beside a GPU does not do the upkeep."""
    ordinary: dict[str, Any] = {"pattern": f"{Worker.node}@*", "matcher": "glob"}
    told = app.control.inspect(timeout=PATIENCE_S, limit=1, **ordinary).stats()
    if not told:
        raise PartDownError(_("No worker answers."))
    name, stats = next(iter(told.items()))
    return Facts(f"Celery {celery.__version__}", stats["uptime"], name)


def _ask_model() -> Facts:
    server = asyncio.run(describe_server())
    if not server.ready:
        raise PartDownError(_("No model server answers, or it is still loading."))
    version = " · ".join(part for part in (server.model, server.version) if part)
    return Facts(version, address=without_password(server.base_url))


_BROKER_FAILURES = (KombuError, CeleryError, redis.RedisError, OSError)

PROBES = (
    Probe("database", _ask_database, (DatabaseError,)),
    Probe("redis", _ask_redis, (redis.RedisError,)),
    Probe("broker", _ask_broker, _BROKER_FAILURES),
    Probe("workers", _ask_workers, (PartDownError, *_BROKER_FAILURES)),
    Probe("model", _ask_model, (PartDownError,)),
)
