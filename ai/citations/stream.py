"""Checks and renumbers the citations of one answer while it streams.

A number stays where its passage supports the sentence before it, becomes another's that clearly does
so better, is put where the model forgot one, and goes where it is wrong. Numbers count from 1 in the
order of their appearance.
"""

import re
from collections.abc import Callable, Sequence

from ai.citations.marks import OPENERS, mark_at, may_become_mark
from ai.citations.sentences import CLOSERS, Sentence
from ai.citations.support import is_compatible, is_supported, support
from ai.tool_values import Citation
from rag.types import Passage

_PLAIN = re.compile(rf"[^\s`{re.escape(OPENERS + CLOSERS)};；]+")
_TICKS = re.compile(r"`+")
_CODE = re.compile(r"[^`\n]+|\n")
_BLANK = re.compile(r"[^\S\n]+")
CLEARLY = 0.25  # so much more support says that another passage was meant
FENCE = 3  # so many ticks begin a block of code


class CitationStream:
    """A filter of one answer. `citations` are those that its text holds so far, in their order."""

    def __init__(
        self,
        passages: Callable[[], Sequence[Passage]],
        *,
        question: str,
        is_sure: Callable[[], bool] = lambda: False,
        cited: Sequence[Citation] = (),
        written: str = "",
    ) -> None:
        """`passages` are those the model has read by now; `is_sure`: they are known to answer the
        question; `cited` those of the text `written`, which the answer goes on from.
        """
        self._passages, self._question, self._is_sure = passages, question, is_sure
        self.citations: tuple[Citation, ...] = tuple(cited)
        self._sentence = Sentence.going_on(written)
        self._held = ""
        self._announces = False  # the model writes numbers before their sentences
        self._code = 0  # ticks that the code around us began with
        self._behind_mark = bool(cited) and written.endswith("]")

    def feed(self, piece: str) -> str:
        """What is certain now."""
        return self._read(self._held + piece, is_last=False)

    def flush(self) -> str:
        """The rest, at the end of the answer."""
        said = self._read(self._held, is_last=True)
        return said + ("" if self._code else self._settled())

    def _read(self, text: str, *, is_last: bool) -> str:
        said: list[str] = []
        place = 0
        while place < len(text):
            step, told = self._step(text, place, is_last=is_last)
            if step == place:
                break
            said.append(told)
            place = step
        self._held = text[place:]
        return "".join(said)

    def _step(self, text: str, place: int, *, is_last: bool) -> tuple[int, str]:
        """The place up to which the text is decided, and what is said of it. No step: more is needed."""
        if text[place] == "`":
            return self._ticks(text, place, is_last=is_last)
        if self._code and (code := _CODE.match(text, place)):
            return code.end(), self._inside_code(code.group())
        blank = _BLANK.match(text, place)
        behind = blank.end() if blank else place
        if behind == len(text) and not is_last:
            return place, ""
        if behind < len(text) and text[behind] in OPENERS:
            return self._bracket(text, place, behind, is_last=is_last)
        if blank:
            return behind, self._plain(text[place:behind])
        if text[place] == "\n":
            return place + 1, self._settled() + self._ended_line()
        plain = _PLAIN.match(text, place)
        end = plain.end() if plain else place + 1
        return end, self._plain(text[place:end])

    def _ticks(self, text: str, place: int, *, is_last: bool) -> tuple[int, str]:
        found = _TICKS.match(text, place)
        end = found.end() if found else place
        if end == len(text) and not is_last:
            return place, ""
        said = self._settled_if_over("`")
        if not self._code:
            self._code = end - place
        elif self._code == end - place:
            self._code = 0
        self._behind_mark = False
        return end, said + text[place:end]

    def _inside_code(self, text: str) -> str:
        if self._code < FENCE and "\n" in text:
            self._code = 0  # a lone tick, not code
        return text

    def _bracket(self, text: str, place: int, opener: int, *, is_last: bool) -> tuple[int, str]:
        """Blank space and a bracket, which may be a citation."""
        mark = mark_at(text, opener)
        if mark is None:
            if not is_last and may_become_mark(text, opener):
                return place, ""
            return opener + 1, self._plain(text[place : opener + 1])
        numbers, end = mark
        if not self._passages() and self._sentence.ends_in_a_name:
            return end, self._plain(text[place:end])  # an index of something, not a citation
        blank = text[place:opener]
        if self._is_before_its_sentence(blank):
            if end == len(text) and not is_last:
                return place, ""
            return end, self._announce(numbers, "" if text[end:][:1].isspace() else blank)
        accepted = [
            self._number_of(passage) for passage in self._meant(numbers, self._sentence.words)
        ]
        if not accepted or self._sentence.asks:
            return end, ""
        self._behind_mark = True
        self._sentence.is_cited = True
        return end, blank + _marks(accepted)

    def _is_before_its_sentence(self, blank: str) -> bool:
        """Whether a number belongs to what comes, as where the answer began with one."""
        begins = self._sentence.is_empty_before(blank)
        self._announces = self._announces or (begins and not self.citations)
        return self._announces and (begins or (self._sentence.is_over and not self._behind_mark))

    def _announce(self, numbers: Sequence[int], blank: str) -> str:
        """Keep numbers for the sentence that they stand before; another one before them is over."""
        said = ""
        if not self._sentence.is_empty_before(" "):
            said = self._settled()
            self._sentence = Sentence()
            self._behind_mark = bool(said)
        known = dict.fromkeys((*self._sentence.announced, *numbers))
        self._sentence.announced = tuple(known)
        self._sentence.add(blank)
        return said + blank

    def _meant(self, numbers: Sequence[int], sentence: str) -> list[Passage]:
        """The passages behind the numbers, as far as there are any and they say the sentence."""
        passages = self._passages()
        meant = [passages[number - 1] for number in numbers if 0 < number <= len(passages)]
        held = (passage for passage in meant if self._supports(passage, sentence, stated=True))
        return [self._better(passage, sentence) for passage in held]

    def _better(self, named: Passage, sentence: str) -> Passage:
        """The passage that says the sentence, where a model mistook its number for a neighbour's."""
        best = max(self._passages(), key=lambda passage: self._support(passage, sentence))
        gain = self._support(best, sentence) - self._support(named, sentence)
        if gain >= CLEARLY and self._supports(best, sentence, stated=False):
            return best
        return named

    def _plain(self, text: str) -> str:
        """Text without a mark; the sentence before it may be over."""
        said = self._settled_if_over(text)
        if (said or self._behind_mark) and text.startswith("("):
            said += " "  # else Markdown takes the number for the words of a link
        self._behind_mark = False
        self._sentence.add(text)
        return said + text

    def _settled_if_over(self, text: str) -> str:
        return self._settled() if self._sentence.is_over_before(text) else ""

    def _ended_line(self) -> str:
        self._behind_mark = False
        return "\n"

    def _settled(self) -> str:
        """The end of a sentence: the number that it lacks, if a passage supports it."""
        over, self._sentence = self._sentence, Sentence()
        if over.asks or not over.words:
            self._sentence.announced = over.announced
            return ""
        if over.is_cited:
            return ""
        if announced := self._meant(over.announced, over.words):
            return _marks([self._number_of(passage) for passage in announced])
        supporting = [
            (self._support(passage, over.words), passage)
            for passage in self._passages()
            if self._supports(passage, over.words, stated=False)
        ]
        if not supporting:
            return ""
        _, best = max(supporting, key=lambda pair: pair[0])
        return _marks([self._number_of(best)])

    def _supports(self, passage: Passage, sentence: str, *, stated: bool) -> bool:
        read = _read(passage)
        if stated and self._is_sure() and is_compatible(sentence, read, question=self._question):
            return True
        return is_supported(sentence, read, question=self._question, stated=stated)

    def _support(self, passage: Passage, sentence: str) -> float:
        return support(sentence, _read(passage), question=self._question)

    def _number_of(self, passage: Passage) -> int:
        for citation in self.citations:
            if citation.passage.chunk == passage.chunk:
                return citation.n
        fresh = Citation(len(self.citations) + 1, passage)
        self.citations = (*self.citations, fresh)
        return fresh.n


def _read(passage: Passage) -> str:
    return f"{passage.title}\n{passage.text}"


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in dict.fromkeys(numbers))
