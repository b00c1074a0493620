"""The list of everyone a reader can write to."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.api import User
from accounts.types import UserKind
from chat.selectors.assistants import assistants_for
from chat.types import Style
from echomind.common.text import is_storable
from imaging.api import avatar_of

MOST = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the page of people."""

    username: str
    name: str
    kind: str
    avatar: str


def find_people(*, reader: User, query: str) -> list[Person]:
    """Whom the reader may write to, whose handle or name holds `query`: at most `MOST` assistants and
    `MOST` people, each by name.
    """
    if not is_storable(query):
        return []
    people = User.objects.filter(kind=UserKind.PERSON, is_active=True).exclude(pk=reader.pk)
    groups = (assistants_for(reader), people.order_by("name", "username"))
    return [_person(user) for group in groups for user in _named(group, query)[:MOST]]


def _named(users: QuerySet[User], query: str) -> QuerySet[User]:
    return users.filter(Q(username__icontains=query) | Q(name__icontains=query))


def _person(user: User) -> Person:
    avatar = avatar_of(user, Style.MINIMALIST)
    return Person(user.username, user.shown_name, user.kind, avatar)
