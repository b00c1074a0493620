"""One answer as it grows: its filters, its clock, its count, and whether it says anything."""

from collections.abc import Iterable
from time import monotonic
from typing import Protocol

from ai.backends.base import Ended
from ai.citations import CitationStream
from ai.errors import ModelFailedError, ModelGarbledError
from ai.other_voices import OtherVoices
from ai.own_mark import OwnMarkFilter
from ai.passport import figures
from ai.traditional import TraditionalStream
from ai.types import Citation, Cited, Finished, Reading, TextPiece, Usage

MOST_CHARACTERS = 100_000  # far above what the most tokens make: who sends more never ends
MOST_SIGNS = 100_000  # of life, as of thoughts that are not shown


class Filter(Protocol):
    """Changes text on its way out; what it returns may lag behind what it was fed."""

    def feed(self, piece: str) -> str: ...

    def flush(self) -> str: ...


class Answer:
    """Collects what one run of a model yields, from the moment the request is made."""

    def __init__(
        self,
        *,
        traditional: bool,
        own_name: str,
        others: Iterable[str],
        goes_on: bool = False,
        citing: CitationStream | None = None,
    ) -> None:
        """`traditional` where Chinese is converted to it; `goes_on` where the beginning is written
        already: then even no word more is an answer. `citing` looks after its citations.
        """
        # Marks are looked for in the script that names are written in.
        self._filters: list[Filter] = [TraditionalStream()] if traditional else []
        if not goes_on:
            self._filters.append(OwnMarkFilter(own_name, others))
        self._filters.append(OtherVoices(set(others) - {own_name}))
        self._citing = citing
        if citing is not None:
            self._filters.append(citing)
        self._cited: tuple[Citation, ...] = ()
        self._began = monotonic()
        self._first_token_ms = 0.0
        self._tokens = 0
        self._characters = 0
        self._signs = 0
        self._is_read = False
        self._says_something = goes_on

    def sense(self) -> list[Reading]:
        """A sign of life: news only the first time, and only before there is text.

        Raises ModelGarbledError where they never end, as `hear` does.
        """
        self._signs += 1
        if self._signs > MOST_SIGNS:
            raise ModelGarbledError(reason="endless signs of life")
        news = not self._is_read
        self._is_read = True
        return [Reading()] if news else []

    def hear(self, text: str) -> list[TextPiece | Cited]:
        """The piece that `text` makes certain, if any, behind what it is the first to cite."""
        if not self._tokens:
            self._first_token_ms = self._elapsed_ms()
        self._tokens += 1
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise ModelGarbledError(reason="endless answer")
        self._is_read = True
        text = text.replace("\0", "")  # Postgres takes none
        for filter_ in self._filters:
            text = filter_.feed(text)
        return self._pieces(text)

    def end(self, ended: Ended, *, model: str) -> list[TextPiece | Cited | Finished]:
        """The held back rest and the end. Raises ModelFailedError for an answer without words."""
        text = ""
        for filter_ in self._filters:
            text = filter_.feed(text) + filter_.flush()
        rest = self._pieces(text)
        if not self._says_something:
            raise ModelFailedError(reason="empty answer")
        usage = self._usage(ended, model)
        return [*rest, Finished(ended.reason, usage, figures(usage))]

    def _pieces(self, text: str) -> list[TextPiece | Cited]:
        self._says_something = self._says_something or bool(text.strip())
        piece = [TextPiece(text)] if text else []
        return [*self._news_of_citations(), *piece]

    def _news_of_citations(self) -> list[Cited]:
        before, self._cited = self._cited, self._citing.citations if self._citing else ()
        return [Cited(self._cited)] if len(self._cited) > len(before) else []

    def _usage(self, ended: Ended, model: str) -> Usage:
        return Usage(
            model=model,
            prompt_tokens=ended.prompt_tokens,
            cached_tokens=ended.cached_tokens,
            completion_tokens=ended.completion_tokens or self._tokens,
            first_token_ms=self._first_token_ms,
            total_ms=self._elapsed_ms(),
            finish=ended.reason,
        )

    def _elapsed_ms(self) -> float:
        return round((monotonic() - self._began) * 1000, 1)
