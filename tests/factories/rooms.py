"""Rooms with people in roles."""

from accounts.models import User
from chat.models import Membership, Room
from chat.services.rooms import create_room
from chat.types import Role, RoomKind, Style


def make_room(
    owner: User,
    *,
    name: str = "Tea house",
    kind: str = RoomKind.PRIVATE,
    style: str = Style.MINIMALIST,
    members: tuple[User, ...] = (),
    readers: tuple[User, ...] = (),
) -> Room:
    """A room of `owner` with these members and readers."""
    room = create_room(creator=owner, name=name, kind=kind, style=style)
    for role, users in ((Role.MEMBER, members), (Role.READER, readers)):
        for user in users:
            Membership.objects.create(room=room, user=user, role=role)
    return room
