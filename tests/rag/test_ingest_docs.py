"""`manage.py ingest_docs`: a folder goes in once, and a death in the middle changes nothing."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from accounts.models import User
from rag.embedding.base import Embedder
from rag.models import Chunk, Corpus, Document
from rag.types import DocumentState
from tests.rag.files import docx_with, pdf_with
from tests.rag.hashing import HashingEmbedder

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.django_db(transaction=True),  # the command works in threads
    pytest.mark.usefixtures("documents_root"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of every kind, in folders."""
    root = tmp_path / "docs"
    (root / "more").mkdir(parents=True)
    (root / "a.txt").write_bytes(
        "電池可以用兩天，充電需要一小時。本手冊說明如何設定。".encode("big5")
    )
    (root / "b.md").write_text("# Battery\n\nIt lasts two days.\n\n## Charging\n\nAn hour.\n")
    (root / "more" / "c.html").write_text("<title>C</title><h1>Camera</h1><p>Two lenses.")
    (root / "more" / "d.json").write_text('{"colour": "black"}')
    (root / "more" / "e.jsonl").write_text(
        '{"id": "e1", "text": "One."}\n{"id": "e2", "text": "Two."}\n'
    )
    (root / "more" / "f.pdf").write_bytes(pdf_with("배터리는 이틀 갑니다."))
    (root / "g.docx").write_bytes(docx_with("It lasts two days.", heading="Battery"))
    (root / "unknown.bin").write_bytes(b"\0")
    (root / ".hidden.txt").write_text("not for us")
    (root / "elsewhere.txt").symlink_to("/etc/passwd")
    return root


@pytest.fixture
def staff(owner: User) -> User:
    owner.is_staff = True
    owner.save()
    return owner


def ingest(*arguments: object) -> dict[str, Any]:
    """The summary of a run that ended well."""
    out = StringIO()
    call_command("ingest_docs", *map(str, arguments), "--json", stdout=out)
    summary: dict[str, Any] = json.loads(out.getvalue())
    return summary


def rows(corpus: str) -> list[tuple[object, ...]]:
    """Everything that can be found in a corpus, without what differs from run to run."""
    chunks = Chunk.objects.filter(corpus__slug=corpus).order_by("document__external_id", "number")
    return [
        (chunk.document.external_id, chunk.document.text, chunk.number, chunk.start, chunk.end, chunk.text,
         chunk.keywords, chunk.embedding)
        for chunk in chunks.select_related("document")
    ]  # fmt: skip


def test_a_folder_goes_in_and_again_is_no_work_and_changes_replace(
    staff: User, hashing: HashingEmbedder, folder: Path
) -> None:
    first = ingest(folder, "--corpus", "docs", "--create")
    assert (first["added"], first["documents"], first["failed"]) == (7, 8, [])
    names = Document.objects.countable().values_list("external_id", flat=True)
    expected = ["a.txt", "b.md", "e1", "e2", "g.docx", "more/c.html", "more/d.json", "more/f.pdf"]
    assert sorted(names) == expected
    before = rows("docs")
    again = ingest(folder, "--corpus", "docs")
    assert (again["added"], again["changed"], again["unchanged"], again["chunks"]) == (0, 0, 7, 0)
    assert rows("docs") == before
    (folder / "b.md").write_text("# Battery\n\nIt lasts three days.\n")
    assert ingest(folder, "--corpus", "docs")["changed"] == 1
    texts = Chunk.objects.filter(document__external_id="b.md").values_list("text", flat=True)
    assert list(texts) == ["# Battery\n\nIt lasts three days."]
    assert (
        ingest(folder, "--corpus", "docs", "--chunk-size", "40", "--overlap", "5")["changed"] == 7
    )


