"""Finding passages: by meaning and by words, with rights, limits and other people's documents near."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from rag.api import add_document, create_corpus, delete_document, find_passages
from rag.embedding.base import Embedder
from rag.errors import EmbedderMissingError, QueryInvalidError
from rag.models import Chunk, Corpus, Document, Readership
from rag.search.dense import nearest
from rag.search.find import LONGEST_QUERY
from rag.search.keyword import having_words, query_words
from rag.search.scope import Scope
from rag.services.indexing import index_next
from rag.types import Description
from tests.rag.hashing import HashingEmbedder

CANARY = "canary-7f3a9"


def put(corpus: Corpus, name: str, text: str) -> Document:
    """A document of the corpus, indexed."""
    document = add_document(corpus=corpus, description=Description(external_id=name), text=text)
    while index_next():
        pass
    return document


def found(query: str, corpus: Corpus, *readers: User, k: int = 8) -> list[str]:
    """External ids, best first."""
    users = [reader.pk for reader in readers]
    outcome = find_passages(query, corpora=[corpus.pk], user_ids=users, k=k)
    return [passage.external_id for passage in outcome.passages]


@pytest.fixture
def handbook(corpus: Corpus, hashing: HashingEmbedder) -> Corpus:
    """Three documents about different things."""
    put(corpus, "battery", "The battery lasts two days and charges in an hour.")
    put(corpus, "camera", "The camera has a lens for portraits.")
    put(corpus, "colours", "It comes in black, white and blue.")
    return corpus


def test_the_best_passage_comes_first_with_its_place_and_how_it_was_found(
    handbook: Corpus, owner: User
) -> None:
    outcome = find_passages(
        "how long lasts the battery", corpora=[handbook.pk], user_ids=[owner.pk]
    )
    best = outcome.passages[0]
    assert best.external_id == "battery"
    text = Document.objects.get(pk=best.document).text
    assert text[best.start : best.end] == best.text
    assert [stage.name for stage in outcome.stages] == ["dense", "keyword", "joined", "reranked"]
    assert outcome.stages[-1].hits[0].chunk == best.chunk
    scores = [passage.score for passage in outcome.passages]
    assert scores == sorted(scores, reverse=True)


def test_as_many_are_found_as_are_asked_for_and_there(handbook: Corpus, owner: User) -> None:
    assert len(found("battery", handbook, owner, k=2)) == 2
    assert len(found("battery", handbook, owner, k=1000)) == 3
    assert found("battery", handbook, owner, k=1) == ["battery"]


def test_simplified_and_full_width_words_meet_traditional_ones(
    corpus: Corpus, owner: User, hashing: HashingEmbedder
) -> None:
    put(corpus, "screen", "螢幕的亮度很高，電池也耐用。")
    put(corpus, "weather", "明天會下雨，記得帶傘。")
    outcome = find_passages("电池", corpora=[corpus.pk], user_ids=[owner.pk])
    keyword = next(stage for stage in outcome.stages if stage.name == "keyword")
    assert len(keyword.hits) == 1
    assert outcome.passages[0].external_id == "screen"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("the lens", ["camera"]),  # a common word brings in nothing beside a rare one
        ("the charges", ["battery"]),
        ("the has", ["camera", "pen"]),  # where all are common, chunks have all of them
    ],
)
def test_common_words_only_count_beside_others(
    handbook: Corpus,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    expected: list[str],
) -> None:
    put(handbook, "pen", "The pen has ink.")
    monkeypatch.setattr("rag.search.keyword.COUNTED_TO", 2)
    scope = Scope([handbook.pk], [owner.pk])
    hits = having_words(scope, query_words(scope, query, 4), limit=10)
    names = [Chunk.objects.get(pk=hit.chunk).document.external_id for hit in hits]
    assert sorted(names) == expected


@pytest.mark.parametrize("query", ["", "   ", "長" * (LONGEST_QUERY + 1), "x" * 100_000])
def test_a_query_that_nobody_would_ask_is_refused_with_a_code(
    handbook: Corpus, owner: User, query: str
) -> None:
    with pytest.raises(QueryInvalidError):
        found(query, handbook, owner)


@pytest.mark.parametrize(
    "query",
    [
        "???",
        "'; DROP TABLE rag_chunk; --",
        "a & | ! <-> :*",
        "\0battery\ud800",
        "🔋" * 500,
        "%s %d",
    ],
)
def test_signs_in_a_query_are_only_signs(handbook: Corpus, owner: User, query: str) -> None:
    assert len(found(query, handbook, owner)) == 3


def test_a_stranger_finds_nothing_even_with_the_corpus_s_number(
    handbook: Corpus, owner: User, reader: User, stranger: User
) -> None:
    Readership.objects.create(corpus=handbook, user=reader)
    assert found("battery", handbook, reader)
    assert found("battery", handbook, owner, reader)
    assert found("battery", handbook, stranger) == []
    assert found("battery", handbook, owner, stranger) == []
    assert found("battery", handbook) == []


def test_two_tenants_see_nothing_of_each_other_in_any_stage(
    handbook: Corpus, owner: User, stranger: User
) -> None:
    theirs = create_corpus(owner=stranger, slug="theirs", name="Theirs")
    alone = find_passages("battery canary", corpora=[handbook.pk], user_ids=[owner.pk])
    for number in range(5):
        put(theirs, f"secret-{number}", f"The battery of {CANARY} is a secret.")
    beside = find_passages(
        "battery canary", corpora=[handbook.pk, theirs.pk], user_ids=[owner.pk], k=50
    )
    mine = set(handbook.chunks.values_list("pk", flat=True))
    assert {hit.chunk for stage in beside.stages for hit in stage.hits} <= mine
    assert CANARY not in repr(beside)
    # Not even by what their words do to the weights of mine.
    assert [(one.chunk, one.score) for one in beside.passages] == [
        (one.chunk, one.score) for one in alone.passages
    ]


def test_a_deleted_document_is_found_no_more(handbook: Corpus, owner: User) -> None:
    document = handbook.documents.get(external_id="battery")
    delete_document(document=document)
    assert "battery" not in found("battery", handbook, owner)


def test_without_the_model_a_search_says_so(handbook: Corpus, owner: User) -> None:
    Corpus.objects.filter(pk=handbook.pk).update(serving="hashing@gone")
    with pytest.raises(EmbedderMissingError):
        found("battery", handbook, owner)


def test_the_index_finds_what_the_exact_search_finds(
    handbook: Corpus, owner: User, hashing: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope, vector = Scope([handbook.pk], [owner.pk]), hashing.encode_query("battery hour")
    exact = nearest(scope, vector, hashing.fingerprint, limit=3, size=3)
    monkeypatch.setattr("rag.search.dense.EXACT_BELOW", 0)
    with CaptureQueriesContext(connection) as asked:
        by_index = nearest(scope, vector, hashing.fingerprint, limit=3, size=3)
    (search,) = [one["sql"] for one in asked if "rag_chunk" in one["sql"]]
    assert "halfvec(384)" in search
    assert by_index[0].chunk == exact[0].chunk
    assert {hit.chunk for hit in by_index} == {hit.chunk for hit in exact}
    assert np.allclose([hit.score for hit in by_index], [hit.score for hit in exact], atol=1e-3)


@pytest.mark.model
def test_the_real_model_finds_answers_across_languages(
    corpus: Corpus, owner: User, search_model: Embedder
) -> None:
    put(corpus, "battery", "iPhone 17 的電池播放影片最長可達 30 小時。")
    put(corpus, "colours", "iPhone 17 有黑、白、薰衣草紫、鼠尾草綠與霧藍五色。")
    put(corpus, "weather", "明天臺北會下雨，記得帶傘。")
    assert found("how long does the battery last", corpus, owner)[0] == "battery"
    assert found("どんな色がありますか", corpus, owner)[0] == "colours"
    assert found("비가 오나요", corpus, owner)[0] == "weather"
