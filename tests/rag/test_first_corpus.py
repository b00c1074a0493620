"""The corpus that every site begins with, and the questions it is measured by."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from rag.api import seed_first_corpus
from rag.errors import QuestionsInvalidError
from rag.evaluation.questions import load_questions, unknown_ids
from rag.models import Corpus
from rag.types import FIRST_CORPUS, DocumentState

FOLDER = Path(__file__).parents[2] / "rag" / "first_corpus"


def _entries() -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / "iphone17.jsonl").read_text().splitlines()]


def test_each_entry_is_named_once_and_says_where_and_when_it_is_from() -> None:
    entries = _entries()
    assert len({entry["external_id"] for entry in entries}) == len(entries) >= 120
    for entry in entries:
        assert entry.keys() == {"external_id", "title", "language", "text", "source", "as_of"}
        assert all(entry.values())
        assert entry["as_of"] in entry["source"]
        date.fromisoformat(entry["as_of"])
    languages = Counter(entry["language"] for entry in entries)
    assert languages.keys() == {"zh-hant", "en", "ja", "ko"}
    assert languages["zh-hant"] > len(entries) / 2


def test_the_questions_ask_for_entries_that_are_there() -> None:
    questions = load_questions(FOLDER / "queries.jsonl")
    known = {entry["external_id"] for entry in _entries()}
    assert len(questions) >= 150
    assert all(question.relevant for question in questions)
    assert unknown_ids(questions, known) == []
    assert {question.language for question in questions} == {"zh-hant", "en", "ja", "ko"}


def test_the_questions_without_an_answer_name_no_entry() -> None:
    questions = load_questions(FOLDER / "unanswered.jsonl")
    assert len(questions) >= 50
    assert not any(question.relevant for question in questions)


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"query": "a?", "relevant": []}\n\n{"query": "b?"}\n')
    with pytest.raises(QuestionsInvalidError) as wrong:
        load_questions(file)
    assert wrong.value.data["line"] == 3


@pytest.mark.django_db
def test_seeding_again_leaves_what_is_there(owner: User, stranger: User) -> None:
    seed_first_corpus(owner=owner)
    Corpus.objects.filter(slug=FIRST_CORPUS).update(name="Phones", is_public=False)
    seed_first_corpus(owner=stranger)
    corpus = Corpus.objects.get(slug=FIRST_CORPUS)
    assert (corpus.owner, corpus.name, corpus.is_public) == (owner, "Phones", False)
    document = corpus.documents.get()
    assert (document.state, document.version) == (DocumentState.QUEUED, 2)
