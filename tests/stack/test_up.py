"""`manage.py up` from the outside: it starts, heals, refuses and stops as a whole."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from echomind.stack.ports import free_port
from tests.fakes.model_server import ModelServer
from tests.stack.whole_site import WholeSite

PARTS = {
    *("postgres", "redis", "web-1", "web-2", "beat"),
    *("worker", "ingest-worker", "images-worker"),
}


def until(holds: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, model_server: ModelServer
) -> Iterator[WholeSite]:
    """One site for the tests of this module: a start costs seconds."""
    var = tmp_path_factory.mktemp("up") / "var"
    site = WholeSite(var, free_port(), model_server.base_url)
    yield site
    site.end()


@pytest.fixture
def running(shared: WholeSite) -> WholeSite:
    if not shared.is_running:
        shared.start()
    return shared


@pytest.fixture
def not_started(tmp_path: Path, model_server: ModelServer) -> WholeSite:
    return WholeSite(tmp_path / "var", free_port(), model_server.base_url)


def test_a_new_site_says_its_address_and_its_staff_login(running: WholeSite) -> None:
    login = running.var / "first-login.txt"
    assert f"http://localhost:{running.port}" in running.said()
    assert login.read_text().strip() in running.said()
    assert login.stat().st_mode & 0o777 == 0o600
    assert set(running.children()) == PARTS
    assert running.is_healthy()


def test_a_new_site_lets_no_other_user_look_into_its_folder_or_its_letters(
    running: WholeSite,
) -> None:
    for folder in (running.var, running.var / "mail"):
        assert folder.stat().st_mode & 0o067 == 0  # the group may pass: it is Postgres's


def test_a_killed_web_process_comes_back_while_the_other_answers(running: WholeSite) -> None:
    killed = running.children()["web-1"]
    os.kill(killed, signal.SIGKILL)
    assert running.is_healthy()
    until(lambda: running.children().get("web-1", killed) != killed)


def test_a_folder_in_use_is_refused_and_its_site_goes_on(
    running: WholeSite, tmp_path: Path
) -> None:
    second = WholeSite(running.var, free_port(), running.environment["LLM_BASE_URL"])
    second.log = tmp_path / "second.log"
    assert "already runs" in second.refusal()
    assert running.is_healthy()


def test_nothing_outlives_a_killed_supervisor_nor_a_stop(running: WholeSite) -> None:
    first = _family(running)
    running.end(signal.SIGKILL)
    _, alive = psutil.wait_procs(first, timeout=20)
    assert alive == []
    running.start()
    second = _family(running)
    assert running.end(signal.SIGINT) == 0
    assert not [process for process in second if process.is_running()]
    assert not (running.var / "run" / "site.env").exists()


def test_a_port_in_use_is_refused_with_a_sentence(not_started: WholeSite) -> None:
    with socket.create_server(("127.0.0.1", not_started.port)):
        refusal = not_started.refusal()
    assert f"Port {not_started.port} on 127.0.0.1 is in use" in refusal
    assert "Traceback" not in refusal


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "garbage"),
        ("CELERY_BROKER_URL", "amqp://127.0.0.1:1//"),
        ("PORT", "eighty"),
    ],
)
def test_a_wrong_variable_is_named_and_nothing_starts(
    not_started: WholeSite, variable: str, value: str
) -> None:
    refusal = not_started.refusal(**{variable: value})
    assert variable in refusal
    assert "Traceback" not in refusal
    assert not (not_started.var / "postgres").exists()


def _family(site: WholeSite) -> list[psutil.Process]:
    """The parts of a running site with everything they have started."""
    parts = [psutil.Process(number) for number in site.children().values()]
    return [process for part in parts for process in (part, *part.children(recursive=True))]