def test_failures_are_named_and_end_with_1_while_the_rest_goes_in(
    staff: User,
    hashing: HashingEmbedder,
    tmp_path: Path,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.CORPUS_MAX_DOCUMENTS = 3
    (tmp_path / "good.txt").write_text("It lasts two days.")
    (tmp_path / "scan.pdf").write_bytes(pdf_with(""))
    (tmp_path / "odd.exe").write_bytes(b"MZ")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(1_000_000_000)  # refused before it is read
    (tmp_path / "many.jsonl").write_text('{"id": "x", "text": "One."}\n')  # a fourth document
    (tmp_path / "late.txt").write_text("There is no place left.")
    names = ("good.txt", "scan.pdf", "odd.exe", "huge.txt", "many.jsonl", "late.txt")
    paths = [tmp_path / name for name in names]
    with pytest.raises(SystemExit) as ended:
        call_command("ingest_docs", *map(str, paths), "--corpus", "docs", "--create")
    assert ended.value.code == 1
    said = capsys.readouterr().out
    for code in ("no_text", "format_unknown", "document_too_large"):
        assert f"({code})" in said
    assert said.count("(corpus_full)") == 2
    assert [row[0] for row in rows("docs")] == ["good.txt"]


def test_what_cannot_begin_is_refused_in_a_sentence(folder: Path) -> None:
    with pytest.raises(CommandError, match="There is no corpus docs"):
        call_command("ingest_docs", str(folder), "--corpus", "docs")
    with pytest.raises(CommandError, match="--owner"):
        call_command("ingest_docs", str(folder), "--corpus", "docs", "--create")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("ingest_docs", "nowhere", "--corpus", "docs")


def test_a_kill_in_the_middle_and_another_run_end_in_the_same_rows(
    staff: User, search_model: Embedder, tmp_path: Path, documents_root: Path
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    facts = [
        f"Fact {number} says that thing {number} weighs {number} grams." for number in range(250)
    ]
    (folder / "long.txt").write_text(" ".join(facts))
    (folder / "short.jsonl").write_text('{"id": "x", "text": "It lasts two days."}\n')
    sizes = ("--create", "--chunk-size", "40", "--overlap", "5")
    killed = _command(folder, documents_root, "--corpus", "killed", *sizes)
    _wait_for_the_middle(killed)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not Chunk.objects.filter(document__external_id="long.txt").exists()
    kept = Document.objects.get(external_id="long.txt").done
    assert kept > 0
    Document.objects.update(seen_at="2026-01-01T00:00:00Z")  # as if its time were over
    ingest(folder, "--corpus", "killed")
    ingest(folder, "--corpus", "whole", *sizes)
    assert rows("killed") == rows("whole")
    assert len(rows("killed")) > kept


def test_a_watched_folder_is_followed_as_files_come_change_and_go(
    staff: User, hashing: HashingEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, over = tmp_path / "docs", threading.Event()
    folder.mkdir()
    (folder / "kept.txt").write_text("It stays.")
    monkeypatch.setattr("watchfiles.watch", partial(watchfiles.watch, stop_event=over))
    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(_watch, folder)
        try:
            _wait_for(watching, {"kept.txt": "It stays."})
            (folder / "new.txt").write_text("It lasts two days.")
            _wait_for(watching, {"kept.txt": "It stays.", "new.txt": "It lasts two days."})
            (folder / "new.txt").write_text("It lasts three days.")
            _wait_for(watching, {"kept.txt": "It stays.", "new.txt": "It lasts three days."})
            (folder / "new.txt").unlink()
            _wait_for(watching, {"kept.txt": "It stays."})
        finally:
            over.set()
        watching.result()
    assert not Document.objects.filter(external_id="new.txt").exists()


def _watch(folder: Path) -> None:
    try:
        call_command(
            "ingest_docs", str(folder), "--corpus=watched", "--create", "--watch", stdout=StringIO()
        )
    finally:
        connection.close()


def _wait_for(watching: Future[None], texts: dict[str, str]) -> None:
    """Until just these can be found."""
    chunks = Chunk.objects.filter(corpus__slug="watched")
    while dict(chunks.values_list("document__external_id", "text")) != texts:
        assert not watching.done()
        time.sleep(0.02)


def _command(folder: Path, documents_root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own on the tests' database."""
    place = connection.settings_dict
    address = f"{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{address}",
        "VAR": str(documents_root.parent),  # whose folder `documents` is the store
    }
    argv = [sys.executable, "manage.py", "ingest_docs", str(folder), *arguments]
    return subprocess.Popen(argv, cwd=ROOT, env=environment, start_new_session=True)


def _wait_for_the_middle(process: subprocess.Popen[bytes]) -> None:
    """Until the long document is partly embedded."""
    long = Document.objects.filter(external_id="long.txt", done__gt=0)
    while not long.exists():
        assert process.poll() is None
        time.sleep(0.02)
    assert long.get().state == DocumentState.EMBEDDING
    assert Corpus.objects.get(slug="killed").documents.exists()
