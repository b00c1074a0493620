"""The door of this app: everything another app may call. Values are in `rag.types`."""

from rag.evaluation.questions import load_questions
from rag.keywords import keywords_of
from rag.search.find import find_passages
from rag.selectors.citing import (
    cited_passage,
    corpus_names,
    missing_documents,
    own_corpora,
    readable_documents,
)
from rag.selectors.corpora import readable_corpora
from rag.services.corpora import create_corpus
from rag.services.documents import add_document, delete_document
from rag.services.first_corpus import seed_first_corpus
from rag.signals import documents_deleted
from rag.warm_up import warm_up

__all__ = [
    "add_document",
    "cited_passage",
    "corpus_names",
    "create_corpus",
    "delete_document",
    "documents_deleted",
    "find_passages",
    "keywords_of",
    "load_questions",
    "missing_documents",
    "own_corpora",
    "readable_corpora",
    "readable_documents",
    "seed_first_corpus",
    "warm_up",
]
