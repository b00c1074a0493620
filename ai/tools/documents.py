"""The tool `search_documents`: passages for a question. Whose documents those are, its caller decides.

Only passages that the model says yes to are read; where there is none, the site may say so by itself.
"""

import re
import unicodedata
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any

from django.conf import settings

from ai.prompts.tokens import estimate_tokens
from ai.question_language import language_of
from ai.tools.asking import asks, question_in
from ai.tools.headings import heading_of
from ai.tools.judging import Judge, those_that_answer
from ai.tools.task import nothing_in
from ai.tools.workbench import ONE_CALL_S
from ai.types import Found, Route, Tool, ToolName, Turn
from echomind.common.text import one_line
from rag.types import Passage

Find = Callable[[str, int], Awaitable[Sequence[Passage]]]  # a question's best, so many at most

LONGEST_QUERY = 400  # characters
SHORT_QUESTION = 14  # characters; less than that goes on from the question before it
TO_END_S = 1.0  # so long before a tool is given up, its judge is
LEAST_TOKENS = 30  # of a passage that is cut to fit
_NUMBERED = re.compile(r"\b([A-Za-z]*[A-Z][A-Za-z]*)([ -]?)(\d+[a-z]?)\b", re.ASCII)
_NAME = re.compile(r"(?<![A-Za-z])(?=[a-z]*[A-Z])[A-Za-z]{4,}(?![A-Za-z])")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[。！？!?\n]|[.](?=\s)")
_CLAUSE_END = re.compile(r"[，、；：\s]")


def documents_tool(
    find: Find, *, routes: Sequence[Route], language: str, is_bound: bool = True
) -> Tool:
    """Searches with `find`, which yields the best passages first; the model of the first of `routes`
    that is there judges them.

    `is_bound`: what the documents do not hold is not to be answered.
    """
    search = _Search(find, routes, language, is_bound)
    return Tool(
        name=ToolName.SEARCH_DOCUMENTS,
        description="Search the documents of this room for passages that answer a question.",
        schema={
            "type": "object",
            "properties": {"query": {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY}},
            "required": ["query"],
            "additionalProperties": False,
        },
        run=search.run,
        hears=search.hears,
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """What one reply may find, see `documents_tool`."""

    find: Find
    routes: Sequence[Route]
    language: str
    is_bound: bool

    async def hears(self, turns: Sequence[Turn]) -> Mapping[str, Any] | None:
        """What the last turn asks; a short question is searched for with its sender's former one."""
        question = one_line(question_in(turns[-1].text))
        if len(question) < SHORT_QUESTION:
            if not await asks(question, judge=Judge(self.routes)):
                return None  # thanks, a greeting
            before = [turn.text for turn in turns[:-1] if turn.sender == turns[-1].sender]
            former = [one_line(question_in(text)) for text in before[-1:]]
            question = "\n".join([*former, question])
        return {"query": question[-LONGEST_QUERY:]}

    async def run(self, arguments: Mapping[str, Any]) -> Found:
        """The passages that answer; an answer by itself where none does and nothing else may."""
        judge = Judge(self.routes, until=get_running_loop().time() + ONE_CALL_S - TO_END_S)
        query = str(arguments["query"]).strip()
        question = query.rpartition("\n")[2]  # without the one that it goes on from
        found = await self._found(query, question)
        near = [one for one in found if one.score >= settings.PASSAGE_LEAST_SCORE]
        is_named = speak_of(near, query)
        judged = await those_that_answer(question, near if is_named else (), judge=judge)
        read = fitting(judged.passages, limit=settings.PASSAGE_TOKENS)
        if read or not self.is_bound or (is_named and not await asks(question, judge=judge)):
            return Found("", count=len(read), passages=read, is_sure=judged.is_sure)
        in_vain = nothing_in(language_of(question, otherwise=self.language))
        return Found(in_vain, count=0, is_answer=True)

    async def _found(self, query: str, question: str) -> Sequence[Passage]:
        """The best by both, in turn: a question with the one before it may be lost among its words,
        and without it say too little.
        """
        most = max(settings.MOST_PASSAGES, settings.PASSAGES_JUDGED)
        searches = [await self.find(one, most) for one in dict.fromkeys((query, question))]
        in_turn = chain.from_iterable(zip_longest(*searches))
        return list({one.chunk: one for one in in_turn if one}.values())[:most]


def speak_of(passages: Sequence[Passage], query: str) -> bool:
    """Whether each thing that the question names with a number, like an iPhone 18, is in them too,
    and each name in Latin letters among characters of another script, like DXOMARK. One that names
    nothing is about what the question before it names.

    Embedders find what is alike: of an iPhone 17 for an iPhone 18. With the four best passages
    this refuses 1 of the first corpus's 228 questions, and 20 of the 60 that it does not answer.
    """
    read = "\n".join(f"{one.title}\n{one.text}" for one in passages).lower().replace(",", "")
    lines = reversed(unicodedata.normalize("NFKC", query).split("\n"))
    named = ((_foreign_names(line), _numbered_names(line)) for line in lines)
    foreign, numbered = next(filter(any, named), ([], []))
    return all(name in read for name in foreign) and all(
        re.search(rf"(?<![a-z0-9.]){name}(?![a-z0-9])", read) for name in numbered
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
    """Its first sentences, as many as fit, or clauses of a long one; None where that is next to
    nothing.
    """
    if limit < LEAST_TOKENS:
        return None
    fit = (_up_to(end, passage.text, limit=limit) for end in (_SENTENCE_END, _CLAUSE_END))
    text = next(filter(None, fit), "")
    return replace(passage, text=text, end=passage.start + len(text)) if text else None


def _up_to(ends: re.Pattern[str], text: str, *, limit: int) -> str:
    """As much of the text as fits, to one of its ends; empty where none comes in time."""
    fit = ""
    for end in ends.finditer(text):
        longer = text[: end.end()]
        if estimate_tokens(longer) > limit:
            break
        fit = longer
    return fit
