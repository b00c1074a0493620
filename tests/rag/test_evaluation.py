"""`manage.py evaluate_rag`: what it prints and keeps, and when its figures would be wrong."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from rag.models import Corpus
from rag.services.documents import add_document
from rag.services.indexing import index_next
from rag.types import Description
from tests.rag.hashing import HashingEmbedder

TEXTS = {"battery": "The battery lasts thirty hours.", "colour": "It comes in black and in sage."}


@pytest.fixture
def handbook(corpus: Corpus, hashing: HashingEmbedder) -> Corpus:
    """Two documents that wait to be indexed."""
    for name, text in TEXTS.items():
        add_document(corpus=corpus, description=Description(external_id=name), text=text)
    return corpus


def _questions(folder: Path, *lines: dict[str, object]) -> Path:
    file = folder / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    return file


def _evaluate(file: Path, **options: object) -> str:
    out = StringIO()
    call_command("evaluate_rag", file, corpus="handbook", stdout=out, **options)
    return out.getvalue()


def test_each_stage_is_measured_and_kept(handbook: Corpus, tmp_path: Path) -> None:
    while index_next():
        pass
    file = _questions(
        tmp_path,
        {"query": "how many hours of battery", "relevant": ["battery"], "language": "en"},
        {"query": "black colour", "relevant": ["colour"], "language": "en"},
        {"query": "zebra", "relevant": []},
    )
    kept = tmp_path / "figures.json"
    table = _evaluate(file, by=["language"], json=kept)
    for name in ("dense", "keyword", "joined", "reranked", "nDCG@10 by language", "AUC"):
        assert name in table
    figures = json.loads(kept.read_bytes())
    assert figures["stages"]["reranked"]["measures"]["recall@1"]["value"] == 1
    assert figures["separations"]["dense"]["auc"] == 1


def test_documents_on_their_way_and_names_of_none_are_refused(
    handbook: Corpus, tmp_path: Path
) -> None:
    file = _questions(tmp_path, {"query": "battery", "relevant": ["batery"]})
    with pytest.raises(CommandError, match="2 documents"):
        _evaluate(file)
    while index_next():
        pass
    with pytest.raises(CommandError, match="batery"):
        _evaluate(file)
