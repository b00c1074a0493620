"""Candidates by words: the chunks with the rarest words of the query, and what each word weighs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from rag.keywords import keywords_of
from rag.search.bm25 import idf
from rag.search.scope import Scope
from rag.types import StageHit

MOST_WORDS = 48  # of a query; the first ones
COUNTED_TO = 1_000  # a word of more chunks than that is common, however many they are
ENOUGH = 400  # chunks with a rare word; chunks with common ones alone are no candidates then


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A keyword of a query: how many chunks of the scope have it, and its idf there."""

    word: str
    frequency: int
    weight: float

    @property
    def lexeme(self) -> str:
        """As a tsquery. Keywords are letters and digits, so that nothing needs an escape."""
        return f"'{self.word}'"


def query_words(scope: Scope, query: str, size: int) -> list[QueryWord]:
    """The words of a query in a scope that has `size` chunks."""
    words = list(dict.fromkeys(keywords_of(query)))[:MOST_WORDS]
    return [QueryWord(word, count, idf(size, count)) for word, count in _frequencies(scope, words)]


def having_words(scope: Scope, words: Collection[QueryWord], *, limit: int) -> list[StageHit]:
    """At most `limit` chunks with the rarest words, best first; scores are the sums of the weights."""
    gathering = _rarest(words)
    if not gathering:
        return []
    readable, parameters = scope.condition()
    sql = f"""
        SELECT found.id, sum(asked.weight) AS score
        FROM (
            SELECT chunk.id, chunk.keywords FROM rag_chunk chunk
            WHERE {readable} AND chunk.keywords @@ %s::tsquery
        ) found
        JOIN unnest(%s::tsquery[], %s::float[]) AS asked(lexeme, weight)
          ON found.keywords @@ asked.lexeme
        GROUP BY found.id ORDER BY score DESC, found.id LIMIT %s
    """  # noqa: S608  (its parts are written here and by the ORM)
    gathered = " | ".join(word.lexeme for word in gathering)
    lexemes, weights = [word.lexeme for word in words], [word.weight for word in words]
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, gathered, lexemes, weights, limit))
        return [StageHit(chunk, score) for chunk, score in cursor.fetchall()]


def _frequencies(scope: Scope, words: Sequence[str]) -> list[tuple[str, int]]:
    """Counted up to COUNTED_TO: beyond it idf hardly changes, and counting would cost most."""
    if not words:
        return []
    readable, parameters = scope.condition()
    sql = f"""
        SELECT asked.word, (
            SELECT count(*) FROM (
                SELECT FROM rag_chunk chunk
                WHERE {readable} AND chunk.keywords @@ asked.lexeme LIMIT {COUNTED_TO}
            ) having_it
        )
        FROM unnest(%s::text[], %s::tsquery[]) AS asked(word, lexeme)
    """  # noqa: S608  (its parts are written here and by the ORM)
    lexemes = [f"'{word}'" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, list(words), lexemes))
        return list(cursor.fetchall())


def _rarest(words: Collection[QueryWord]) -> list[QueryWord]:
    """Words that occur, the rarest first, until they bring in enough chunks."""
    chosen: list[QueryWord] = []
    for word in sorted(words, key=lambda word: word.frequency):
        if sum(other.frequency for other in chosen) >= ENOUGH:
            break
        if word.frequency:
            chosen.append(word)
    return chosen
