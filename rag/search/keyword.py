"""Candidates by words: the chunks with the rarest words of the query, and what each word weighs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.db import connection

from rag.keywords import keywords_of
from rag.search.bm25 import idf
from rag.search.scope import Scope
from rag.types import StageHit

MOST_WORDS = 48  # of a query; the first ones
COUNTED_TO = 1_000  # a word of more chunks than that is common, however many they are
ENOUGH = 400  # chunks with rare words; less rare ones bring in no more then


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
    """At most `limit` chunks with the query's words, best first; scores are the sums of the weights.

    A common word brings in nothing by itself, it only counts where a rare one is; where all words
    are common, chunks need all of them (as in Lucene's CommonTermsQuery). So a search reads some
    hundred rows, however many a common word has.
    """
    there = [word for word in words if word.frequency]
    rare = [word for word in there if word.frequency < COUNTED_TO]
    if not there:
        return []
    return _with_any(scope, _rarest(rare), words, limit) if rare else _with_all(scope, there, limit)


def _with_any(
    scope: Scope, rarest: Collection[QueryWord], words: Collection[QueryWord], limit: int
) -> list[StageHit]:
    """Those with one of the rarest words, and what all of the query's words make of each."""
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
    gathered = " | ".join(word.lexeme for word in rarest)
    lexemes, weights = [word.lexeme for word in words], [word.weight for word in words]
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, gathered, lexemes, weights, limit))
        return [StageHit(chunk, score) for chunk, score in cursor.fetchall()]


def _with_all(scope: Scope, words: Collection[QueryWord], limit: int) -> list[StageHit]:
    """Any of those with all of the words: they are as good as each other."""
    readable, parameters = scope.condition()
    # Hidden in a query of its own: else the planner hopes to meet common words in whatever row it
    # reads, and reads all rows of other corpora.
    sql = f"""
        SELECT chunk.id FROM rag_chunk chunk
        WHERE {readable} AND chunk.keywords @@ (SELECT %s::tsquery) LIMIT %s
    """  # noqa: S608  (its parts are written here and by the ORM)
    together = " & ".join(word.lexeme for word in words)
    score = sum(word.weight for word in words)
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, together, limit))
        return [StageHit(chunk, score) for (chunk,) in sorted(cursor.fetchall())]


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
    """The rarest first, until they bring in enough chunks."""
    ordered = sorted(words, key=lambda word: word.frequency)
    before = accumulate((word.frequency for word in ordered), initial=0)
    return [word for word, chunks in zip(ordered, before, strict=False) if chunks < ENOUGH]
