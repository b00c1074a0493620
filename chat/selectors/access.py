"""Which room a user means, and what the user is there. A stranger learns nothing: 404."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q

from accounts.api import User
from chat.errors import RoomNotFoundError
from chat.models import Room
from chat.types import RoomKind


@dataclass(frozen=True, slots=True)
class Access:
    """A room as one user stands in it; `role` is None for a visitor of a public room."""

    room: Room
    role: str | None
    last_read_seq: int


def access_to(*, user: User, slug: str) -> Access:
    """The room and the user's role in it, in one query. Raises RoomNotFoundError."""
    room = (
        Room.objects.annotate(
            mine=FilteredRelation("memberships", condition=Q(memberships__user=user.pk))
        )
        .annotate(my_role=F("mine__role"), my_read=F("mine__last_read_seq"))
        .filter(slug=slug)
        .first()
    )
    if room is None or (room.my_role is None and room.kind != RoomKind.PUBLIC):
        raise RoomNotFoundError
    return Access(room, room.my_role, room.my_read or 0)


def room_for(user: User, slug: str) -> Room:
    """The room, if the user may open it. Raises RoomNotFoundError."""
    return access_to(user=user, slug=slug).room
