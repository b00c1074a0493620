"""The mood of a text by a list of words, and what the tool hears in a question."""

import json

import pytest

from ai.tools.sentiment import mood_of
from ai.tools.small_model import SMALL_MODEL
from ai.types import Turn
from tests.ai.conversations import asked


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("我今天好開心，謝謝你們！", "positive"),
        ("這個服務真的很差，讓人失望", "negative"),
        ("我不喜歡這個設計", "negative"),
        ("手機很順，拍照也漂亮", "positive"),
        ("I love this, it works great", "positive"),
        ("This is not good at all", "negative"),
        ("Not bad, actually quite nice", "positive"),
        ("The app keeps crashing and support is useless", "negative"),
        ("今日はとても楽しかったです", "positive"),
        ("この店はおいしくない", "negative"),
        ("対応が遅くて本当にがっかりした", "negative"),
        ("使いやすくて気に入りました", "positive"),
        ("오늘 정말 행복해요", "positive"),
        ("별로 안 좋아요", "negative"),
        ("배송이 너무 느려서 짜증나", "negative"),
        ("고마워요, 덕분에 성공했어요", "positive"),
        ("👍🎉", "positive"),
        ("This is great, but the support is terrible", "neutral"),
        ("會議三點開始", "unknown"),
        ("The meeting is at three", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_text_has_the_mood_of_its_words(text: str, label: str) -> None:
    assert mood_of(text).label == label


def test_a_negated_word_is_shown_as_such() -> None:
    assert mood_of("I do not like it").words == ("¬like",)


async def test_the_tool_says_that_it_counts_words() -> None:
    found = await SMALL_MODEL.run({"task": "sentiment", "text": "好棒"})
    told = json.loads(found.text)
    assert told["mood"] == "positive"
    assert "list of" in told["method"]
    assert "irony" in told["method"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("這句話是正面還是負面？「服務很差」", "服務很差"),
        ('What is the mood of "I am fine"?', "I am fine"),
        ('What is the mood of ""I am fine""?', "I am fine"),
        ("この文の感情は？『最高でした』", "最高でした"),
        ("다음 글의 감정은? “너무 힘들어”", "너무 힘들어"),
        ("What mood is this: we lost again", "we lost again"),
        ("What is the mood of that?", "Mei said so"),
    ],
)
async def test_a_question_about_a_mood_is_heard_with_the_text_it_is_about(
    question: str, text: str
) -> None:
    turns = (asked("Mei said so"), Turn("assistant", "Sage", "I see"), asked(question))
    assert await SMALL_MODEL.hears(turns) == {"task": "sentiment", "text": text}


@pytest.mark.parametrize(
    "question",
    ["幫我寫一首詩", "How are you?", "天気は？", "이름이 뭐야?", "Set the tone dial to 3"],
)
async def test_other_questions_are_left_alone(question: str) -> None:
    assert await SMALL_MODEL.hears((asked(question),)) is None
