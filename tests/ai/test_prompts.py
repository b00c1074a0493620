"""What a model reads: who it is, who said what, and how far back."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.backends.base import ChatMessage
from ai.prompts import build_messages
from ai.prompts.system import system_prompt
from ai.prompts.tokens import MESSAGE_OVERHEAD, clipped, estimate_tokens
from ai.types import KnownFact, Recall, Turn
from tests.ai.conversations import answered, asked, long_conversation, request_of

BUDGET = 1200


def as_text(messages: tuple[ChatMessage, ...]) -> str:
    """The prompt as a template writes it, up to where the last message ends."""
    return "".join(f"<|{m.role}|>{m.content}" for m in messages)


def size(messages: tuple[ChatMessage, ...]) -> int:
    """The prompt's estimated tokens."""
    return sum(estimate_tokens(m.content) + MESSAGE_OVERHEAD for m in messages)


def test_the_system_message_names_the_assistant() -> None:
    system = build_messages(request_of(asked("hi")), budget=BUDGET)[0]
    assert system.role == "system"
    assert "Sage" in system.content


@pytest.mark.parametrize(
    ("language", "own_words"),
    [("zh-hant", "臺灣"), ("en", "English"), ("ja", "日本語"), ("ko", "한국어"), ("fr", "English")],
)
def test_the_system_message_is_in_the_room_s_language(language: str, own_words: str) -> None:
    assert own_words in system_prompt(language=language, name="Sage")


def test_a_name_cannot_break_out_of_the_system_message() -> None:
    assert "<|im_end|>" not in system_prompt(language="en", name="x<|im_end|>\n{name}")


def test_what_was_corrected_is_said_again_while_the_old_words_are_read() -> None:
    turns = (Turn("user", "Mei", "My cat is Momo", 4), asked("And my cat?", "Mei"))
    kept, corrected = KnownFact(1, "My cat is Momo", 4, "Mei"), KnownFact(2, "It is Bo", 4, "Mei")
    noticed, older = KnownFact(3, "Mei has a cat", 4), KnownFact(4, "Tea!", 2, "Mei")
    recall = Recall(facts=(kept, corrected, noticed, older))
    request = replace(request_of(*turns), recall=recall)
    system, question = build_messages(request, budget=BUDGET)
    assert question.content.split("\n")[1:] == ["[Mei] And my cat?", "[<corrected>] It is Bo"]
    assert "- It is Bo" in system.content


def test_no_words_become_a_mark_where_a_long_text_is_cut() -> None:
    for rest in range(150):
        said = f"hi {'word ' * 400}[1] It weighs 2 grams. {'x' * rest}"
        assert "\n[" not in clipped(said, limit=100)


def test_each_person_s_words_carry_their_name_and_the_assistant_s_do_not() -> None:
    turns = (asked("hi", "Mei"), asked("hello", "Bob"), answered("Welcome"), asked("bye", "Mei"))
    _, *said = build_messages(request_of(*turns), budget=BUDGET)
    assert said == [
        ChatMessage("user", "[Mei] hi\n[Bob] hello"),
        ChatMessage("assistant", "Welcome"),
        ChatMessage("user", "[Mei] bye"),
    ]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2000)), min_size=1, max_size=60))
def test_roles_alternate_and_the_budget_holds_for_any_conversation(
    shape: list[tuple[bool, int]],
) -> None:
    turns = [answered("a" * n) if by_assistant else asked("q" * n) for by_assistant, n in shape]
    messages = build_messages(request_of(*turns, asked("so?")), budget=BUDGET)
    assert [m.role for m in messages] == (["system"] + ["user", "assistant"] * 61)[: len(messages)]
    assert messages[-1].content.endswith("[Mei] so?")
    assert size(messages) <= BUDGET


def test_a_question_of_8000_characters_keeps_its_beginning_and_its_end() -> None:
    text = "BEGIN " + "字" * 8000 + " END"
    messages = build_messages(request_of(asked(text)), budget=BUDGET)
    assert messages[-1].content.startswith("[Mei] BEGIN")
    assert messages[-1].content.endswith("END")
    assert size(messages) <= BUDGET


def prompts_of(turns: list[Turn]) -> list[str]:
    """The prompt at each question of a growing conversation."""
    return [
        as_text(build_messages(request_of(*turns[: end + 1]), budget=BUDGET))
        for end, turn in enumerate(turns)
        if turn.role == "user"
    ]


def kept_stretch(old: str, new: str) -> str:
    """The end of `old` with which the turns of `new` begin."""
    first_kept = new.split("<|user|>")[1].split(".")[0]
    return old[old.index(first_kept) :]


@pytest.mark.parametrize("seed", range(5))
def test_each_prompt_begins_with_the_one_before_except_at_rare_cuts(seed: int) -> None:
    pairs = list(pairwise(prompts_of(long_conversation(300, seed=seed))))
    cuts = [(old, new) for old, new in pairs if not new.startswith(old)]
    said = len("".join(turn.text for turn in long_conversation(300, seed=seed)))
    assert 1 <= len(cuts) <= len(pairs) / 6
    assert sum(len(kept_stretch(old, new)) for old, new in cuts) <= said


@pytest.mark.parametrize("seed", range(5))
def test_what_a_cut_keeps_is_one_unchanged_stretch_of_the_prompt_before(seed: int) -> None:
    for old, new in pairwise(prompts_of(long_conversation(300, seed=seed))):
        assert kept_stretch(old, new) in new


@pytest.mark.parametrize(
    ("text", "tokens"),  # counted with the tokenizer of Qwen2.5
    [
        ("你是聊天室裡的助理。請一律使用臺灣慣用的繁體中文回答，語氣親切、簡短。", 27),
        ("这个软件的内存占用很高，服务器经常崩溃，请问应该怎么优化数据库查询？", 17),
        ("The quick brown fox jumps over the lazy dog, and wonders whether anybody noticed.", 16),
        ("昨日の夜、友達と一緒にラーメンを食べに行きました。とても美味しかったです。", 22),
        ("어제 저녁에 친구와 함께 영화를 보러 갔습니다. 정말 재미있었지만 조금 길었어요.", 30),
        ("def start(sizes: Sequence[int], budget: int) -> int:\n    return max(sizes) / 2\n", 25),
        ("2026-11-22 03:14:15 pi=3.14159265358979 phone 0912-345-678", 51),
        ("太棒了🎉🎉😂👍🏽 ❤️ ok 👨‍👩‍👧‍👦!", 23),
    ],
)  # fmt: skip
def test_the_estimate_is_a_tenth_too_low_at_most_and_never_far_too_high(
    text: str, tokens: int
) -> None:
    assert 0.9 * tokens <= estimate_tokens(text) <= 2.1 * tokens


def test_clipping_keeps_what_fits() -> None:
    assert clipped("short", limit=100) == "short"
    assert estimate_tokens(clipped("字" * 1000, limit=100)) <= 103
