"""Asks every part at once and waits for none longer than a limit."""

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Lock

import structlog
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echomind.ops.errors import PartDownError
from echomind.ops.probes import PROBES, Facts, Probe

logger = structlog.get_logger(__name__)

LIMIT_S = 1.5
FIRST_LIMIT_S = 5.0  # a process loads the model server's client when it asks for the first time


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site as it answered now."""

    name: str
    ok: bool
    detail: str | Promise
    took_ms: float
    facts: Facts = field(default_factory=Facts)


class Readiness:
    """Asks the probes. A question that still waits is not asked again, so a part that hangs costs one
    thread however often others look.
    """

    def __init__(
        self,
        probes: tuple[Probe, ...] = PROBES,
        limit_s: float = LIMIT_S,
        first_limit_s: float = FIRST_LIMIT_S,
    ) -> None:
        self._probes, self._limit_s = probes, limit_s
        self._next_limit_s = first_limit_s
        self._threads = ThreadPoolExecutor(len(probes), thread_name_prefix="probe")
        self._asked: dict[str, Future[Part]] = {}
        self._lock = Lock()

    def look(self) -> list[Part]:
        """Every part, in the probes' order, within the limit."""
        with self._lock:
            asked = [self._ask(probe) for probe in self._probes]
        limit_s, self._next_limit_s = self._next_limit_s, self._limit_s
        wait(asked, timeout=limit_s)
        return [
            answer.result() if answer.done() else _silent(probe, limit_s)
            for probe, answer in zip(self._probes, asked, strict=True)
        ]

    def _ask(self, probe: Probe) -> Future[Part]:
        earlier = self._asked.get(probe.name)
        if earlier is None or earlier.done():
            self._asked[probe.name] = self._threads.submit(_answer_of, probe)
        return self._asked[probe.name]


def _silent(probe: Probe, limit_s: float) -> Part:
    return Part(probe.name, False, _("It has not answered in time."), limit_s * 1000)


def _answer_of(probe: Probe) -> Part:
    start = time.perf_counter()
    try:
        facts, ok, detail = probe.ask(), True, _("It answers.")
    except probe.failures as error:
        logger.warning("part_down", part=probe.name, error=str(error))
        named = error if isinstance(error, PartDownError) else PartDownError()
        facts, ok, detail = Facts(), False, named.sentence
    took_ms = round((time.perf_counter() - start) * 1000, 1)
    return Part(probe.name, ok, detail, took_ms, facts)


readiness = Readiness()
