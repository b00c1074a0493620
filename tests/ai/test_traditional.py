"""An answer in Taiwan's Traditional Chinese is the same however it is cut while it streams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from ai.phrases import read_dictionary
from ai.traditional import TraditionalStream, preload

WHOLE = OpenCC("s2twp")
HOMOGRAPHS = ("文件", "程序")
preload()  # not in the time of the first example
PARAGRAPH = (
    "这个软件的内存占用很高，服务器经常崩溃，请问应该怎么优化数据库查询？首先，检查盘里的"
    "日志文件；其次，头发干了以后再干活。皇后在后面，里长在哪里？鼠标和打印机都坏了。"
)
_PHRASES = sorted(
    {
        text
        for name in ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases", "TWPhrases")
        for pair in read_dictionary(name).items()
        for text in pair
    }
)
phrases = st.sampled_from(_PHRASES)
fragments = st.one_of(
    phrases,
    phrases.map(lambda text: text[:2]),
    phrases.map(lambda text: text[-2:]),
    st.sampled_from(
        ["，", "。", " ", "\n", "abc", "SQL", "U", "的", "了", "一", "干", "里", "👍🏽"]
    ),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0xF900, max_codepoint=0xFAD9),
)


def streamed(text: str, sizes: list[int]) -> str:
    """`text` through the stream in pieces of these sizes, over and over."""
    stream, said, start = TraditionalStream(), "", 0
    while start < len(text):
        for size in sizes:
            said += stream.feed(text[start : start + size])
            start += size
    return said + stream.flush()


@given(
    st.lists(fragments, min_size=1, max_size=25)
    .map("".join)
    .filter(lambda text: "的士" not in text),
    st.lists(st.integers(1, 5), min_size=1, max_size=6),
)
def test_any_split_gives_what_the_whole_text_gives(text: str, sizes: list[int]) -> None:
    said = streamed(text, sizes)
    assert said == streamed(text, [len(text)])
    if not any(word in text for word in HOMOGRAPHS):
        assert said == WHOLE.convert(text)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_phrase_cut_by_a_token_border_is_still_converted_whole(size: int) -> None:
    said = streamed(PARAGRAPH, [size])
    assert said == WHOLE.convert(PARAGRAPH)
    assert all(word in said for word in ("軟體", "記憶體", "伺服器", "資料庫", "滑鼠"))


@pytest.mark.parametrize("size", [1, 2, 9])
def test_soldiers_do_not_become_taxis(size: int) -> None:
    said = streamed("他的士兵很多，对我军的士气有利。", [size])
    assert said == "他的士兵很多，對我軍的士氣有利。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("文件裡沒有這個問題的答案。", "文件裡沒有這個問題的答案。"),
        ("請看說明文件，照程序申請。", "請看說明文件，照程序申請。"),
        ("請打開文件夾裡的源文件。", "請開啟資料夾裡的原始檔。"),
        ("请打开这个文件，再运行程序。", "請開啟這個檔案，再執行程式。"),
        ("请看文档。", "請看文件。"),
        ("这是文件。這是文件。", "這是檔案。這是文件。"),
    ],
)
def test_a_word_of_both_shores_is_taken_as_its_writer_means_it(text: str, said: str) -> None:
    assert streamed(text, [1]) == said


def test_little_is_held_back() -> None:
    stream = TraditionalStream()
    said, held = 0, []
    for count, character in enumerate(PARAGRAPH, start=1):
        said += len(stream.feed(character))
        held.append(count - said)
    assert sum(held) / len(held) < 3


def test_other_scripts_pass_at_once() -> None:
    stream = TraditionalStream()
    assert stream.feed("Hello, world! 안녕 ") == "Hello, world! 안녕 "
    assert stream.flush() == ""
