"""How many tokens texts have, by the tokenizer of the model that will read them.

Each text is counted once: a conversation's turns come back with each question.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ai.backends.base import Backend
from ai.memory import store
from ai.prompts.tokens import estimate_tokens


@dataclass(frozen=True, slots=True)
class Sizes:
    """The tokens of texts; calling it with another text gives an estimate."""

    known: dict[str, int]
    is_exact: bool

    def __call__(self, text: str) -> int:
        size = self.known.get(_fingerprint(text)) if self.is_exact else None
        return estimate_tokens(text) if size is None else size


async def measured(
    backend: Backend, *, conversation: str, model: str, texts: Sequence[str]
) -> Sizes:
    """The sizes of these texts, counted by the server if it counts, else estimated."""
    kept = await asyncio.to_thread(store.load, conversation, store.KeptSizes)
    known = kept.sizes if kept and kept.model == model else {}
    names = {_fingerprint(text): text for text in texts}
    missing = [name for name in names if name not in known]
    counted = await backend.count_texts([names[name] for name in missing]) if missing else []
    if counted is None:
        return Sizes({}, is_exact=False)
    sizes = {name: known[name] for name in names if name in known}
    sizes |= dict(zip(missing, counted, strict=True))
    if sizes != known:
        await asyncio.to_thread(store.keep, conversation, store.KeptSizes(model, sizes))
    return Sizes(sizes, is_exact=True)


def _fingerprint(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
