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
from rag.selectors.corpora import (
    corpora_of,
    corpus_for,
    corpus_owned_by,
    count_documents,
    document_for,
    passage_view,
    readable_corpora,
)
from rag.services.corpora import create_corpus
from rag.services.documents import add_document, add_file, delete_document, retry_document
from rag.services.first_corpus import seed_first_corpus
from rag.signals import documents_deleted
from rag.warm_up import warm_up

__all__ = [
    "add_document",
    "add_file",
    "cited_passage",
    "corpora_of",
    "corpus_for",
    "corpus_names",
    "corpus_owned_by",
    "count_documents",
    "create_corpus",
    "delete_document",
    "document_for",
    "documents_deleted",
    "find_passages",
    "keywords_of",
    "load_questions",
    "missing_documents",
    "own_corpora",
    "passage_view",
    "readable_corpora",
    "readable_documents",
    "retry_document",
    "seed_first_corpus",
    "warm_up",
]
