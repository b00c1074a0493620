"""The passages of a reply as they are kept with it: what its model read, and which its answer cites."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from ai.types import Citation, ToolUse
from chat.models import Reply
from rag.types import Passage

# The fields of a passage, with `n` where it is cited and whether it was `read`.
Kept = dict[str, Any]


def read_in(uses: Iterable[ToolUse]) -> tuple[Passage, ...]:
    """The passages that tools brought, each once, in the order of their numbers."""
    read = (passage for use in uses for passage in use.passages)
    return tuple({passage.chunk: passage for passage in read}.values())


def to_keep(read: Sequence[Passage], citations: Iterable[Citation]) -> list[Kept]:
    """What is kept: the passages that were read, then those that only an earlier part cites."""
    numbers = {citation.passage.chunk: citation.n for citation in citations}
    known = {passage.chunk for passage in read}
    earlier = [one.passage for one in citations if one.passage.chunk not in known]
    return [
        asdict(passage) | {"n": numbers.get(passage.chunk), "read": passage.chunk in known}
        for passage in (*read, *earlier)
    ]


def read_before(reply: Reply) -> tuple[Passage, ...]:
    """The passages in the prompt of a reply, to be read again as they were."""
    return tuple(_passage(kept) for kept in reply.passages if kept["read"])


def cited_before(reply: Reply) -> tuple[Citation, ...]:
    """What the answer of a reply cites, by number."""
    cited = [Citation(kept["n"], _passage(kept)) for kept in reply.passages if kept["n"]]
    return tuple(sorted(cited, key=lambda citation: citation.n))


def _passage(kept: Kept) -> Passage:
    return Passage(**{name: value for name, value in kept.items() if name not in ("n", "read")})
