"""Which room a user means, and what the user is there. A stranger learns nothing: 404."""

from dataclasses import dataclass

from accounts.api import User
from chat.errors import RoomNotFoundError
from chat.models import Membership, Room
from chat.types import RoomKind
from echomind.common.text import is_storable


@dataclass(frozen=True, slots=True)
class Access:
    """A room as one user stands in it; `role` is None for a visitor of a public room."""

    room: Room
    role: str | None
    last_read_seq: int


def access_to(*, user: User, slug: str) -> Access:
    """The room and the user's role in it: one statement for a member. Raises RoomNotFoundError."""
    if not is_storable(slug):
        raise RoomNotFoundError
    membership = (
        Membership.objects.select_related("room").filter(room__slug=slug, user=user).first()
    )
    if membership is not None:
        return Access(membership.room, membership.role, membership.last_read_seq)
    room = Room.objects.filter(slug=slug, kind=RoomKind.PUBLIC).first()
    if room is None:
        raise RoomNotFoundError
    return Access(room, None, 0)


def room_for(user: User, slug: str) -> Room:
    """The room, if the user may open it. Raises RoomNotFoundError."""
    return access_to(user=user, slug=slug).room
