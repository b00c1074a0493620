"""A model that begins as the messages it read begin is not quoted with its mark."""

import pytest

from ai.own_mark import OwnMarkFilter

OTHERS = ("Mei", "阿宏")


def said(text: str, size: int) -> str:
    """`text` through the filter in pieces of `size`."""
    own_mark = OwnMarkFilter("Sage", OTHERS)
    pieces = [own_mark.feed(text[start : start + size]) for start in range(0, len(text), size)]
    return "".join(pieces) + own_mark.flush()


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[Sage] Hello", "Hello"),
        (" \n[Mei]\nHello", "Hello"),
        ("[阿宏]你好", "你好"),
        ("Sage: Hello", "Hello"),
        ("Sage：Hello", "Hello"),
        ("Sages: Hello", "Sages: Hello"),
        ("Mei: Hello", "Mei: Hello"),
        ("Hello [Mei] there", "Hello [Mei] there"),
        ("[1, 2, 3] is a list", "[1, 2, 3] is a list"),
        ("[Meissen](x) is a town", "[Meissen](x) is a town"),
        ("  indented", "  indented"),
        ("[Sage", "[Sage"),
        ("", ""),
    ],
)
def test_only_a_mark_of_this_conversation_is_dropped(size: int, text: str, shown: str) -> None:
    assert said(text, size) == shown


def test_an_ordinary_beginning_is_not_held_back() -> None:
    assert OwnMarkFilter("Sage", OTHERS).feed("H") == "H"
