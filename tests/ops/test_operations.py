"""The operations page: the machine's last hour and the model's log, for staff alone."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import redis
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chat.models import Reply
from echomind.ops import readings
from echomind.ops.model_log import LONGEST_LINE, last_lines
from echomind.ops.readings import readings_since, take_reading
from tests.factories.people import make_person

PAGE = "/staff/operations/"


@pytest.fixture
def _no_earlier_readings() -> Iterator[None]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete(readings.KEY)
        yield
        client.delete(readings.KEY)


@pytest.mark.usefixtures("_no_earlier_readings")
def test_readings_are_kept_in_order_and_tell_the_machine(db: None) -> None:
    taken = [take_reading(), take_reading()]
    assert readings_since(0) == taken
    first, second = taken
    assert readings_since(first.at) == [second]
    assert readings_since(second.at) == []
    assert first.at < second.at
    assert first.memory_total == psutil.virtual_memory().total
    assert 0 < first.disk_used <= first.disk_total
    assert first.waiting == Reply.objects.count() == 0
    assert first.tokens_per_s is None  # no server counts here


@pytest.mark.usefixtures("_no_earlier_readings")
def test_no_more_than_an_hour_is_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "KEPT", 3)
    taken = [take_reading() for _ in range(5)]
    assert readings_since(0) == taken[-3:]


def test_the_page_exists_for_staff_alone(client: Client, member: User) -> None:
    assert client.get(PAGE).headers["Location"].startswith(reverse("account_login"))
    client.force_login(member)
    assert client.get(PAGE).status_code == 404
    client.force_login(make_person("keeper", is_staff=True))
    assert client.get(PAGE).status_code == 200


def test_the_log_shows_its_last_lines_and_cuts_long_ones(tmp_path: Path) -> None:
    log = tmp_path / "model.log"
    assert last_lines(log, 20) == []
    log.write_text("".join(f"line {number}\n\n" for number in range(5_000)) + "x" * 9_000)
    *shown, longest = last_lines(log, 20)
    assert shown == [f"line {number}" for number in range(4_981, 5_000)]
    assert longest == "x" * LONGEST_LINE
