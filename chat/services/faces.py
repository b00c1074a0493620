"""The faces of members: drawn when somebody comes to a room of a style, chosen anew, sent."""

from collections.abc import Iterable

import structlog
from django.core.cache import cache
from django.db import transaction

from accounts.api import User
from chat.errors import JoinFirstError
from chat.models import Membership, Room
from chat.realtime.events import MemberChanged
from chat.realtime.presence import users_online
from chat.realtime.publish import tell_room
from chat.selectors.access import Access, access_to
from chat.selectors.members import member_wire
from chat.types import MAKE_FACE
from echomind.common.enqueue import enqueue
from echomind.common.errors import EchoMindError
from echomind.common.queues import Queue
from imaging import api as imaging
from imaging.types import FaceChoice, Style

logger = structlog.get_logger(__name__)

MOST_AT_ONCE = 100  # faces that one sweep asks for
ASKED_AGAIN_S = 300  # a worker that is away must not find the same wish a thousand times
MOST_TOLD = 500  # rooms that are told of another face; the others show it when they are read next


def want_faces(room: Room, users: Iterable[User]) -> None:
    """Let those who have no face in the room's style get one, after the commit."""
    for user in users:
        if room.style not in user.faces:
            enqueue(MAKE_FACE, Queue.IMAGES, user=str(user.pk), style=room.style)


def make_face(*, user_id: int, style: str, again: bool = False) -> None:
    """Draw a user's face in a style and show it to everyone. For the worker."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    try:
        made = imaging.make_face(user, style, again=again)
    except EchoMindError as error:  # the placeholder stays
        logger.warning("face_not_made", style=style, code=error.code, **error.data)
        return
    if made:
        tell_face(user, style)


def redraw_faces(style: str) -> None:
    """Let all faces of a style be drawn once more, from the seeds that they have."""
    users = User.objects.filter(faces__has_key=style).values_list("pk", flat=True)
    for user_id in users.iterator():
        enqueue(MAKE_FACE, Queue.IMAGES, user=str(user_id), style=style, again="1")


def request_missing_faces() -> None:
    """Ask for the faces of members that nobody has asked for, or whose request was lost."""
    drawable = [style.value for style in Style if imaging.can_draw(style)]
    for style in drawable:
        here = Membership.objects.filter(room__style=style)
        faceless = here.exclude(user__faces__has_key=style).order_by("user").distinct("user")
        rows = faceless.values_list("user_id", "user__username")[:MOST_AT_ONCE]
        for user_id, username in rows:
            if cache.add(f"face:{username}:{style}", 1, ASKED_AGAIN_S):
                enqueue(MAKE_FACE, Queue.IMAGES, user=str(user_id), style=style)


def face_choices(*, user: User, slug: str) -> list[FaceChoice]:
    """Six faces that the user could have in a room. Raises RoomNotFoundError, JoinFirstError and
    the errors of `imaging.api.face_choices`.
    """
    access = _member_access(user, slug)
    return imaging.face_choices(user=user, style=access.room.style)


def choose_face(*, user: User, slug: str, seed: int) -> str:
    """Take the face of a seed in all rooms of this room's style; returns the id of its picture.

    Raises as `face_choices`, and SeedInvalidError.
    """
    access = _member_access(user, slug)
    made = imaging.choose_face(user=user, style=access.room.style, seed=seed)
    tell_face(user, access.room.style)
    return made.public_id


def upload_face(*, user: User, slug: str, content: bytes) -> str:
    """Take a picture of one's own as a face, as `choose_face`. Raises UploadError."""
    access = _member_access(user, slug)
    made = imaging.upload_face(user=user, style=access.room.style, content=content)
    tell_face(user, access.room.style)
    return made.public_id


@transaction.atomic
def tell_face(user: User, style: str) -> None:
    """Show a user's new face to all who look at a room of the style."""
    rows = Membership.objects.filter(user=user, room__style=style).select_related("room")
    online = bool(users_online({user.pk}))
    for membership in rows.order_by("-room")[:MOST_TOLD]:
        membership.user = user
        member = member_wire(membership, online=online)
        tell_room(membership.room_id, MemberChanged(room=membership.room.slug, member=member))


def _member_access(user: User, slug: str) -> Access:
    access = access_to(user=user, slug=slug)
    if access.role is None:
        raise JoinFirstError
    return access
