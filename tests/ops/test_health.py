"""Health: alive means the process alone, ready means every part, and the page is for staff."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from echomind.common.queues import Queue
from echomind.ops import views
from echomind.ops.errors import PartDownError
from echomind.ops.load import measure
from echomind.ops.probes import PROBES, Facts, Probe, without_password
from echomind.ops.readiness import Readiness
from tests.factories.people import make_person

PARTS = {"database", "redis", "broker", "workers", "model"}


def by_name(name: str) -> Probe:
    """One of the site's own probes."""
    return next(probe for probe in PROBES if probe.name == name)


def part(name: str, ask: Callable[[], Facts]) -> Probe:
    """A part that behaves as told."""
    return Probe(name, ask, (PartDownError,))


def fall() -> Facts:
    raise PartDownError


def sleep_long() -> Facts:
    time.sleep(0.5)
    return Facts()


@pytest.fixture
def staff(db: None) -> User:
    """Looks after the site."""
    return make_person("keeper", is_staff=True)


def test_a_living_process_says_so_without_asking_the_database(client: Client) -> None:
    answered = client.get("/healthz")
    assert (answered.status_code, answered.json()) == (200, {"status": "ok"})


def test_readiness_has_one_entry_a_part(client: Client, transactional_db: None) -> None:
    answered = client.get("/readyz")
    parts = answered.json()
    status = parts.pop("status")
    assert set(parts) == PARTS
    assert all(set(part) == {"ok", "detail", "took_ms"} for part in parts.values())
    assert parts["database"]["ok"]
    assert parts["redis"]["ok"]
    assert parts["broker"]["ok"]
    assert (answered.status_code, status) == (503, "not ready")  # no worker and no model here
    assert not parts["workers"]["ok"]


def test_readiness_is_good_only_when_every_part_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    up, down = part("up", Facts), part("down", fall)
    monkeypatch.setattr(views, "readiness", Readiness((up,)))
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(views, "readiness", Readiness((up, down)))
    answered = client.get("/readyz")
    assert answered.status_code == 503
    assert (answered.json()["up"]["ok"], answered.json()["down"]["ok"]) == (True, False)


def test_a_part_that_hangs_holds_nobody_up_and_is_asked_once() -> None:
    calls = []

    def hang() -> Facts:
        calls.append(1)
        return sleep_long()

    readiness = Readiness(
        (part("hangs", hang), part("up", Facts)), limit_s=0.05, first_limit_s=0.05
    )
    for _ in range(3):
        hanging, up = readiness.look()
        assert (hanging.ok, up.ok) == (False, True)
    assert len(calls) == 1


def test_the_probes_of_real_parts_tell_version_and_time(transactional_db: None) -> None:
    for name, version in (("database", "Postgres 18"), ("redis", "Valkey")):
        facts = by_name(name).ask()
        assert facts.version.startswith(version)
        assert facts.uptime_s is not None
    assert by_name("broker").ask().version == "redis"


def test_no_password_is_shown() -> None:
    shown = without_password("redis://keeper:secret@10.0.0.5:6379/0?password=secret")
    assert shown == "redis://10.0.0.5:6379/0"


def test_staff_see_every_part_and_the_work(client: Client, staff: User) -> None:
    client.force_login(staff)
    page = client.get("/staff/health/").content.decode()
    for text in ("Postgres 18", "Valkey", 'hx-trigger="every 10s"'):
        assert text in page
    refreshed = client.get("/staff/health/", headers={"hx-request": "true"}).content.decode()
    assert "Postgres 18" in refreshed
    assert "<html" not in refreshed


def test_the_page_is_not_there_for_others(client: Client, member: User) -> None:
    assert client.get("/staff/health/").status_code == 302
    client.force_login(member)
    assert client.get("/staff/health/").status_code == 404


def test_the_work_is_counted(db: None) -> None:
    load = measure()
    assert (load.running_replies, load.waiting_replies, load.people_online) == (0, 0, 0)
    assert load.queues is not None
    assert set(load.queues) == set(Queue)
    assert load.workers == []
