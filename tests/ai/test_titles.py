"""What a model's suggestion becomes before it is a title."""

import pytest

from ai.titles import tidy_title


@pytest.mark.parametrize(
    ("said", "language", "title"),
    [
        ("Brewing black tea", "en", "Brewing black tea"),
        ('**Title:** "Brewing black tea."', "en", "Brewing black tea"),
        ("\n\n# Tea\n\nBecause you asked about tea.", "en", "Tea"),
        ("How to brew a good cup of black tea", "en", "How to brew a good cup"),
        ("標題：《红茶的软件》", "zh-hant", "紅茶的軟體"),
        ("泡一杯好紅茶所需要的水溫和時間", "zh-hant", "泡一杯好紅茶所需要的水溫"),
        ("iPhone 17 電池續航力的測試", "zh-hant", "iPhone 17 電池"),
        ("タイトル：紅茶のいれ方", "ja", "紅茶のいれ方"),
        ("맛있는 홍차를 끓이는 아주 좋은 방법", "ko", "맛있는 홍차를 끓이는"),
        ("How is the weather?", "en", "How is the weather?"),
        ("```\n```", "en", ""),
        ("", "zh-hant", ""),
        ("<|im_end|>", "en", "im_end"),
        ("x" * 500, "en", "x" * 64),
    ],
)
def test_a_suggestion_is_cut_to_a_title(said: str, language: str, title: str) -> None:
    assert tidy_title(said, traditional=language == "zh-hant") == title
