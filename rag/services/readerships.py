"""Who may read a corpus besides its owner."""

from accounts.api import user_by_username
from rag.errors import ReaderNotFoundError, TooManyReadersError
from rag.models import Corpus, Readership

MOST_READERS = 1000


def add_reader(*, corpus: Corpus, username: str) -> None:
    """Let somebody read it. Raises ReaderNotFoundError or TooManyReadersError."""
    user = user_by_username(username)
    if user is None:
        raise ReaderNotFoundError
    if corpus.readerships.count() >= MOST_READERS:
        raise TooManyReadersError(most=MOST_READERS)
    if user.pk != corpus.owner_id:
        Readership.objects.get_or_create(corpus=corpus, user=user)


def remove_reader(*, corpus: Corpus, username: str) -> None:
    """Take the right back; who has none stays without."""
    user = user_by_username(username)
    if user is not None:
        corpus.readerships.filter(user=user).delete()
