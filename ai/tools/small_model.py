"""The tool `small_model`: work for which no large model is needed. Today that is the mood of a text.

It is a list of words, not a trained model, and says so with each result.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ai.tools.sentiment import mood_of, size
from ai.types import Found, Tool, ToolName, Turn

MOST_CHARACTERS = 2_000
WORDS_SHOWN = 8
METHOD = (
    "a list of {size} words and emoji in Chinese, English, Japanese and Korean, counted; "
    "it knows neither irony nor context"
)
_ASKS = re.compile(
    r"\b(?:sentiment|mood|tone)\b|\b(?:positive|negative)\b.*\?"
    r"|情緒|情绪|語氣|语气|心情如何|(?:正面|負面|负面|褒|貶|贬)"
    r"|感情(?:分析|は|を)|気持ち|ポジティブ|ネガティブ|雰囲気"
    r"|감정|분위기|기분|긍정|부정",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[「『“”\"‘]([^」』“”\"’]++)[」』“”\"’]")
_AFTER_COLON = re.compile(r"[:：]\s*(\S.{3,})$", re.DOTALL)


async def _run(arguments: Mapping[str, Any]) -> Found:
    mood = mood_of(arguments["text"])
    told = {
        "mood": mood.label,
        "balance": mood.balance,
        "words": mood.words[:WORDS_SHOWN],
        "method": METHOD.format(size=size()),
    }
    return Found(json.dumps(told, ensure_ascii=False))


async def _hears(turns: Sequence[Turn]) -> Mapping[str, Any] | None:
    """The text that the last turn asks about: what it quotes, else what was said before it."""
    question = turns[-1].text
    if not _ASKS.search(question):
        return None
    quotation = _QUOTED.search(question) or _AFTER_COLON.search(question)
    text = quotation.group(1) if quotation else _said_before(turns)
    return {"task": "sentiment", "text": text[:MOST_CHARACTERS]} if text.strip() else None


def _said_before(turns: Sequence[Turn]) -> str:
    people = [turn.text for turn in turns[:-1] if turn.role == "user"]
    return people[-1] if people else ""


SMALL_MODEL = Tool(
    name=ToolName.SMALL_MODEL,
    description="Weigh the mood of a text: positive, negative or neutral.",
    schema={
        "type": "object",
        "properties": {
            "task": {"enum": ["sentiment"]},
            "text": {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS},
        },
        "required": ["task", "text"],
        "additionalProperties": False,
    },
    run=_run,
    hears=_hears,
)
