"""How a reply comes about, as JSON values: what is asked of which server, and what that takes.

The prompt is kept beside the passport, not in it: readers of a reply see the passport alone.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ai.backends.base import Backend, Capabilities, Order
from ai.prompts import line_of
from ai.types import Asked, KnownFact, PromptMessage, Recall, ReplyRequest, Route, ToolUse, Usage

HELD = ("memory", "tools", "is_sure")  # in a passport: what the prompt was made from


def asked(
    order: Order,
    *,
    request: ReplyRequest,
    route: Route,
    backend: Backend,
    model: str,
    uses: Sequence[ToolUse] = (),
) -> Asked:
    """What goes to the server now, told before it goes."""
    prompt = tuple(asdict(message) for message in order.messages)
    return Asked(
        prompt,
        {
            "model": model,
            "model_id": route.model_id,
            "server": route.server,
            "backend": backend.name,
            "adapter": order.adapter,
            "preset": request.brief.preset,
            "parameters": _sent(order, backend.capabilities),
            "unsupported": list(backend.capabilities.lacking(order)),
            "prompt_sha256": fingerprint(prompt),
            **_held(order, request, uses),
        },
    )


def figures(usage: Usage) -> dict[str, Any]:
    """What the answer took. `tokens_per_second` counts from the first token; None for one alone."""
    writing_s = (usage.total_ms - usage.first_token_ms) / 1000
    speed = (usage.completion_tokens - 1) / writing_s if writing_s > 0 else 0.0
    return {**asdict(usage), "tokens_per_second": round(speed, 1) or None}


def fingerprint(prompt: Sequence[PromptMessage]) -> str:
    """SHA-256 of the prompt as JSON, in hexadecimal: equal for equal prompts."""
    text = json.dumps(prompt, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(fact: KnownFact) -> str:
    """Tells whether a fact still has the text that was read."""
    return hashlib.sha256(fact.text.encode()).hexdigest()[:16]


def _sent(order: Order, capabilities: Capabilities) -> dict[str, Any]:
    """The parameters under our names, and all stops, those that keep it from speaking for others too."""
    stops = [*order.parameters.stop, *order.stop][: capabilities.most_stops]
    values = order.parameters.as_json() | {"stop": stops}
    return {name: value for name, value in values.items() if name in capabilities.parameters}


def _held(order: Order, request: ReplyRequest, uses: Sequence[ToolUse]) -> dict[str, Any]:
    """What the prompt holds of memory and tools, and whether its passages are known to answer: one
    that is read again, what it held at first.
    """
    if request.prompt:
        return {name: request.once_told[name] for name in HELD if name in request.once_told}
    sure = [use.is_sure for use in uses if use.passages]
    return {
        "memory": _memory(request.recall, order),
        "tools": [use.told() for use in uses],
        "is_sure": bool(sure) and all(sure),
    }


def _memory(recall: Recall, order: Order) -> dict[str, Any]:
    """What was remembered, without its words. Not all facts may have had room in the prompt."""
    read = order.messages[0].content.split("\n")
    facts = [
        {"id": fact.id, "message": fact.message, "digest": digest_of(fact)}
        for fact in recall.facts
        if line_of(fact) in read
    ]
    return {"summary_until": recall.until if recall.summary else None, "facts": facts}
