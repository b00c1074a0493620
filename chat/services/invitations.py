"""Links that let people into a private room."""

from django.utils import timezone

from accounts.api import User
from chat.errors import InvitationNotFoundError
from chat.models import Invitation, Room
from chat.permissions import require_moderate
from chat.selectors.access import access_to
from chat.services.rooms import join
from chat.types import Role, RoomKind
from echomind.common.text import is_storable


def create_invitation(*, by: User, room: str) -> Invitation:
    """Make a link that holds for seven days. Raises RoomNotFoundError, NotAllowedError."""
    access = access_to(user=by, slug=room)
    require_moderate(access.role or Role.READER)
    return Invitation.objects.create(room=access.room, created_by=by)


def find_invitation(token: str) -> Invitation:
    """The invitation of a link that still holds. Raises InvitationNotFoundError."""
    if not is_storable(token):
        raise InvitationNotFoundError
    invitation = (
        Invitation.objects.select_related("room", "created_by")
        .filter(token=token, expires_at__gt=timezone.now())
        .exclude(room__kind=RoomKind.DIRECT)
        .first()
    )
    if invitation is None:
        raise InvitationNotFoundError
    return invitation


def accept_invitation(*, user: User, token: str) -> Room:
    """Become a member by a link. Raises InvitationNotFoundError."""
    invitation = find_invitation(token)
    join(user=user, room=invitation.room)
    return invitation.room
