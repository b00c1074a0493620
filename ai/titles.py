"""Suggests what a conversation may be called, after its first answer."""

import re
from contextlib import aclosing
from dataclasses import replace

from django.conf import settings

from ai.backends.base import ChatMessage, Order, Text
from ai.orders import Desk, desk_of, make_order
from ai.parameters import Parameters
from ai.prompts.marks import plain
from ai.routing import first_route
from ai.silence import heard
from ai.tools import Workbench, offered_tools
from ai.traditional import TraditionalStream, reads_traditional
from ai.types import ReplyRequest

MOST_WORDS = 6
MOST_CJK = 12  # characters
LONGEST = 64
DEFAULT_LANGUAGE = "en"
PARAMETERS = Parameters(temperature=0.3, max_tokens=32, repetition_penalty=1.0)

_REQUESTS = {
    "zh-hant": "請替這段對話取一個繁體中文標題，不超過十個字。只寫標題，不要引號，也不要解釋。",
    "en": "Give this conversation a title of at most five words. Write only the title, no quotation marks.",
    "ja": "この会話に日本語で十文字以内の題名を付けてください。題名だけを書き、引用符や説明は不要です。",
    "ko": "이 대화에 열 글자 이내의 한국어 제목을 붙여 주세요. 따옴표나 설명 없이 제목만 쓰세요.",
}
_LABEL = re.compile(r"^\W*(?:title|標題|标题|題名|タイトル|제목)\W*[:：]\s*", re.IGNORECASE)
_AROUND = " \t*#_`~-–—|\"'“”‘’「」『』《》〈〉【】[](){}<>（）.。!！,，、:：;；"
_WITHIN_WORD = re.compile(
    "[0-9A-Za-z\u00c0-\u024f\uac00-\ud7af]{2}"
)  # of a script that writes blanks between words
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


async def suggest_title(request: ReplyRequest, answer: str) -> str:
    """At most six words, or twelve characters of Chinese, Japanese or Korean, in the room's language.

    Where the model says nothing of use, the beginning of the question. The prompt is that of the answer
    and goes on after it, so that the server reads only what is new. Raises the model's errors.
    """
    desk = await desk_of(first_route(request.brief))
    order = await _order(request, desk, answer)
    written = ""
    async with aclosing(desk.backend.generate(order)) as parts:
        async for part in heard(parts, first_token_s=settings.FIRST_TOKEN_TIMEOUT_S):
            written += part.text if isinstance(part, Text) else ""
            if "\n" in written.lstrip():
                break
    traditional = reads_traditional(request)
    return tidy_title(written, traditional=traditional) or tidy_title(request.turns[-1].text)


def tidy_title(text: str, *, traditional: bool = False) -> str:
    """The first line that says something, without labels, quotation marks and what is too long."""
    lines = (_LABEL.sub("", line).strip(_AROUND) for line in plain(text).splitlines())
    line = " ".join(next(filter(None, lines), "").split())
    if traditional:
        script = TraditionalStream()
        line = script.feed(line) + script.flush()
    return _cut(line).rstrip(_AROUND)


def _cut(line: str) -> str:
    """Whole words where there are some, else characters."""
    if not _CJK.search(line):
        return " ".join(line.split(" ")[:MOST_WORDS])[:LONGEST]
    if len(line) <= MOST_CJK:
        return line
    words = line[:MOST_CJK].rpartition(" ")[0]
    within_word = _WITHIN_WORD.fullmatch(line, MOST_CJK - 1, MOST_CJK + 1)
    return words if words and within_word else line[:MOST_CJK]


async def _order(request: ReplyRequest, desk: Desk, answer: str) -> Order:
    wish = _REQUESTS.get(request.language, _REQUESTS[DEFAULT_LANGUAGE])
    order = await make_order(request, desk, Workbench(offered_tools(request)))
    said = (ChatMessage("assistant", plain(answer)), ChatMessage("user", wish))
    return replace(
        order,
        messages=(*order.messages, *said),
        parameters=PARAMETERS,
        may_call=False,
        afresh=False,
        stop=(),
    )
