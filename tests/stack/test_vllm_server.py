"""The process of a vLLM server: its command, its adapters, and what it must not leave behind."""

import json
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from echomind.stack.errors import StackError
from echomind.stack.ports import free_port
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings
from tests.fakes.vllm_program import REFUSED, asked_in, engine_in, python_in
from tests.live.gpu import have_ended


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """What stands for the Python that has vLLM."""
    return python_in(tmp_path)


@pytest.fixture
def server(python: Path, tmp_path: Path) -> Iterator[VllmServer]:
    server = VllmServer(settings(python), tmp_path / "vllm.log")
    server.ready_within_s = 30
    yield server
    server.kill()


def settings(python: Path, **values: object) -> VllmSettings:
    """A server of the model `small`, asked with the key `secret`."""
    given = {
        "checkpoint": "/models/small",
        "name": "small",
        "port": free_port(),
        "api_key": "secret",
    }
    return VllmSettings(python=python, **{**given, **values})  # type: ignore[arg-type]


def make_adapter(folder: Path, rank: int = 8) -> str:
    """A folder that says of itself that it is an adapter."""
    folder.mkdir()
    (folder / "adapter_config.json").write_text(json.dumps({"r": rank}))
    return str(folder)


def engine(python: Path) -> psutil.Process:
    """The process that holds the card."""
    return psutil.Process(engine_in(python.parent))


def start(server: VllmServer) -> None:
    server.launch()
    server.wait_until_ready()


def test_an_engine_whose_server_was_killed_is_ended_before_the_next_start(
    server: VllmServer, python: Path
) -> None:
    start(server)
    left = engine(python)
    assert server.child
    psutil.Process(server.child.pid).kill()
    server.child.wait()
    assert left.is_running()
    start(server)
    assert have_ended([left])
    assert engine(python).is_running()


def test_a_stop_frees_the_card(server: VllmServer, python: Path) -> None:
    start(server)
    server.stop()
    assert have_ended([engine(python)])


def test_the_key_is_in_no_command_line(python: Path) -> None:
    made = settings(python)
    assert made.environment()["VLLM_API_KEY"] == "secret"
    assert "secret" not in made.argv()


def test_room_is_reserved_for_the_highest_rank(python: Path, tmp_path: Path) -> None:
    adapters = {
        "poet": make_adapter(tmp_path / "poet", rank=8),
        "judge": make_adapter(tmp_path / "judge", rank=24),
    }
    argv = settings(python, adapters=adapters).argv()
    assert argv[argv.index("--max-lora-rank") + 1] == "32"
    assert f"judge={tmp_path / 'judge'}" in argv
    assert "--enable-lora" not in settings(python).argv()


def test_adapters_come_and_go_while_it_runs(
    server: VllmServer, python: Path, tmp_path: Path
) -> None:
    poet, judge = make_adapter(tmp_path / "poet"), make_adapter(tmp_path / "judge")
    server.settings = settings(python, adapters={"poet": poet})
    start(server)
    assert server.change_adapters({"judge": judge}) == []
    assert asked_in(python.parent) == [
        "/v1/unload_lora_adapter poet",
        "/v1/load_lora_adapter judge",
    ]
    (trouble,) = server.change_adapters({"judge": judge, REFUSED: poet})
    assert REFUSED in trouble


def test_the_first_adapter_takes_a_new_start(
    server: VllmServer, python: Path, tmp_path: Path
) -> None:
    start(server)
    server.change_adapters({"poet": make_adapter(tmp_path / "poet")})
    assert not server.is_running
    assert "--enable-lora" in server.program().argv


def test_without_vllm_the_start_says_what_is_missing(tmp_path: Path) -> None:
    server = VllmServer(settings(tmp_path / "nowhere"), tmp_path / "vllm.log")
    with pytest.raises(StackError, match="make serve-vllm"):
        server.launch()
