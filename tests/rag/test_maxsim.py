"""Ranking again by token vectors: what the title says counts by itself."""

import pytest

from rag.rerank.maxsim import MaxSim
from rag.search.candidates import Candidate
from tests.rag.hashing import HashingEmbedder


def candidate(number: int, title: str, text: str) -> Candidate:
    return Candidate(number, 1, "a", title, 1, text, 0, len(text), 1, 0.5)


@pytest.mark.django_db
def test_the_same_words_weigh_more_in_a_title_which_is_read_once() -> None:
    model, ranking = HashingEmbedder(), MaxSim()
    pair = [candidate(1, "Battery", "The lens."), candidate(2, "The lens", "Battery.")]
    for _ in range(2):
        first, second = ranking.rerank("battery", pair, [0.5, 0.5], model)
        assert first > second
    assert model.texts.count("Battery") == 1
