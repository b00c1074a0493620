"""How meaning and words are joined into one order."""

from rag.search.candidates import Candidate
from rag.search.joining import join
from rag.search.keyword import QueryWord


def candidate(chunk: int, text: str, cosine: float | None) -> Candidate:
    """A chunk that was found."""
    return Candidate(chunk, chunk, str(chunk), "", 1, text, 0, len(text), len(text), cosine)


def order(*candidates: Candidate) -> list[int]:
    """Their chunks, as a query for “battery” puts them."""
    words = [QueryWord("battery", frequency=1, weight=2.0)]
    return [hit.chunk for hit in join("battery", words, {one.chunk: one for one in candidates})]


def test_a_word_of_the_query_decides_between_what_is_nearly_as_near() -> None:
    assert order(candidate(1, "a screen", 0.83), candidate(2, "a battery", 0.80)) == [2, 1]
    assert order(candidate(1, "a screen", 0.95), candidate(2, "a battery", 0.80)) == [1, 2]


def test_words_say_nothing_where_most_candidates_are_in_another_script() -> None:
    near, far = candidate(1, "電池可用兩天", 0.83), candidate(2, "a battery", 0.80)
    assert order(near, far, candidate(3, "充電一小時", 0.70)) == [1, 2, 3]


def test_a_chunk_with_another_models_vector_stands_with_the_farthest() -> None:
    unknown, far = candidate(1, "a battery", None), candidate(2, "a cable", 0.70)
    assert order(candidate(3, "a screen", 0.90), unknown, far) == [3, 1, 2]
