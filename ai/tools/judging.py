"""Questions that a model answers with yes or no: does a passage answer, does a message ask for a fact?

What counts is not the word it would say but the odds of “yes” against “no” as the first one.

Embedders find what is alike: the price of an iPhone 17 for that of an iPhone 17e. A model that reads
one passage and the question alone tells those apart: over the first corpus's questions the packaged
1.5B model ranks a passage that answers above one that does not in 91 of 100 cases. Of several
passages in one prompt it tells next to nothing (48 to 64 of 100). See bench/quality.md.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from django.conf import settings

from ai.backends.base import Backend, ChatMessage
from ai.backends.registry import backend_for
from ai.breaker import breaker
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.prompts.marks import plain_line
from ai.tools.exam import is_fit
from ai.tools.headings import as_read
from ai.types import Route
from rag.types import Passage

logger = structlog.get_logger(__name__)

Asked = tuple[str, str]  # a rule, and what is judged by it

JUDGING_S = 6.0  # for one question; by then, what is known to answer it is enough
CLEARLY = 0.5  # so far below the best one, a passage only leads astray
LEAST_OF_FACTS = 0.25  # of 72 questions 65 are above it, of 24 wishes, greetings and thanks 3
LEAST = 1e-9  # a probability that nothing falls below
LEAST_SHARE = 0.05  # that yes and no have together, else the model says something else
_RULE_OF_PASSAGES = (
    "You judge whether a passage states the answer to a question. "
    "A passage about another model or another matter does not."
)
_OF_PASSAGES = (
    "Passage: {passage}\nQuestion: {question}\n"
    "Does the passage state the answer to this question? Reply yes or no."
)
_RULE_OF_MESSAGES = "You judge messages of a chat."
_OF_MESSAGES = "Message: {message}\nDoes the message ask for a fact? Reply yes or no."


@dataclass(frozen=True, slots=True)
class Judge:
    """The model of the first of these routes that is there, until a time by the loop's clock."""

    routes: Sequence[Route]
    until: float = math.inf


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be read. `is_sure`: it answers the question; else nobody could tell."""

    passages: Sequence[Passage]
    is_sure: bool


async def those_that_answer(question: str, passages: Sequence[Passage], *, judge: Judge) -> Judged:
    """The first MOST_PASSAGES that answer the question, in their order.

    Simply the first that were not judged where the server is away or slow, or its model cannot judge.
    """
    most = settings.MOST_PASSAGES
    asked = [_of_passage(as_read(one), question) for one in passages[: settings.PASSAGES_JUDGED]]
    odds = await _odds_of(asked, judge=judge, most=most)
    least = max(settings.PASSAGE_LEAST_ODDS, max(odds, default=0.0) - CLEARLY)
    answering = [passage for passage, one in zip(passages, odds, strict=False) if one >= least]
    if answering or (odds and len(odds) == len(asked)):
        return Judged(answering, is_sure=True)
    return Judged(passages[len(odds) :][:most], is_sure=False)


async def asks_for_a_fact(message: str, *, judge: Judge) -> bool:
    """Whether it does; no where nobody can tell."""
    asked = _RULE_OF_MESSAGES, _OF_MESSAGES.format(message=plain_line(message))
    odds = await _odds_of([asked], judge=judge, most=1)
    return bool(odds) and odds[0] >= LEAST_OF_FACTS


async def examine(route: Route) -> None:
    """Find out whether the model of this route can judge, before it has to."""
    await _odds_of([(_RULE_OF_MESSAGES, "")], judge=Judge([route]), most=1)


async def _odds_of(questions: Sequence[Asked], *, judge: Judge, most: int) -> list[float]:
    """The odds of yes for the questions, one after the other, until time or `most` of them is over.

    Empty where the model tells none, or cannot judge.
    """
    odds: list[float] = []
    if not questions:
        return odds
    ends = min(judge.until, asyncio.get_running_loop().time() + JUDGING_S)
    try:
        async with asyncio.timeout_at(ends):
            backend = await _first_there(judge.routes)
            if not await is_fit(backend, partial(_says, backend)):
                return odds
            for question in questions:
                told = await _odds(backend, question)
                if told is None:
                    return []
                odds.append(told)
                if sum(map(_is_yes, odds)) == most:
                    break
    except TimeoutError:
        logger.info("judging_took_long", judged=len(odds), of=len(questions))
    except (ModelUnavailableError, ModelFailedError) as error:  # the answer has the same trouble
        logger.info("not_judged", error=str(error))
        return []
    return odds


async def _first_there(routes: Sequence[Route]) -> Backend:
    """The first that can be asked; servers that rest come last. Raises ModelUnavailableError."""
    for route in sorted(routes, key=lambda route: breaker.is_resting(route.base_url)):
        try:
            backend = await backend_for(route)
            await backend.describe()
        except (ModelUnavailableError, ModelFailedError):
            continue
        return backend
    raise ModelUnavailableError(reason="no server judges")


async def _says(backend: Backend, passage: str, question: str) -> bool | None:
    """Whether a passage answers a question, to this model; None where it does not tell."""
    odds = await _odds(backend, _of_passage(passage, question))
    return None if odds is None else _is_yes(odds)


async def _odds(backend: Backend, asked: Asked) -> float | None:
    """The logarithm of yes against no; None where the model says neither."""
    rule, question = asked
    messages = ChatMessage("system", rule), ChatMessage("user", question)
    words = await backend.first_words(messages) or {}
    yes, no = words.get("yes", 0.0), words.get("no", 0.0)
    if yes + no < LEAST_SHARE:
        return None
    return math.log(max(yes, LEAST) / max(no, LEAST))


def _is_yes(odds: float) -> bool:
    return odds >= float(settings.PASSAGE_LEAST_ODDS)


def _of_passage(passage: str, question: str) -> Asked:
    asked = _OF_PASSAGES.format(passage=passage, question=plain_line(question))
    return _RULE_OF_PASSAGES, asked
