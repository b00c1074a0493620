"""The tool `search_documents`: passages for a question. Whose documents those are, its caller decides.

Passages that are far from the question are not read. What to say instead is told to the model.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from ai.prompts.tokens import estimate_tokens
from ai.question_language import language_of
from ai.tools.headings import heading_of
from ai.tools.judging import asks_for_a_fact, those_that_answer
from ai.tools.task import nothing_in
from ai.types import Found, Route, Tool, ToolName, Turn
from rag.types import Passage

Find = Callable[[str, int], Awaitable[Sequence[Passage]]]  # a question's best, so many at most

LONGEST_QUERY = 400  # characters
SHORT_QUESTION = 14  # characters; less than that goes on from the question before it
LEAST_TOKENS = 30  # of a passage that is cut to fit
_ASKS = re.compile(
    r"[?？]|什麼|什么|嗎|吗|呢|多少|幾|几|哪|誰|谁|怎|為何|为何|如何|是否|有沒有|有没有|能不能|介紹|介绍|比較|比较"
    r"|\b(?:what|which|who|when|where|why|how|tell me|explain|compare|list|does|do|is|are|can)\b"
    r"|何|どの|どれ|どう|どこ|いくら|いつ|なぜ|誰|ですか|ますか|教えて|比べ"
    r"|무엇|뭐|어떤|얼마|언제|왜|어떻게|어디|누구|나요|까요|습니까|인가|알려|비교"
    r"|(?:價格|價錢|重量|顏色|容量|規格|跑分|做法|方法|天氣|価格|値段|重さ|使い方|作り方|相場|スコア|天気)$"
    r"|(?:가격|무게|두께|색상|용량|점수|방법|는 법|날씨)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b([A-Za-z]*[A-Z][A-Za-z]*)([ -]?)(\d+[a-z]?)\b", re.ASCII)
_NAME = re.compile(r"(?<![A-Za-z])(?=[a-z]*[A-Z])[A-Za-z]{4,}(?![A-Za-z])")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[。！？!?\n]|[.](?=\s)")


def documents_tool(find: Find, *, route: Route, language: str, is_bound: bool = True) -> Tool:
    """Searches with `find`, which yields the best passages first; the model of `route` judges them.

    `is_bound`: what the documents do not hold is not to be answered.
    """

    async def run(arguments: Mapping[str, Any]) -> Found:
        query = str(arguments["query"])
        found = await find(query, max(settings.MOST_PASSAGES, settings.PASSAGES_JUDGED))
        near = [one for one in found if one.score >= settings.PASSAGE_LEAST_SCORE]
        is_named = speak_of(near, query)
        if not is_named:
            near = []
        most = settings.MOST_PASSAGES
        answering = await those_that_answer(query, near, route=route, most=most)
        chosen = near[:most] if answering is None else answering
        read = fitting(chosen, limit=settings.PASSAGE_TOKENS)
        if not read and is_bound and (not is_named or await _asks(query, route)):
            in_vain = nothing_in(language_of(query, otherwise=language))
            return Found(in_vain, count=0, is_answer=True)
        return Found("", count=len(read), passages=read, is_sure=answering is not None)

    return Tool(
        name=ToolName.SEARCH_DOCUMENTS,
        description="Search the documents of this room for passages that answer a question.",
        schema={
            "type": "object",
            "properties": {"query": {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY}},
            "required": ["query"],
            "additionalProperties": False,
        },
        run=run,
        hears=_hears,
    )


async def _asks(message: str, route: Route) -> bool:
    """Whether it is a question to the documents, and not a wish or a greeting."""
    return bool(_ASKS.search(message)) or await asks_for_a_fact(message, route=route)


def speak_of(passages: Sequence[Passage], question: str) -> bool:
    """Whether each thing that the question names with a number, like an iPhone 18, is in them too,
    and each name in Latin letters among characters of another script, like DXOMARK.

    Embedders find what is alike: of an iPhone 17 for an iPhone 18. Of the first corpus's questions
    this refused 2 of the 228 with an answer, and 21 of the 60 without one.
    """
    read = "\n".join(f"{one.title}\n{one.text}" for one in passages).lower().replace(",", "")
    asked = unicodedata.normalize("NFKC", question)
    return all(name in read for name in _foreign_names(asked)) and all(
        re.search(rf"(?<![a-z0-9.]){name}(?![a-z0-9])", read) for name in _numbered_names(asked)
    )


def _foreign_names(question: str) -> list[str]:
    """Not those of less than four letters: a document may say in full what HR is."""
    if not _CJK.search(question):
        return []
    return [name.lower() for name in _NAME.findall(question)]


def _numbered_names(question: str) -> list[str]:
    """`18` of an iPhone 18, and the whole of a Galaxy S25."""
    found = _NUMBERED.findall(question)
    return [(number if blank else name + number).lower() for name, blank, number in found]


def fitting(passages: Sequence[Passage], *, limit: int) -> tuple[Passage, ...]:
    """The first passages that fit into so many tokens; the last one may lose its end."""
    read: list[Passage] = []
    for passage in passages:
        heading = estimate_tokens(heading_of(passage))
        size = heading + estimate_tokens(passage.text)
        if size > limit:
            cut = _cut(passage, limit=limit - heading)
            return tuple([*read, cut] if cut else read)
        read.append(passage)
        limit -= size
    return tuple(read)


def _cut(passage: Passage, *, limit: int) -> Passage | None:
    """Its first sentences, as many as fit; None where that is next to nothing."""
    if limit < LEAST_TOKENS:
        return None
    text = ""
    for end in _SENTENCE_END.finditer(passage.text):
        longer = passage.text[: end.end()]
        if estimate_tokens(longer) > limit:
            break
        text = longer
    if not text:
        return None
    return replace(passage, text=text, end=passage.start + len(text))


def _hears(turns: Sequence[Turn]) -> Mapping[str, Any] | None:
    """What the last turn asks; a short question is asked together with the one before it."""
    question = turns[-1].text.strip()
    if len(question) < SHORT_QUESTION:
        if not _ASKS.search(question):
            return None  # thanks, a greeting
        before = [turn.text for turn in turns[:-1] if turn.role == "user"]
        question = "\n".join([*before[-1:], question])
    return {"query": question[-LONGEST_QUERY:]}
