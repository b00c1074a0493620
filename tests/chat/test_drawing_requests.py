"""Which words ask for a picture, in every language of the site."""

import pytest

from chat.selectors.drawing_requests import drawing_asked_in, mentions_drawing


@pytest.mark.parametrize(
    "text",
    [
        "畫柴犬",
        "画柴犬",
        "畫一隻柴犬",
        "畫一隻柴犬！",
        "幫我畫一隻柴犬吧",
        "請畫柴柴",
        "画一只柴犬",
        "draw a shiba",
        "Draw a Shiba Inu, please"[:16],
        "please draw a shiba",
        "柴犬を描いて",
        "柴犬を描いてください",
        "柴犬の絵を描いて",
        "시바견 그려줘",
        "시바견을 그려 주세요",
        "시바 한 마리 그려줘",
        "/draw",
        "/draw shiba",
        "　畫柴犬　",
        "ｄｒａｗ ａ ｓｈｉｂａ",
    ],
)
def test_these_words_ask_for_a_shiba(text: str) -> None:
    asked = drawing_asked_in(text)
    assert asked is not None
    assert (asked.kind, asked.seed) == ("shiba", None)


@pytest.mark.parametrize(
    ("text", "kind", "seed"),
    [
        ("畫柴犬 #20417", "shiba", 20417),
        ("畫柴犬 種子 7", "shiba", 7),
        ("draw a shiba #7", "shiba", 7),
        ("/draw pixel #3", "pixel", 3),
        ("/draw 像素", "pixel", None),
        ("/draw shiba seed 12", "shiba", 12),
        ("/draw cat", "cat", None),
    ],
)
def test_a_seed_and_a_kind_can_be_named(text: str, kind: str, seed: int | None) -> None:
    asked = drawing_asked_in(text)
    assert asked is not None
    assert (asked.kind, asked.seed) == (kind, seed)


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("畫一隻黑色的柴犬", {"coat": "black and tan"}),
        ("畫雪地裡的柴犬", {"scene": "snow"}),
        ("畫一隻坐著的白色柴犬", {"coat": "cream", "pose": "sitting"}),
        ("draw a black shiba in the snow", {"coat": "black and tan", "scene": "snow"}),
        ("draw a shiba under cherry blossoms", {"scene": "sakura"}),
        ("雪の中の柴犬を描いて", {"scene": "snow"}),
        ("검은 시바견 그려줘", {"coat": "black and tan"}),
    ],
)
def test_words_say_how_it_should_look(text: str, wishes: dict[str, str]) -> None:
    asked = drawing_asked_in(text)
    assert asked is not None
    assert asked.wishes == wishes


@pytest.mark.parametrize(
    "text",
    [
        "柴犬",
        "我家的柴犬會畫畫",
        "昨天畫柴犬的人是誰？",
        "I saw a shiba draw a crowd",
        "drawer",
        "/drawer",
        "/draw a b c",
        "畫貓",
        "柴犬を描いた",
        "雪地裡的柴犬",
        "畫" * 4_000 + "柴犬",
    ],
)
def test_other_words_are_only_said(text: str) -> None:
    assert drawing_asked_in(text) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("先說個笑話，再畫一隻柴犬給我", True),
        ("tell me a joke and draw me a shiba", True),
        ("說說柴犬的歷史", False),
    ],
)
def test_a_longer_sentence_is_for_the_tool(text: str, asks: bool) -> None:
    assert mentions_drawing(text) is asks
