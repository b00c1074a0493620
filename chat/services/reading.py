"""Remembers how far a member has read."""

from accounts.api import User
from chat.models import Membership
from chat.realtime.publish import tell_read
from chat.selectors.access import access_to


def mark_read(*, user: User, room: str, seq: int) -> None:
    """Move the member's mark forward to `seq`, never back and never past the newest event.

    Raises RoomNotFoundError. A visitor of a public room has no mark.
    """
    access = access_to(user=user, slug=room)
    mark = min(seq, access.room.seq)
    moved = Membership.objects.filter(room=access.room, user=user, last_read_seq__lt=mark).update(
        last_read_seq=mark
    )
    if moved:
        tell_read(user.pk, access.room.pk)
