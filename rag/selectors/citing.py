"""What other apps need to cite documents and to open what is cited, with the rights of its readers."""

from collections.abc import Collection, Iterable

from rag.errors import PassageNotFoundError
from rag.models import Chunk, Corpus, Document
from rag.types import CorpusName, PassageView

SHOWN_AROUND = 10_000  # code points of a document before and behind the passage


def own_corpora(user: int) -> list[int]:
    """Ids of the corpora that this person owns. Anybody can make others readers of theirs, unasked."""
    return list(Corpus.objects.filter(owner=user).order_by("pk").values_list("pk", flat=True))


def corpus_names(ids: Iterable[int]) -> list[CorpusName]:
    """What these corpora are called, by name."""
    rows = Corpus.objects.filter(pk__in=list(ids)).order_by("name", "pk")
    return [CorpusName(*row) for row in rows.values_list("pk", "slug", "name")]


def readable_documents(user_ids: Collection[int], documents: Iterable[int]) -> dict[int, str]:
    """The documents that each of these users may read, with the slug of their corpus. One statement."""
    rows = Document.objects.filter(
        pk__in=list(documents), corpus__in=Corpus.objects.readable_by(user_ids)
    )
    return dict(rows.values_list("pk", "corpus__slug"))


def missing_documents(documents: Iterable[int]) -> set[int]:
    """Those of these documents that are gone."""
    wanted = set(documents)
    return wanted - set(Document.objects.filter(pk__in=wanted).values_list("pk", flat=True))


def cited_passage(user: int, *, document: int, text: str, start: int) -> PassageView:
    """A passage in its document as it is now, for somebody who may read it.

    A new version may have moved it; then the first place with the same words is shown.
    Raises PassageNotFoundError.
    """
    readable = Corpus.objects.readable_by([user])
    found = Document.objects.filter(pk=document, corpus__in=readable).select_related("corpus")
    cited = found.first()
    place = _place_of(cited.text, text, start) if cited else -1
    if cited is None or place < 0:
        raise PassageNotFoundError
    return _view(cited, place, place + len(text))


def found_passage(user: int, chunk: int) -> PassageView:
    """A chunk in its document, for somebody who may read it. Raises PassageNotFoundError."""
    readable = Corpus.objects.readable_by([user])
    chunks = Chunk.objects.filter(pk=chunk, corpus__in=readable)
    found = chunks.select_related("document__corpus").first()
    if found is None:
        raise PassageNotFoundError
    return _view(found.document, found.start, found.end)


def _view(document: Document, start: int, end: int) -> PassageView:
    return PassageView(
        external_id=document.external_id,
        title=str(document),
        source=document.source,
        corpus_slug=document.corpus.slug,
        corpus_name=document.corpus.name,
        before=document.text[max(0, start - SHOWN_AROUND) : start],
        text=document.text[start:end],
        behind=document.text[end : end + SHOWN_AROUND],
    )


def _place_of(whole: str, text: str, start: int) -> int:
    """Where the words stand: at `start`, else the first time; -1 where they are no more."""
    return start if whole.startswith(text, start) else whole.find(text)
