"""A person's conversations with assistants: begun, named, put aside, deleted."""

from django.db import transaction
from django.utils import timezone

from accounts.api import User
from ai.api import forget_conversations
from chat.errors import TitleInvalidError, TooManyConversationsError, UserNotFoundError
from chat.models import Membership, Reply, Room
from chat.realtime.events import RoomChanged
from chat.realtime.publish import tell_members_changed, tell_room
from chat.realtime.reply_stream import forget_text
from chat.selectors.assistants import assistants_for
from chat.selectors.conversations import conversation_of
from chat.services.faces import want_faces
from chat.services.rooms import join, new_slug
from chat.types import UNFINISHED, Role, RoomKind
from echomind.common.text import is_safe, is_storable, is_visible, one_line

MAX_TITLE = 64
MOST = 2_000  # conversations of one person


def begin_conversation(*, user: User, assistant: str, title: str = "") -> Room:
    """A new room of the user and an assistant (its username), whom the user may write to.

    Without a title, one is suggested after the first answer. Raises UserNotFoundError,
    TitleInvalidError, TooManyConversationsError.
    """
    title = checked_title(title) if title else ""
    other = (
        assistants_for(user).filter(username=assistant).first() if is_storable(assistant) else None
    )
    if other is None:
        raise UserNotFoundError
    with transaction.atomic():
        _require_place(user)
        room = Room.objects.create(
            slug=new_slug("chat"),
            name=f"{user.username} · {other.username}",
            title=title,
            kind=RoomKind.DIRECT,
            language=user.language,
        )
        join(user=user, room=room, role=Role.OWNER)
        Membership.objects.create(room=room, user=other)
        want_faces(room, [other])
    return room


def change_conversation(
    *, user: User, slug: str, title: str | None = None, archived: bool | None = None
) -> None:
    """Give another title, put aside or take back; None leaves it as it is.

    Raises ConversationNotFoundError, TitleInvalidError.
    """
    found = conversation_of(user=user, slug=slug)
    with transaction.atomic():
        if title is not None:
            title = checked_title(title)
            Room.objects.filter(pk=found.room.pk).update(title=title)
            tell_title(found.room, title)
        if archived is not None:
            at = timezone.now() if archived else None
            Membership.objects.filter(pk=found.membership.pk).update(archived_at=at)


def delete_conversation(*, user: User, slug: str) -> None:
    """Delete all that was said, every reply and what was remembered. Raises ConversationNotFoundError.

    Whoever still writes a reply is fenced off and leaves nothing.
    """
    found = conversation_of(user=user, slug=slug)
    room = found.room
    with transaction.atomic():
        # In the order in which a reply's end locks them.
        list(Reply.objects.select_for_update().filter(room=room, state__in=UNFINISHED))
        Room.objects.select_for_update().get(pk=room.pk)
        replies = [str(pk) for pk in Reply.objects.filter(room=room).values_list("pk", flat=True)]
        tell_members_changed(user.pk, lost_room=room.pk)
        forget_conversations(place=str(room.pk))
        room.delete()
        transaction.on_commit(lambda: forget_text(replies))


def checked_title(title: str) -> str:
    """The title on one line. Raises TitleInvalidError."""
    title = one_line(title)
    if len(title) > MAX_TITLE or not is_visible(title) or not is_safe(title):
        raise TitleInvalidError(most=MAX_TITLE)
    return title


def tell_title(room: Room, title: str) -> None:
    """Tell those who look at a conversation what it is called now."""
    tell_room(room.pk, RoomChanged(room=room.slug, name=title))


def _require_place(user: User) -> None:
    """Until the transaction ends nobody else begins one for this person, so that the count is true."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    own = Membership.objects.filter(user=user, room__kind=RoomKind.DIRECT, room__pair=None)
    if own.count() >= MOST:
        raise TooManyConversationsError(most=MOST)
