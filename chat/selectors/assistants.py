"""The assistants of a room, as far as they may speak there."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.api import User
from accounts.types import UserKind
from chat.models import Membership, Room


def speaking_in(room: Room) -> QuerySet[Membership]:
    """Memberships of the room's active assistants, in the order of joining, with their users.

    A private one speaks only where its owner is too; one without an owner, where staff has put it.
    """
    owner_is_here = Exists(
        Membership.objects.filter(room=room, user=OuterRef("user__assistant__owner"))
    )
    welcome = Q(user__assistant__is_public=True) | Q(user__assistant__owner=None) | owner_is_here
    here = Membership.objects.filter(room=room, user__kind=UserKind.ASSISTANT, user__is_active=True)
    return here.filter(welcome).select_related("user").order_by("pk")


def assistants_for(user: User) -> QuerySet[User]:
    """The active assistants whom the user may write to, by name, with their profiles."""
    welcome = Q(assistant__is_public=True) | Q(assistant__owner=user)
    found = User.objects.filter(welcome, kind=UserKind.ASSISTANT, is_active=True)
    return found.select_related("assistant").order_by("name", "username")


def may_meet(user: User, other: User) -> bool:
    """Whether the user may write to somebody and bring them into rooms: every active person, and
    the assistants of `assistants_for`.
    """
    if other.kind == UserKind.ASSISTANT:
        return assistants_for(user).filter(pk=other.pk).exists()
    return other.is_active
