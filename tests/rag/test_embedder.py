"""The embedded search model: what it is built from, and what its vectors say."""

from pathlib import Path

import numpy as np
import pytest

from echomind.stack.search_model import prepare_search_model
from rag.embedding.base import Embedder
from rag.embedding.e5_small import build, packed
from rag.embedding.e5_small.check import compare
from rag.embedding.e5_small.embedder import load
from rag.embedding.e5_small.model_folder import MODEL, TOKENIZER, model_folder
from rag.embedding.e5_small.session import LONGEST, Encoder
from rag.embedding.registry import embedder, embedder_of
from rag.errors import EmbedderBuildError, EmbedderMissingError

pytestmark = pytest.mark.model


def test_its_vectors_are_those_of_the_same_weights_in_pytorch(search_model: Embedder) -> None:
    folder = model_folder()
    agreement = compare(Encoder(folder / MODEL, folder / TOKENIZER))
    assert agreement.worst > build.LEAST_INT8


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("手機電池可以用多久", 0),
        ("how long does the battery last", 0),
        ("バッテリーは何時間持ちますか", 0),
        ("how bright is the screen", 1),
    ],
)
def test_a_question_is_nearest_to_its_answer_in_another_language(
    search_model: Embedder, query: str, answer: int
) -> None:
    answers = [
        "播放影片最長可達 30 小時，電量很耐用。",
        "The screen is bright and reaches 3000 nits.",
        "有黑、白、藍、綠四色可選。",
    ]
    vectors = search_model.encode_document(answers)
    assert vectors.shape == (3, 384)
    assert np.argmax(vectors @ search_model.encode_query(query)) == answer


def test_vectors_do_not_depend_on_their_neighbours(search_model: Embedder) -> None:
    texts = ["短。", "A sentence of middling length about nothing much.", "長い文です。" * 300, ""]
    together = search_model.encode_document(texts)
    for text, row in zip(texts, together, strict=True):
        alone = search_model.encode_document([text])[0]
        assert float(alone @ row) > 0.98  # a batch shares the scales of its 8-bit values
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-3)


def test_each_token_of_a_text_has_a_vector_and_its_prefix_has_none(search_model: Embedder) -> None:
    text = "電池可以用兩天"
    [tokens] = search_model.encode_with_tokens([text]).tokens
    # The sign of a text's beginning goes with the prefix.
    assert search_model.count_tokens(text) - len(tokens.ids) in (0, 1)
    assert len(tokens.vectors) == len(tokens.ids)
    assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-3)
    [long] = search_model.encode_with_tokens(["長い文です。" * 300]).tokens
    assert len(long.ids) < LONGEST


def test_a_fingerprint_leads_back_to_its_embedder(search_model: Embedder) -> None:
    assert embedder_of(search_model.fingerprint) is search_model
    with pytest.raises(EmbedderMissingError):
        embedder_of("e5_small@another:int8-1:mean")
    with pytest.raises(EmbedderMissingError):
        embedder("word2vec")


def test_without_its_files_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECHOMIND_CACHE", str(tmp_path))
    with pytest.raises(EmbedderMissingError):
        load()


def test_other_weights_are_refused_and_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECHOMIND_CACHE", str(tmp_path))
    monkeypatch.setattr(packed, "SHA256", "0" * 64)
    with pytest.raises(EmbedderBuildError):
        build.build_model(lambda _: None)
    assert [file.suffix for file in tmp_path.iterdir()] == [".lock"]


def test_a_site_whose_model_cannot_be_built_says_so_and_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECHOMIND_CACHE", str(tmp_path))
    monkeypatch.setattr(packed, "SHA256", "0" * 64)
    told: list[str] = []
    prepare_search_model(told.append)
    assert packed.FILE in told[-1]
