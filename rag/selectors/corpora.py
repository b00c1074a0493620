"""Corpora and documents, as far as somebody may know of them."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from accounts.api import User
from rag.errors import CorpusNotFoundError, DocumentNotFoundError, PassageNotFoundError
from rag.models import Chunk, Corpus, Document
from rag.types import PENDING, DocumentCounts, DocumentState, PassageView


def readable_corpora(user_ids: Collection[int], slugs: Collection[str] | None = None) -> list[int]:
    """Ids of the corpora that each of these users may read; `slugs` narrows to some."""
    corpora = Corpus.objects.readable_by(user_ids)
    if slugs is not None:
        corpora = corpora.filter(slug__in=slugs)
    return list(corpora.order_by("pk").values_list("pk", flat=True))


def corpora_of(user: User) -> QuerySet[Corpus]:
    """What a person's page of corpora lists: those they own or read, and public ones."""
    return Corpus.objects.readable_by([user.pk]).select_related("owner")


def corpus_for(user: User, slug: str) -> Corpus:
    """A corpus that this person may read. Raises CorpusNotFoundError."""
    corpus = Corpus.objects.readable_by([user.pk]).filter(slug=slug).first()
    if corpus is None:
        raise CorpusNotFoundError
    return corpus


def corpus_owned_by(user: User, slug: str) -> Corpus:
    """A corpus that this person may change: its owner or staff. Raises CorpusNotFoundError."""
    corpora = Corpus.objects.all() if user.is_staff else Corpus.objects.filter(owner=user)
    corpus = corpora.filter(slug=slug).first()
    if corpus is None:
        raise CorpusNotFoundError
    return corpus


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


def count_documents(corpus: Corpus) -> DocumentCounts:
    """How far the documents of a corpus are."""
    counts = corpus.documents.countable().aggregate(
        ready=Count("pk", filter=Q(state=DocumentState.READY)),
        pending=Count("pk", filter=Q(state__in=PENDING)),
        failed=Count("pk", filter=Q(state=DocumentState.FAILED)),
    )
    return DocumentCounts(**counts)


def passage_view(user_ids: Collection[int], chunk: int) -> PassageView:
    """A chunk in its document, if each of these users may read it. Raises PassageNotFoundError."""
    found = (
        Chunk.objects.filter(pk=chunk, corpus__in=Corpus.objects.readable_by(user_ids))
        .select_related("document", "corpus")
        .first()
    )
    if found is None:
        raise PassageNotFoundError
    document, corpus = found.document, found.corpus
    return PassageView(
        document=document.pk,
        external_id=document.external_id,
        title=str(document),
        source=document.source,
        corpus_slug=corpus.slug,
        corpus_name=corpus.name,
        text=document.text,
        start=found.start,
        end=found.end,
    )
