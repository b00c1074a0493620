"""The corpus that every site begins with: questions and answers about iPhone 17."""

from pathlib import Path

from django.db import transaction

from accounts.api import User
from rag.models import Corpus
from rag.services.corpora import create_corpus
from rag.services.documents import add_file
from rag.types import FIRST_CORPUS, Description

FILE = Path(__file__).parents[1] / "first_corpus" / "iphone17.jsonl"


@transaction.atomic
def seed_first_corpus(*, owner: User) -> None:
    """Make it where it is missing, and hand in its file, which workers index in the background.

    A file with the same content as before is no work; what staff set for the corpus stays.
    """
    corpus = Corpus.objects.filter(slug=FIRST_CORPUS).first() or create_corpus(
        owner=owner, slug=FIRST_CORPUS, name="iPhone 17", is_public=True
    )
    description = Description(external_id=FILE.name, title="iPhone 17", language=corpus.language)
    with FILE.open("rb") as file:
        add_file(corpus=corpus, description=description, file=file, file_name=FILE.name)
