"""A title from the real 0.5B model, and what it costs the conversation: nothing read twice."""

import pytest

from ai.api import suggest_title
from echomind.stack.llm_server import LlmServer
from tests.ai.conversations import answered, asked, request_of
from tests.ai.listening import whole_reply

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

QUESTIONS = {
    "en": "How do I brew a good cup of black tea? Answer in one short sentence.",
    "zh-hant": "紅茶要怎麼泡才好喝？請用一句話回答。",
}


@pytest.mark.parametrize("language", QUESTIONS)
async def test_a_conversation_is_named_and_its_next_turn_reads_only_what_is_new(
    llama: LlmServer, language: str
) -> None:
    conversation = f"titled:{language}"
    turns = [asked(QUESTIONS[language])]
    first = request_of(*turns, conversation=conversation, language=language, max_tokens=40)
    answer, end = await whole_reply(first)
    title = await suggest_title(first, answer)
    assert title
    assert len(title.split()) <= 6
    assert len(title) <= (64 if language == "en" else 12)
    turns += [answered(answer), asked("?")]
    later = request_of(*turns, conversation=conversation, language=language, max_tokens=16)
    _, second = await whole_reply(later)
    assert second.usage.cached_tokens >= end.usage.prompt_tokens
