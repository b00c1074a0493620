"""An answer ends where it would go on as somebody else, whatever brackets it draws."""

import pytest

from ai.other_voices import OtherVoices


def said(text: str, size: int) -> str:
    """`text` through the filter in pieces of `size`."""
    voices = OtherVoices(("Mei", "曹操"))
    pieces = [voices.feed(text[start : start + size]) for start in range(0, len(text), size)]
    return "".join(pieces) + voices.flush()


@pytest.mark.parametrize("size", [1, 2, 5, 100])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Wait.\n[Mei] No!", "Wait."),
        ("Wait.\n\n【曹操】孤以為不然", "Wait.\n"),
        ("Wait.\n  ［Mei］No!\nAnd more", "Wait."),
        ("Wait.\n[Guan] Yes.\n[Mei] No!", "Wait.\n[Guan] Yes."),
        ("I told [Mei] so.", "I told [Mei] so."),
        ("A list:\n[1] one\n[2] two\n", "A list:\n[1] one\n[2] two\n"),
        ("曹操：魏國\n劉備：蜀漢", "曹操：魏國\n劉備：蜀漢"),
        ("Half\n[Me", "Half\n[Me"),
        ("One\n", "One\n"),
        ("", ""),
    ],
)
def test_only_the_words_of_others_are_cut_off(size: int, text: str, shown: str) -> None:
    assert said(text, size) == shown


def test_only_a_line_s_beginning_is_held_back() -> None:
    voices = OtherVoices(("Mei",))
    assert [voices.feed(piece) for piece in ("One", "\n", "two", "\n[", "M", "ore")] == [
        "One",
        "",
        "\ntwo",
        "",
        "",
        "\n[More",
    ]
