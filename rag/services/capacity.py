"""How much one corpus may hold: documents, and characters of their texts together."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Count, Sum

from echomind.common.text import is_storable
from rag.errors import CorpusFullError
from rag.models import Corpus


def documents_left(corpus: Corpus) -> int:
    """How many documents more it may hold."""
    most: int = settings.CORPUS_MAX_DOCUMENTS
    return most - corpus.documents.count()


def require_capacity(corpus: Corpus, names: Collection[str], characters: int) -> None:
    """Raise CorpusFullError where documents of these names, and texts of so many characters, do not fit.

    What has one of the names now is replaced with its entries, so it does not count. Documents that
    are taken in at the same moment may go beyond the limit together.
    """
    named = set(filter(is_storable, names))  # the others are refused one by one
    if len(named) > settings.CORPUS_MAX_DOCUMENTS:  # Postgres is not to read millions of names
        raise CorpusFullError
    others = corpus.documents.exclude(external_id__in=named).exclude(part_of__external_id__in=named)
    held = others.aggregate(documents=Count("pk"), characters=Sum("characters", default=0))
    too_many = held["documents"] + len(named) > settings.CORPUS_MAX_DOCUMENTS
    if too_many or held["characters"] + characters > settings.CORPUS_MAX_CHARACTERS:
        raise CorpusFullError
