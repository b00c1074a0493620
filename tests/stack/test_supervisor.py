"""Fallen parts come back, quickly at first and then ever more slowly; a stop goes in reverse."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from echomind.stack import supervisor as supervisor_module
from echomind.stack.errors import StackError
from echomind.stack.leftovers import end_leftovers, note_children, only_one_here
from echomind.stack.log_files import cut_long_logs, last_line
from echomind.stack.supervisor import Supervisor
from tests.stack.parts import PythonService


class Watch:
    """A supervisor whose `watch` can be stepped until something holds."""

    def __init__(self, folder: Path) -> None:
        self.told: list[str] = []
        self.supervisor = Supervisor(folder / "run", folder, self.told.append)

    def until(self, holds: Callable[[], bool], within_s: float = 10.0) -> None:
        deadline = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < deadline, self.told
            self.supervisor.look_once()
            time.sleep(0.02)


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(supervisor_module, "STOP_SIGNALS", ())  # keep pytest's own Ctrl+C
    watch = Watch(tmp_path)
    yield watch
    watch.supervisor.stop_all()


def test_a_killed_part_runs_again_and_the_terminal_says_so(watch: Watch, tmp_path: Path) -> None:
    part = PythonService("part", tmp_path)
    watch.supervisor.start(part)
    assert part.child
    first = part.child.pid
    part.child.kill()
    watch.until(lambda: part.child is not None and part.child.pid != first and part.is_running)
    assert "part ended (status -9)" in watch.told[0]


def test_a_part_that_falls_at_once_is_tried_ever_more_slowly(watch: Watch, tmp_path: Path) -> None:
    part = PythonService("part", tmp_path, code="raise SystemExit('no luck')")
    watch.supervisor.launch(part)
    watch.until(lambda: len(watch.told) == 3)
    pauses = [sentence.partition("again in ")[2].split(" ")[0] for sentence in watch.told]
    assert pauses == ["0.5", "1", "2"]
    assert all("no luck" in sentence for sentence in watch.told)


def test_the_last_started_part_stops_first(watch: Watch, tmp_path: Path) -> None:
    stopped: list[str] = []

    class Telling(PythonService):
        def stop(self) -> None:
            super().stop()
            stopped.append(self.name)

    for name in ("database", "worker", "web"):
        watch.supervisor.start(Telling(name, tmp_path))
    watch.supervisor.stop_all()
    assert stopped == ["web", "worker", "database"]


def test_a_part_that_ends_while_it_starts_is_an_error_with_its_last_words(
    watch: Watch, tmp_path: Path
) -> None:
    part = PythonService("part", tmp_path, code="raise SystemExit('disk on fire')")
    part.is_ready = lambda: False  # type: ignore[method-assign]
    with pytest.raises(StackError, match=r"part ended while it started\. .*disk on fire"):
        watch.supervisor.start(part)


def test_a_part_that_never_gets_ready_is_killed(watch: Watch, tmp_path: Path) -> None:
    part = PythonService("part", tmp_path)
    part.ready_within_s = 0.2
    part.is_ready = lambda: False  # type: ignore[method-assign]
    with pytest.raises(StackError, match="not ready after"):
        watch.supervisor.start(part)
    assert not part.is_running


def test_what_a_killed_supervisor_left_is_ended_by_the_next(tmp_path: Path) -> None:
    part = PythonService("part", tmp_path)
    part.launch()
    note_children(tmp_path, [part])
    reaper = threading.Thread(target=lambda: part.child and part.child.wait())
    reaper.start()
    assert end_leftovers(tmp_path) == ["part"]
    reaper.join()
    assert end_leftovers(tmp_path) == []


def test_a_process_that_only_took_over_a_number_is_left_alone(tmp_path: Path) -> None:
    part = PythonService("part", tmp_path)
    part.launch()
    note_children(tmp_path, [part])
    note = tmp_path / "children.json"
    note.write_text(note.read_text().replace('"created": 1', '"created": 2'))
    try:
        assert end_leftovers(tmp_path) == []
        assert part.is_running
    finally:
        part.kill()


def test_a_folder_belongs_to_one_site_at_a_time(tmp_path: Path) -> None:
    run = tmp_path / "run"
    with only_one_here(run), pytest.raises(StackError, match="already runs"), only_one_here(run):
        pass
    with only_one_here(run):
        pass


def test_a_long_log_is_cut_while_its_writer_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("echomind.stack.log_files.LONGEST", 100)
    log = tmp_path / "part.log"
    with log.open("ab") as writer:
        writer.write(b"x" * 101 + b"\n")
        writer.flush()
        cut_long_logs(tmp_path)
        writer.write(b"after\n")
    assert log.read_text() == "after\n"
    assert len((tmp_path / "part.log.1").read_text()) == 102
    assert last_line(log) == "after"
