"""The list of everyone a reader can write to."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.api import User
from chat.types import Style
from echomind.common.text import is_storable
from imaging.api import avatar_path

MOST = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the page of people."""

    username: str
    name: str
    kind: str
    avatar: str


def find_people(*, reader: User, query: str) -> list[Person]:
    """Active users but the reader, whose handle or name holds `query`; at most `MOST`, by name."""
    if not is_storable(query):
        return []
    found = User.objects.filter(is_active=True).exclude(pk=reader.pk)
    if query:
        found = found.filter(Q(username__icontains=query) | Q(name__icontains=query))
    return [_person(user) for user in found.order_by("name", "username")[:MOST]]


def _person(user: User) -> Person:
    avatar = avatar_path(user.username, Style.MINIMALIST, user.kind)
    return Person(user.username, user.shown_name, user.kind, avatar)
