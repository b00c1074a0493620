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

import structlog
from django.conf import settings

from ai.backends.base import Backend, ChatMessage
from ai.backends.registry import backend_for
from ai.breaker import breaker
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.prompts.marks import plain
from ai.tools.headings import on_one_line
from ai.types import Route
from rag.types import Passage

logger = structlog.get_logger(__name__)

JUDGING_S = 6.0  # for one question; by then, what is known to answer it is enough
CLEARLY = 0.5  # so far below the best one, a passage only leads astray
LEAST_OF_FACTS = 0.25  # of 60 questions 55 are above it, of 24 wishes, greetings and thanks 3
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

    Simply the first that were not judged where the server is away or slow, or tells no odds.
    """
    most = settings.MOST_PASSAGES
    asked = [
        _OF_PASSAGES.format(passage=on_one_line(passage), question=_on_one_line(question))
        for passage in passages[: settings.PASSAGES_JUDGED]
    ]
    odds = await _odds_of(asked, rule=_RULE_OF_PASSAGES, judge=judge, most=most)
    least = max(settings.PASSAGE_LEAST_ODDS, max(odds, default=0.0) - CLEARLY)
    answering = [passage for passage, one in zip(passages, odds, strict=False) if one >= least]
    if answering or (odds and len(odds) == len(asked)):
        return Judged(answering, is_sure=True)
    return Judged(passages[len(odds) :][:most], is_sure=False)


async def asks_for_a_fact(message: str, *, judge: Judge) -> bool:
    """Whether it does; no where nobody can tell."""
    asked = _OF_MESSAGES.format(message=_on_one_line(message))
    odds = await _odds_of([asked], rule=_RULE_OF_MESSAGES, judge=judge, most=1)
    return bool(odds) and odds[0] >= LEAST_OF_FACTS


async def _odds_of(questions: Sequence[str], *, rule: str, judge: Judge, most: int) -> list[float]:
    """The odds of yes for the questions, one after the other, until time or `most` of them is over.

    Empty where the model tells none.
    """
    odds: list[float] = []
    if not questions:
        return odds
    ends = min(judge.until, asyncio.get_running_loop().time() + JUDGING_S)
    try:
        async with asyncio.timeout_at(ends):
            backend = await _first_there(judge.routes)
            for question in questions:
                told = await _odds(backend, rule, question)
                if told is None:
                    return []
                odds.append(told)
                if sum(one >= settings.PASSAGE_LEAST_ODDS for one in odds) == most:
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


async def _odds(backend: Backend, rule: str, question: str) -> float | None:
    """The logarithm of yes against no; None where the model says neither."""
    messages = ChatMessage("system", rule), ChatMessage("user", question)
    words = await backend.first_words(messages) or {}
    yes, no = words.get("yes", 0.0), words.get("no", 0.0)
    if yes + no < LEAST_SHARE:
        return None
    return math.log(max(yes, LEAST) / max(no, LEAST))


def _on_one_line(text: str) -> str:
    return " ".join(plain(text).split())
