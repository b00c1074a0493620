"""Members as the outside contract shows them."""

from collections.abc import Iterable

from accounts.types import UserKind
from chat.models import Membership
from chat.wire import MemberWire
from imaging.api import avatar_path


def member_wire(membership: Membership, *, online: bool) -> MemberWire:
    """A member in the room's style. An assistant is always there."""
    user = membership.user
    return MemberWire(
        username=user.username,
        name=user.shown_name,
        kind=user.kind,
        avatar=avatar_path(user.username, membership.room.style, user.kind),
        role=membership.role,
        online=online or user.kind == UserKind.ASSISTANT,
    )


def member_wires(memberships: Iterable[Membership], online: set[int]) -> list[MemberWire]:
    """Members, selected with their user and room; `online` holds the ids of users with a tab open."""
    return [member_wire(row, online=row.user_id in online) for row in memberships]
