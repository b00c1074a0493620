"""The corpora that a room's assistants answer from: chosen by its owner."""

from collections.abc import Collection

from accounts.api import User
from chat.errors import NotAllowedError
from chat.models import Room
from chat.permissions import require_own
from chat.selectors.access import access_to
from chat.types import Role, RoomKind
from echomind.common.text import is_storable
from rag.api import corpus_names, readable_corpora
from rag.errors import CorpusNotFoundError


def choose_corpora(*, by: User, room: str, slugs: Collection[str]) -> Room:
    """Set them, from those that the owner may read. One that stood there already may stay.

    Raises RoomNotFoundError, NotAllowedError, CorpusNotFoundError.
    """
    access = access_to(user=by, slug=room)
    require_own(access.role or Role.READER)
    found = access.room
    if found.kind == RoomKind.DIRECT:
        raise NotAllowedError
    if not all(map(is_storable, slugs)):
        raise CorpusNotFoundError
    known = found.corpora.filter(slug__in=slugs).values_list("pk", flat=True)
    ids = {*readable_corpora([by.pk], slugs), *known}
    if {name.slug for name in corpus_names(ids)} != set(slugs):
        raise CorpusNotFoundError
    found.corpora.set(ids)
    return found
