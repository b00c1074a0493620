"""Citations while an answer streams: checked, renumbered, put where they lack, dropped where wrong."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ai.citations import CitationStream
from ai.citations.sentences import LONGEST, Sentence
from rag.types import Passage

QUESTION = "iPhone 17 的電池和重量是多少？"
BATTERY = "iPhone 17 影片播放最長 30 小時，電池容量為 3,692 mAh。"
WEIGHT = "iPhone 17 重 177 公克，厚 7.95 公釐。"
COLOURS = "The iPhone 17 comes in black, white, mist blue, sage and lavender."


def passage(chunk: int, text: str) -> Passage:
    """A passage of one document."""
    return Passage(chunk, 1, f"doc-{chunk}", "", 1, text, 0, len(text), 0.9, 40)


BITS = (
    *(
        "它重 177 公克",
        "電池容量為 3,692 mAh",
        "mist blue and sage",
        "3.5",
        "有多重",
        "。",
        "。」",
        ". ",
    ),
    *(
        "？",
        ";",
        "[1]",
        "[2]",
        "[1, 2]",
        "[9]",
        "【2】",
        "[",
        "]",
        "[a](http://e.e)",
        "(http://e.e)",
        "（",
    ),
    *(" ", "\n", "\n\n", "- ", "1. ", "## ", "| ", "**", "`x[1]`", "```\n", '"'),
)  # of answers
PASSAGES = tuple(passage(*one) for one in enumerate((BATTERY, WEIGHT, COLOURS), 1))


def streamed(
    text: str, *, size: int = 1, passages: tuple[Passage, ...] = PASSAGES, question: str = QUESTION
) -> tuple[str, list[tuple[int, int]]]:
    """What becomes of a text that comes in pieces of this size, and (n, chunk) of what it cites."""
    stream = CitationStream(lambda: passages, question=question)
    pieces = [stream.feed(text[at : at + size]) for at in range(0, len(text), size)]
    cited = [(citation.n, citation.passage.chunk) for citation in stream.citations]
    said = "".join(pieces) + stream.flush()
    cited = [(citation.n, citation.passage.chunk) for citation in stream.citations]
    return said, cited


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_numbers_follow_the_order_of_their_appearance_however_the_text_is_cut(size: int) -> None:
    text = "重量是 177 公克[2]。電池容量為 3,692 mAh [1]。厚 7.95 公釐[2]。"
    said = "重量是 177 公克[1]。電池容量為 3,692 mAh [2]。厚 7.95 公釐[1]。"
    assert streamed(text, size=size) == (said, [(1, 2), (2, 1)])


@pytest.mark.parametrize(
    "mark", ["[2]", "【2】", "［２］", "[<2>]", "[^2]", "[2, 2]", "【2†source】"]
)
@pytest.mark.parametrize("size", [1, 100])
def test_each_way_of_writing_a_number_is_read(mark: str, size: int) -> None:
    assert streamed(f"它重 177 公克。{mark}", size=size)[0] == "它重 177 公克。[1]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("重量是 177 公克 [9]。", "重量是 177 公克。[1]"),  # there is no such passage
        ("天空是藍色的，草是綠色的 [1]。", "天空是藍色的，草是綠色的。"),  # it says nothing of that
        ("它重 188 公克 [2]。", "它重 188 公克。"),  # another figure than the passage's
        ("[1] 它重 177 公克", " 它重 177 公克[1]"),  # a number before what it should stand behind
        ("[2] 重 177 公克。 [1] 最長 30 小時。", " 重 177 公克。[1] 最長 30 小時。[2]"),
        ("[2] 它有多重？ 它重 177 公克。", " 它有多重？ 它重 177 公克。[1]"),
        ("[2] 它重 188 公克。", " 它重 188 公克。"),
        ("iPhone 17 重幾公克？[2]", "iPhone 17 重幾公克？"),
        ("[2]\n重 177 公克。", "\n重 177 公克。[1]"),
        ("- [2]重 177 公克\n- [1] 最長 30 小時", "- 重 177 公克[1]\n- 最長 30 小時[2]"),
        ("[2] ```\nx[1]\n```\n重 177 公克。", " ```\nx[1]\n```\n重 177 公克。[1]"),
    ],
)
def test_a_wrong_number_goes(text: str, said: str) -> None:
    assert streamed(text)[0] == said


def test_the_number_of_a_neighbour_becomes_that_of_the_passage_that_says_the_sentence() -> None:
    air = passage(8, "iPhone Air 有四種顏色：天藍色、淡金色、雲白色與太空黑色。")
    told = "iPhone 17 有五種顏色：薰衣草紫色、鼠尾草綠色、霧藍色、白色與黑色。"
    said, cited = streamed(f"{told}[1]", passages=(air, passage(9, told)), question="有什麼顏色？")
    assert (said, cited) == (f"{told}[1]", [(1, 9)])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("iPhone 17 重 177 公克。還有別的問題嗎？", "iPhone 17 重 177 公克。[1]還有別的問題嗎？"),
        ("- 重 177 公克\n- 電池容量為 3,692 mAh", "- 重 177 公克[1]\n- 電池容量為 3,692 mAh[2]"),
        ("It comes in mist blue and sage. Nice!", "It comes in mist blue and sage.[1] Nice!"),
        ("The battery holds 3,692 mAh. Good?", "The battery holds 3,692 mAh.[1] Good?"),
        ("배터리 용량은 3,692 mAh입니다.", "배터리 용량은 3,692 mAh입니다.[1]"),
        ("バッテリーは 3,692 mAh です。", "バッテリーは 3,692 mAh です。[1]"),
    ],
)
def test_a_number_that_the_model_forgot_is_put_where_a_passage_says_the_sentence(
    text: str, said: str
) -> None:
    assert streamed(text)[0] == said


@pytest.mark.parametrize(
    "text",
    [
        "iPhone 17 的電池和重量是多少？",  # the question once more
        "很高興為您服務，祝您有美好的一天！",
        "文件裡沒有提到這件事。",
        "它有 12 GB 記憶體。",
        "## 重 177 公克\n",
        "| 重 | 177 公克 |\n",
        "Version 3.5 is out.",
    ],
)
def test_a_sentence_without_support_is_not_decorated(text: str) -> None:
    assert streamed(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("교통사고를 알아차립니다.[2]", "교통사고를 알아차립니다.[1]"),
        ("[2] 교통사고를 알아차립니다.", " 교통사고를 알아차립니다.[1]"),
        ("교통사고를 3초 안에 알아차립니다.[2]", "교통사고를 3초 안에 알아차립니다."),
        ("교통사고를 알아차립니다.", "교통사고를 알아차립니다."),
        ("天氣很好。[2]", "天氣很好。"),
        ("[1][2] 교통사고를 알아차립니다.", " 교통사고를 알아차립니다.[1][2]"),
        ("- [2] 교통사고를 3초 안에 알아차립니다.", "- 교통사고를 3초 안에 알아차립니다."),
        ("## 사고 [2]", "## 사고"),
    ],
)
def test_of_passages_that_answer_the_model_is_believed_what_only_it_can_compare(
    text: str, said: str
) -> None:
    passages = (passage(1, WEIGHT), passage(2, "四款都有車禍偵測。"))
    stream = CitationStream(lambda: passages, question="사고가 나면?", is_sure=lambda: True)
    assert stream.feed(text) + stream.flush() == said


@pytest.mark.parametrize("size", [1, 2, 100])
def test_code_is_left_alone(size: int) -> None:
    text = "看 `items[1]`：\n```python\nprint(items[1])  # 重 177 公克。好\n```\n"
    assert streamed(text, size=size) == (text, [])


@pytest.mark.parametrize(
    "said_first",
    ["它重 177 公克[2]", "它重 177 公克。", "[2] 它重 177 公克。", "[2] 它重 177 公克。[1]"],
)
def test_a_number_never_becomes_the_words_of_a_link(said_first: str) -> None:
    said, _cited = streamed(f"{said_first}(http://evil.example/?q=secret)。")
    assert "[1] (http" in said


@example(text="「它重 177 公克。」它重", size=1)
@example(text="`x[1]````\n它重 177 公克", size=1)
@given(text=st.lists(st.sampled_from(BITS), max_size=12).map("".join), size=st.integers(1, 9))
def test_an_answer_is_the_same_however_it_is_cut(text: str, size: int) -> None:
    assert streamed(text, size=size) == streamed(text, size=len(text) + 1)


def test_without_passages_numbers_go_and_indices_stay() -> None:
    text = "Take items[1] of the list。[1]"
    assert streamed(text, passages=()) == ("Take items[1] of the list。", [])


def test_an_answer_that_goes_on_keeps_its_numbers() -> None:
    first = CitationStream(lambda: PASSAGES, question=QUESTION)
    written = first.feed("它重 177 公克[2]。") + first.flush()
    more = CitationStream(
        lambda: PASSAGES, question=QUESTION, cited=first.citations, written=written
    )
    said = more.feed("電池容量為 3,692 mAh[1]。厚 7.95 公釐[2]。") + more.flush()
    assert said == "電池容量為 3,692 mAh[2]。厚 7.95 公釐[1]。"


def test_a_sentence_that_a_model_does_not_end_is_over_all_the_same() -> None:
    """It would be read again with each word: minutes, where the longest answer is one sentence."""
    assert not Sentence("a" * (LONGEST - 1)).is_over_before("a")
    assert Sentence("a" * LONGEST).is_over_before("a")
