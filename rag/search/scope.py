"""Where a search may look, as a condition that every statement of it carries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from rag.models import Corpus

Parameters = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The chunks of `corpora`, as far as each of `user_ids` may read them. None is empty."""

    corpora: Collection[int]
    user_ids: Collection[int]

    def condition(self) -> tuple[str, Parameters]:
        """SQL about rows of rag_chunk under the name `chunk`, and its parameters.

        The rights are asked once a statement, not once a row: hence the array.
        """
        readable = Corpus.objects.readable_by(self.user_ids).filter(pk__in=self.corpora)
        sql, parameters = readable.order_by().values("pk").query.sql_with_params()
        return f"chunk.corpus_id = ANY(ARRAY({sql}))", parameters
