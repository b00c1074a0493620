"""Corpora and documents, as far as somebody may know of them."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from accounts.api import User
from echomind.common.text import is_storable
from rag.errors import CorpusNotFoundError, CorpusNotYoursError, DocumentNotFoundError
from rag.models import Corpus, Document
from rag.types import PENDING, DocumentCounts, DocumentState


def readable_corpora(user_ids: Collection[int], slugs: Collection[str] | None = None) -> list[int]:
    """Ids of the corpora that each of these users may read; `slugs` narrows to some."""
    corpora = Corpus.objects.readable_by(user_ids)
    if slugs is not None:
        corpora = corpora.filter(slug__in=slugs)
    return list(corpora.order_by("pk").values_list("pk", flat=True))


def corpora_of(user: User) -> QuerySet[Corpus]:
    """What a person's page of corpora lists: those they own or read, and public ones."""
    return Corpus.objects.readable_by([user.pk]).select_related("owner").order_by("name", "pk")


def corpus_for(user: User, slug: str) -> Corpus:
    """A corpus that this person may read, with its owner. Raises CorpusNotFoundError."""
    found = corpora_of(user).filter(slug__iexact=slug).first() if is_storable(slug) else None
    if found is None:
        raise CorpusNotFoundError
    return found


def corpus_owned_by(user: User, slug: str) -> Corpus:
    """A corpus that this person may change: one's own, and for staff any that they may read.

    Raises CorpusNotFoundError, or CorpusNotYoursError for who may only read it.
    """
    corpus = corpus_for(user, slug)
    if not may_change(user, corpus):
        raise CorpusNotYoursError
    return corpus


def may_change(user: User, corpus: Corpus) -> bool:
    """Whether somebody who may read this corpus may change it too."""
    return user.is_staff or corpus.owner_id == user.pk


def document_for(user: User, document: int) -> Document:
    """A document that this person may read, with its corpus. Raises DocumentNotFoundError."""
    found = (
        Document.objects.filter(pk=document, corpus__in=Corpus.objects.readable_by([user.pk]))
        .select_related("corpus")
        .first()
    )
    if found is None:
        raise DocumentNotFoundError
    return found


def document_in(corpus: Corpus, document: int) -> Document:
    """A document of a corpus that the caller has been given. Raises DocumentNotFoundError."""
    found = Document.objects.filter(corpus=corpus, pk=document).defer("text").first()
    if found is None:
        raise DocumentNotFoundError
    return found


def count_documents(corpus: Corpus) -> DocumentCounts:
    """How far the documents of a corpus are."""
    return count_documents_of([corpus.pk])[corpus.pk]


def count_documents_of(corpora: Collection[int]) -> dict[int, DocumentCounts]:
    """How far the documents of each of these corpora are, by id. One statement."""
    rows = (
        Document.objects.filter(corpus__in=corpora)
        .countable()
        .order_by()
        .values("corpus")
        .annotate(
            ready=Count("pk", filter=Q(state=DocumentState.READY)),
            pending=Count("pk", filter=Q(state__in=PENDING)),
            failed=Count("pk", filter=Q(state=DocumentState.FAILED)),
        )
        .values_list("corpus", "ready", "pending", "failed")
    )
    counted = {corpus: DocumentCounts(*counts) for corpus, *counts in rows}
    return {corpus: counted.get(corpus, DocumentCounts(0, 0, 0)) for corpus in corpora}
