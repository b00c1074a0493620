"""What readers of a room are shown of the passages behind its answers.

A document that not everybody there may read any more, or that is gone, is not shown to anybody there.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ai.api import without_passages
from ai.types import Citation, PromptMessage
from chat.models import Reply, Room
from chat.selectors.corpora import readers_of
from chat.selectors.passages import Kept, to_keep
from chat.wire import CitationWire
from rag.api import readable_documents

NOT_TOLD = ("text", "tokens", "read")  # of a passage in a passport


@dataclass(frozen=True, slots=True)
class Sources:
    """Of one reply: what its answer cites, and what its model read, as JSON values."""

    citations: list[CitationWire] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)


def sources_of(room: Room, replies: Iterable[Reply]) -> Mapping[uuid.UUID, Sources]:
    """By reply; those without passages are left out. Two statements if there are any, else none."""
    with_passages = [reply for reply in replies if reply.passages]
    if not with_passages:
        return {}
    documents = {kept["document"] for reply in with_passages for kept in reply.passages}
    slugs = readable_documents(readers_of(room), documents)
    return {reply.pk: _shown(reply.passages, slugs) for reply in with_passages}


def cited_now(room: Room, citations: Sequence[Citation]) -> list[CitationWire]:
    """What an answer in this room cites while it is being written."""
    kept = to_keep((), citations)
    slugs = readable_documents(readers_of(room), {one["document"] for one in kept})
    return _shown(kept, slugs).citations


def prompt_of(reply: Reply) -> list[PromptMessage]:
    """What the model of a reply read, without the passages that are not shown."""
    shown = sources_of(reply.room, [reply]).get(reply.pk, Sources()).passages
    numbers = {number for number, _ in enumerate(reply.passages, 1)}
    return without_passages(reply.prompt, numbers - {one["number"] for one in shown})


def _shown(passages: Sequence[Kept], slugs: Mapping[int, str]) -> Sources:
    """`number` is a passage's place among those of its reply, by which it is opened."""
    shown = [
        kept | {"number": number, "corpus": slugs[kept["document"]]}
        for number, kept in enumerate(passages, 1)
        if kept["document"] in slugs
    ]
    cited = sorted((one for one in shown if one["n"]), key=lambda one: int(one["n"]))
    return Sources(
        citations=[
            CitationWire(**{name: one[name] for name in CitationWire.__struct_fields__})
            for one in cited
        ],
        passages=[
            {name: value for name, value in one.items() if name not in NOT_TOLD} for one in shown
        ],
    )
