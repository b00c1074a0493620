"""How texts are divided: by headings and sentences, within their size, at exact places."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunking import Span, sections_of, spans_of

SENTENCES = {
    "zh": "電池可用兩天。充電需要一小時！健康度在設定裡嗎？最後說「就這樣。」",
    "ja": "電池は二日間使えます。充電は一時間です！設定で確認できますか？「以上です。」",
    "ko": "배터리는 이틀 갑니다. 충전은 한 시간입니다! 설정에서 볼 수 있나요? 이상입니다.",
    "en": "It lasts two days. Charging takes an hour! Is its health shown? Mr. Lin says yes.",
}
GUIDE = """# Guide

Welcome to it.

## Battery

It lasts two days.

```
# no heading
```

## Camera
### Lens

It has two.
"""


def count(text: str) -> int:
    """Tokens as they are counted here: words, and signs of East Asia."""
    return sum(1 for sign in text if ord(sign) > 0x2E80) + len(text.split())


def divided(text: str, size: int = 40, overlap: int = 0) -> list[str]:
    """The chunks' texts."""
    spans = spans_of(text, size=size, overlap=overlap, count=count)
    return [text[span.start : span.end] for span in spans]


def test_a_section_is_a_chunk_with_its_headings() -> None:
    assert divided(GUIDE) == [
        "# Guide\n\nWelcome to it.",
        "## Battery\n\nIt lasts two days.\n\n```\n# no heading\n```",
        "## Camera\n### Lens\n\nIt has two.",
    ]
    last = list(spans_of(GUIDE, size=40, overlap=0, count=count))[-1]
    assert last.headings == ("Guide", "Camera", "Lens")


@pytest.mark.parametrize("language", SENTENCES)
def test_a_long_paragraph_is_cut_between_sentences(language: str) -> None:
    text = (
        SENTENCES[language] * 6 if language in ("zh", "ja") else " ".join([SENTENCES[language]] * 6)
    )
    chunks = divided(text)
    assert len(chunks) > 2
    assert all(count(chunk) <= 40 for chunk in chunks)
    assert all(chunk[-1] in "。！？.!?」" for chunk in chunks)


def test_neighbours_share_a_sentence_where_an_overlap_is_wished() -> None:
    sentences = [f"第{number}句話說一件事情。" for number in range(20)]
    chunks = divided("".join(sentences), overlap=12)
    for before, after in pairwise(chunks):
        assert before[-len(sentences[0]) :][-8:] in after


def test_a_first_chunk_has_the_heading_and_no_chunk_is_a_heading_alone() -> None:
    chunks = divided("## 電池\n\n" + SENTENCES["zh"] * 4)
    assert chunks[0].startswith("## 電池\n\n電池可用")
    assert divided("# Title\n\n## Nothing below") == ["# Title\n\n## Nothing below"]


def test_lines_that_a_machine_wrapped_are_not_taken_for_sentences() -> None:
    line = (
        "which goes on and on and is only ended by the width of\nthe page that it was written for. "
    )
    assert all(chunk.endswith(".") for chunk in divided(line * 6))


@given(
    st.text(alphabet="#\n 。.！a電한 ー`|-", max_size=300),
    st.integers(16, 40),
    st.integers(0, 8),
)
def test_chunks_cover_every_word_in_order_within_their_size(
    text: str, size: int, overlap: int
) -> None:
    spans = list(spans_of(text, size=size, overlap=overlap, count=count))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert spans == sorted(spans, key=_place)
    covered = {place for span in spans for place in range(span.start, span.end)}
    assert all(place in covered for place, sign in enumerate(text) if not sign.isspace())


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Battery ##", "Battery"),
        ("# C# and F# #", "C# and F#"),
        ("# ###", "#"),
        ("# a" + " " * 300_000 + "b", "a" + " " * 300_000 + "b"),  # its blanks are read once
    ],
    ids=range(4),
)
def test_a_heading_is_its_words_without_what_closes_it(line: str, heading: str) -> None:
    (section,) = sections_of(f"{line}\nIt lasts two days.")
    assert section.headings == (heading,)
