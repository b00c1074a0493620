"""Changes who is in a room and in which role."""

from django.db import transaction

from accounts.api import User, user_by_username
from chat.errors import AlreadyMemberError, NotAllowedError, UserNotFoundError
from chat.models import Membership
from chat.permissions import may_own, require_moderate
from chat.selectors.access import Access, access_to
from chat.selectors.assistants import may_meet
from chat.services.rooms import give_role, join, keep_an_owner, remove
from chat.types import Role, RoomKind
from echomind.common.text import is_storable


def add_member(*, by: User, room: str, username: str, role: str = Role.MEMBER) -> Membership:
    """Put a person or an assistant into a room.

    Raises RoomNotFoundError, NotAllowedError, UserNotFoundError, AlreadyMemberError.
    """
    access = _managed(by, room)
    _may_give(access, role)
    user = user_by_username(username)
    if user is None or not may_meet(by, user):
        raise UserNotFoundError
    if access.room.memberships.filter(user=user).exists():
        raise AlreadyMemberError
    return join(user=user, room=access.room, role=role)


def remove_member(*, by: User, room: str, username: str) -> None:
    """Put somebody out of a room; their tabs go silent within a second."""
    access = _managed(by, room)
    with transaction.atomic():
        membership = _membership(access, username)
        _may_give(access, membership.role)
        remove(membership)


def change_role(*, by: User, room: str, username: str, role: str) -> Membership:
    """Give a member another role. Raises LastOwnerError for the last owner."""
    access = _managed(by, room)
    with transaction.atomic():
        membership = _membership(access, username)
        _may_give(access, role)
        _may_give(access, membership.role)
        if membership.role == Role.OWNER and role != Role.OWNER:
            keep_an_owner(membership)
        give_role(membership, role)
    return membership


def _managed(by: User, slug: str) -> Access:
    """The room, if the user may manage its members. A direct room has none to manage."""
    access = access_to(user=by, slug=slug)
    require_moderate(access.role or Role.READER)
    if access.room.kind == RoomKind.DIRECT:
        raise NotAllowedError
    return access


def _may_give(access: Access, role: str) -> None:
    """Only owners deal with owners and moderators."""
    if role not in Role.values:
        raise NotAllowedError
    if role in (Role.OWNER, Role.MODERATOR) and not may_own(access.role or ""):
        raise NotAllowedError


def _membership(access: Access, username: str) -> Membership:
    if not is_storable(username):
        raise UserNotFoundError
    membership = (
        access.room.memberships.select_related("user", "room")
        .filter(user__username=username)
        .first()
    )
    if membership is None:
        raise UserNotFoundError
    return membership
