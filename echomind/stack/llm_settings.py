"""How the embedded model server is run, as plain values; the same for both of its builds."""

import msgspec

from ai.catalogue import Model
from echomind.stack.machine import usable_cpus

API_KEY_VARIABLE = "LLAMA_API_KEY"  # also the name that llama-server itself reads
MOST_THREADS = 8  # more of them wait for memory
LEAST_SLOTS = 4
PROMPT_MARGIN = 256  # the chat template's own tokens and the count's error
# A stop is noticed between two batches. With llama.cpp's 2048 the slot stayed busy for 20 s after a
# stop, with 32 for one, both on busy cores; the reading took the same processor time.
BATCH_TOKENS = 32
PROMPT_CACHE_MIB = 1024  # prompts of conversations that lost their slot, about 40 MB each


class LlmSettings(msgspec.Struct, frozen=True):
    """Paths, address and sizes of one model server. `context` is shared by all slots, in tokens."""

    path: str
    alias: str
    host: str
    port: int
    slots: int
    context: int
    threads: int
    prompt_cache_mib: int = PROMPT_CACHE_MIB


class Budget(msgspec.Struct, frozen=True):
    """What the site's settings ask of a model server, in tokens and replies."""

    prompt_tokens: int
    reply_tokens: int
    replies_at_once: int


def settings_for(model: Model, path: str, host: str, port: int, budget: Budget) -> LlmSettings:
    """Room for as many conversations as are written at once, each with a full prompt and reply."""
    slots = max(LEAST_SLOTS, budget.replies_at_once)
    per_slot = budget.prompt_tokens + budget.reply_tokens + PROMPT_MARGIN
    return LlmSettings(
        path=path,
        alias=model.name,
        host=host,
        port=port,
        slots=slots,
        context=slots * -(-per_slot // 256) * 256,
        threads=min(usable_cpus(), MOST_THREADS),
    )
