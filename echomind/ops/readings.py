"""One look at the machine and the work on it, as often as beat asks; the last hour is kept in Redis."""

import asyncio
import time
from pathlib import Path
from typing import cast

import msgspec
import psutil
import pynvml
import redis
from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from ai.backends.base import ServerSettings
from ai.backends.metrics import ServerWork, read_work
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.routing import site_route
from chat.models import Reply
from chat.types import ReplyState
from echomind.ops.probes import PATIENCE_S
from echomind.settings.env import VAR

KEY = "echomind:readings"
EVERY_S = 5.0
KEPT = 720  # one hour
CPU_OVER_S = 0.2  # how long the processor is watched


class Gpu(msgspec.Struct, frozen=True):
    """One graphics card. `load` in percent, memory in bytes."""

    name: str
    load: float
    memory_used: int
    memory_total: int


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The machine at one moment: percents, bytes, seconds. None: nobody could tell."""

    at: float  # seconds since 1970
    cpu: float
    memory_used: int
    memory_total: int
    disk_used: int
    disk_total: int
    gpus: list[Gpu]
    waiting: int
    oldest_wait_s: float
    running: int | None = None
    tokens_written: int | None = None
    tokens_per_s: float | None = None


_encode, _decoder = msgspec.json.Encoder().encode, msgspec.json.Decoder(Reading)


def take_reading() -> Reading:
    """Look, and keep what was seen. Takes as long as the model server needs to answer."""
    with _client() as client:
        earlier = newest(client)
        reading = _look(earlier)
        with client.pipeline() as pipeline:
            pipeline.lpush(KEY, _encode(reading))
            pipeline.ltrim(KEY, 0, KEPT - 1)
            pipeline.execute()
    return reading


def readings_since(at: float) -> list[Reading]:
    """The readings of the last hour after a moment, oldest first. Raises redis.RedisError."""
    with _client() as client:
        latest = newest(client)
        if latest is None or latest.at <= at:  # most looks find nothing new
            return []
        kept = [_decoder.decode(row) for row in reversed(client.lrange(KEY, 0, -1))]
    return [reading for reading in kept if reading.at > at]


def newest(client: redis.Redis) -> Reading | None:
    """The last reading that was kept."""
    row = cast(bytes | None, client.lindex(KEY, 0))
    return _decoder.decode(row) if row else None


def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
    )


def _look(earlier: Reading | None) -> Reading:
    memory, disk = psutil.virtual_memory(), psutil.disk_usage(str(_folder()))
    queued = Reply.objects.filter(state=ReplyState.QUEUED)
    oldest = queued.aggregate(oldest=Min("queued_at"))["oldest"]
    at, work = time.time(), _work()
    return Reading(
        at=at,
        cpu=psutil.cpu_percent(interval=CPU_OVER_S),
        memory_used=memory.total - memory.available,
        memory_total=memory.total,
        disk_used=disk.used,
        disk_total=disk.total,
        gpus=_gpus(),
        waiting=queued.count(),
        oldest_wait_s=(timezone.now() - oldest).total_seconds() if oldest else 0.0,
        running=work.running if work else None,
        tokens_written=work.tokens_written if work else None,
        tokens_per_s=_rate(earlier, at, work),
    )


def _folder() -> Path:
    """The data folder, or where it would be."""
    return VAR if VAR.exists() else VAR.parent


def _work() -> ServerWork | None:
    route = site_route()
    try:
        return asyncio.run(read_work(ServerSettings(route.base_url, api_key=route.api_key)))
    except (ModelUnavailableError, ModelFailedError):
        return None


def _rate(earlier: Reading | None, at: float, work: ServerWork | None) -> float | None:
    """Tokens a second since the last reading; none at the first one after the server's start."""
    if work is None or earlier is None or earlier.tokens_written is None:
        return None
    written, took = work.tokens_written - earlier.tokens_written, at - earlier.at
    return round(written / took, 1) if written >= 0 and took > 0 else None


def _gpus() -> list[Gpu]:
    """The machine's NVIDIA cards; an empty list where it has none."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return []
    try:
        return [
            _gpu(pynvml.nvmlDeviceGetHandleByIndex(n)) for n in range(pynvml.nvmlDeviceGetCount())
        ]
    finally:
        pynvml.nvmlShutdown()


def _gpu(handle: object) -> Gpu:
    memory = pynvml.nvmlDeviceGetMemoryInfo(handle)
    return Gpu(
        name=pynvml.nvmlDeviceGetName(handle),
        load=pynvml.nvmlDeviceGetUtilizationRates(handle).gpu,
        memory_used=int(memory.used),
        memory_total=int(memory.total),
    )
