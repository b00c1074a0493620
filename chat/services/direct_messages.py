"""Opens the one direct room of two people, or of a person and an assistant."""

from django.db import transaction

from accounts.api import User, user_by_username
from chat.errors import UserNotFoundError
from chat.models import Room
from chat.selectors.assistants import may_meet
from chat.services.rooms import join, new_slug
from chat.types import Role, RoomKind


def open_direct_message(*, user: User, username: str) -> Room:
    """The direct room with somebody, made at the first time. Raises UserNotFoundError."""
    other = user_by_username(username)
    if other is None or other.pk == user.pk or not may_meet(user, other):
        raise UserNotFoundError
    low, high = sorted((user.pk, other.pk))
    with transaction.atomic():
        room, made = Room.objects.get_or_create(
            pair=f"{low}:{high}",
            defaults={
                "slug": new_slug("direct"),
                "name": f"{user.username} · {other.username}",
                "kind": RoomKind.DIRECT,
                "language": user.language,
            },
        )
        if made:
            join(user=user, room=room, role=Role.MEMBER)
            join(user=other, room=room, role=Role.MEMBER)
    return room
