"""Who may give a corpus which short name."""

from accounts.api import User
from rag.errors import SlugTakenError, TooManyCorporaError
from rag.models import ShortName

MOST_NAMES = 1000  # of one person who is not staff, with those of corpora that are gone


def take_short_name(*, slug: str, owner: User) -> None:
    """Note that it is the owner's from now on. Call in the transaction that makes the corpus.

    Raises SlugTakenError where somebody else had it, or TooManyCorporaError.
    """
    name, is_new = ShortName.objects.get_or_create(slug=slug, defaults={"owner": owner})
    if owner.is_staff:
        ShortName.objects.filter(pk=name.pk).update(owner=owner)
    elif name.owner_id != owner.pk:
        raise SlugTakenError
    elif is_new and ShortName.objects.filter(owner=owner).count() > MOST_NAMES:
        raise TooManyCorporaError(most=MOST_NAMES)
