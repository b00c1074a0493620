"""Questions with the documents that answer them, as a file of JSON lines has them."""

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from rag.errors import QuestionsInvalidError
from rag.types import Question


def load_questions(path: Path) -> list[Question]:
    """All lines of a file, blank ones left out. Raises QuestionsInvalidError with the line."""
    decode = msgspec.json.Decoder(Question).decode
    questions = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            questions.append(decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise QuestionsInvalidError(line=number, reason=str(wrong)) from wrong
    return questions


def unknown_ids(questions: Iterable[Question], known: Collection[str]) -> list[str]:
    """Relevant ids that no document has: with one of them, every figure would be too low."""
    return sorted({wanted for question in questions for wanted in question.relevant} - set(known))
