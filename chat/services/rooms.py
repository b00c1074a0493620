"""Makes rooms, and lets people in and out of them."""

import secrets

from django.db import transaction
from django.utils.text import slugify

from accounts.api import User
from ai.api import assistants_of_new_rooms
from chat.errors import LastOwnerError, NotAllowedError, RoomInvalidError
from chat.models import Membership, Room
from chat.permissions import require_own
from chat.realtime.events import MemberJoined, MemberLeft
from chat.realtime.presence import users_online
from chat.realtime.publish import tell_members_changed, tell_room
from chat.selectors.access import Access, access_to
from chat.selectors.members import member_wire
from chat.services.faces import want_faces
from chat.types import Role, RoomKind, Style
from echomind.common.text import is_safe, one_line

MAX_NAME = 64
MAX_TOPIC = 200
MOST_FACES = 100  # asked for at once where a room gets another style; a sweep asks for the others


def create_room(
    *,
    creator: User,
    name: str,
    kind: str,
    style: str,
    topic: str = "",
    language: str | None = None,
) -> Room:
    """Make a public or private room owned by its creator, with the assistants of new rooms in it.

    Raises RoomInvalidError.
    """
    name, topic = _checked_words(name, topic, style)
    if kind not in (RoomKind.PUBLIC, RoomKind.PRIVATE):
        raise RoomInvalidError
    with transaction.atomic():
        room = Room.objects.create(
            slug=new_slug(name),
            name=name,
            topic=topic,
            kind=kind,
            style=style,
            language=language or creator.language,
        )
        join(user=creator, room=room, role=Role.OWNER)
        for assistant in assistants_of_new_rooms():
            want_faces(room, [Membership.objects.create(room=room, user_id=assistant).user])
    return room


def change_room(*, by: User, room: str, name: str, topic: str, style: str) -> Room:
    """Rename or restyle a room. Raises RoomNotFoundError, NotAllowedError, RoomInvalidError."""
    access = access_to(user=by, slug=room)
    require_own(access.role or Role.READER)
    name, topic = _checked_words(name, topic, style)
    found = access.room
    found.name, found.topic, found.style = name, topic, style
    found.save(update_fields=["name", "topic", "style"])
    want_faces(found, User.objects.filter(memberships__room=found)[:MOST_FACES])
    return found


def _checked_words(name: str, topic: str, style: str) -> tuple[str, str]:
    """Name and topic, each on one line. Raises RoomInvalidError."""
    name, topic = one_line(name), one_line(topic)
    fits = 0 < len(name) <= MAX_NAME and len(topic) <= MAX_TOPIC
    if not fits or not is_safe(name + topic) or style not in Style.values:
        raise RoomInvalidError
    return name, topic


def join_room(*, user: User, room: str) -> Access:
    """Become a member of a public room; a member stays what they are. Raises RoomNotFoundError."""
    access = access_to(user=user, slug=room)
    if access.role is None:
        join(user=user, room=access.room)
    return access_to(user=user, slug=room)


def join(*, user: User, room: Room, role: str = Role.MEMBER) -> Membership:
    """Write the membership and announce it. Rights were checked by the caller."""
    with transaction.atomic():
        membership, made = Membership.objects.get_or_create(
            room=room, user=user, defaults={"role": role, "last_read_seq": room.seq}
        )
        if made:
            announce_member(membership)
            tell_members_changed(user.pk)
            want_faces(room, [user])
    return membership


def leave_room(*, user: User, room: str) -> None:
    """Stop being a member. Raises RoomNotFoundError, LastOwnerError, NotAllowedError (direct rooms)."""
    access = access_to(user=user, slug=room)
    if access.room.kind == RoomKind.DIRECT:
        raise NotAllowedError
    with transaction.atomic():
        membership = access.room.memberships.filter(user=user).first()
        if membership is not None:
            remove(membership)


def remove(membership: Membership) -> None:
    """Delete a membership and announce it. Raises LastOwnerError. Rights were checked by the caller."""
    room, user = membership.room, membership.user
    if membership.role == Role.OWNER:
        keep_an_owner(membership)
    membership.delete()
    lost_room = 0 if room.kind == RoomKind.PUBLIC else room.pk
    tell_members_changed(user.pk, lost_room=lost_room)  # first: nothing is heard after the farewell
    tell_room(room.pk, MemberLeft(room=room.slug, username=user.username))


def give_role(membership: Membership, role: str) -> None:
    """Write another role and announce it. Rights were checked by the caller."""
    membership.role = role
    membership.save(update_fields=["role"])
    announce_member(membership)
    tell_members_changed(membership.user_id)


def keep_an_owner(membership: Membership) -> None:
    """Raise LastOwnerError if the room would be left with people and without an owner."""
    others = Membership.objects.select_for_update().filter(room=membership.room)
    owners = [row for row in others if row.role == Role.OWNER and row.pk != membership.pk]
    if not owners:
        raise LastOwnerError


def announce_member(membership: Membership) -> None:
    """Tell the room who has joined, or has another role now."""
    user_id = membership.user_id
    member = member_wire(membership, online=user_id in users_online({user_id}))
    tell_room(membership.room_id, MemberJoined(room=membership.room.slug, member=member))


def new_slug(name: str) -> str:
    """A readable slug with 40 random bits, so that private rooms cannot be guessed by name."""
    head = slugify(name)[:40]
    return f"{head}-{secrets.token_hex(5)}" if head else f"room-{secrets.token_hex(5)}"
