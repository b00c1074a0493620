"""The words of documents that replies keep, in their passages and prompts, go with the documents.

A reply that is just being written keeps its passages only when it ends: so its end looks itself, after
its commit, for documents that went meanwhile.
"""

from collections.abc import Collection, Iterable

from django.db import transaction

from ai.api import without_passages
from chat.models import Reply
from chat.selectors.passages import Kept
from rag.api import missing_documents


def forget_passages(*, documents: Iterable[int] = (), corpora: Iterable[int] = ()) -> None:
    """Forget what replies keep of these documents, and of all documents of these corpora."""
    for document in documents:
        _forget("document", document)
    for corpus in corpora:
        _forget("corpus", corpus)


def forget_missing(passages: Iterable[Kept]) -> None:
    """Forget what a reply has just kept of documents that were deleted while it was written."""
    documents = {kept["document"] for kept in passages}
    if documents:
        forget_passages(documents=missing_documents(documents))


@transaction.atomic
def _forget(field: str, gone: int) -> None:
    keeping = Reply.objects.filter(passages__contains=[{field: gone}]).select_for_update()
    for reply in keeping.only("prompt", "passages").order_by("pk").iterator():
        places = [place for place, kept in enumerate(reply.passages) if kept[field] == gone]
        reply.passages = _without_words(reply.passages, places)
        reply.prompt = without_passages(reply.prompt, [place + 1 for place in places])
        reply.save(update_fields=["passages", "prompt"])


def _without_words(passages: Iterable[Kept], places: Collection[int]) -> list[Kept]:
    """The passages in their order, since their places are their numbers."""
    return [
        kept | {"title": "", "text": ""} if place in places else kept
        for place, kept in enumerate(passages)
    ]
