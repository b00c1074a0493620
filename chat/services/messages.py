"""Sends, edits and deletes messages. Announces each change after its commit."""

from contextlib import nullcontext
from dataclasses import dataclass, replace

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.api import User
from accounts.types import UserKind
from ai.api import find_preset, forget_message
from ai.errors import PresetNotFoundError
from chat.errors import (
    AddresseeLeftError,
    ClientIdConflictError,
    MessageNotFoundError,
    NotAllowedError,
    QueueFullError,
)
from chat.models import Membership, Message, Reply, Room
from chat.permissions import may_moderate, require_write
from chat.realtime.events import MessageCreated
from chat.realtime.publish import tell_room
from chat.rendering import to_html
from chat.selectors.access import Access, access_to
from chat.selectors.assistants import speaking_in
from chat.selectors.message_wires import JOINED, message_wire, one_wire, reply_wire
from chat.selectors.versions import Place
from chat.services.drafts import Draft, check_client_id, checked_text
from chat.services.drawings import Asked, asked_by
from chat.services.message_changes import message_to_change, record_change
from chat.services.message_rate import message_rate
from chat.services.numbering import insert_message
from chat.services.replies import forget_prompts_with, stop_replies_to
from chat.services.reply_queue import open_reply, queue_reply
from chat.services.rooms import join
from chat.types import AddresseeKind, EventType, RoomKind
from chat.wire import MessageWire
from echomind.common.text import is_storable
from imaging.errors import TooManyPicturesError


@dataclass(frozen=True, slots=True)
class Sent:
    """The message as stored; `created` is False when the client id had been seen before."""

    message: MessageWire
    created: bool


def send_message(*, author: User, room: str, draft: Draft, trace_id: str = "") -> Sent:
    """Store one message and, if it is for an assistant, queue the reply.

    `room` is a slug. Raises RoomNotFoundError, ReadOnlyError, TooManyMessagesError,
    AddresseeLeftError, PresetNotFoundError, the Text…Errors, ClientIdConflictError and those of
    `chat.services.drawings.asked_by`. A repeated client id with the same body returns the first row.
    """
    check_client_id(draft.client_id)
    draft = replace(draft, text=checked_text(draft.text))
    message_rate.count(author.pk)
    access = access_to(user=author, slug=room)
    if access.role is not None:
        require_write(access.role)
    try:
        message = _message_of(author, access, draft)
        return Sent(_write(message, access, draft.preset, trace_id), created=True)
    except (IntegrityError, AddresseeLeftError, PresetNotFoundError, TooManyPicturesError):
        earlier = _earlier(author, access.room, draft)
        if earlier is None:
            raise
        return Sent(earlier, created=False)


def edit_message(*, editor: User, message_id: int, text: str) -> int:
    """Change the text of one's own message; returns the event's number. Raises as `send_message`."""
    text = checked_text(text)
    html = to_html(text)
    with transaction.atomic():
        message, access = message_to_change(editor, message_id)
        if message.author_id != editor.pk:
            raise NotAllowedError
        message.text, message.html, message.edited_at = text, html, timezone.now()
        message.save(update_fields=["text", "html", "edited_at"])
        forget_message(place=str(message.room_id), message=message.seq)
        return record_change(access.room, message, EventType.MESSAGE_EDITED)


def delete_message(*, editor: User, message_id: int) -> int:
    """Delete one's own message, or as a moderator anyone's; returns the event's number."""
    with transaction.atomic():
        message, access = message_to_change(editor, message_id)
        if message.author_id != editor.pk and not may_moderate(access.role or ""):
            raise NotAllowedError
        message.text = message.html = ""
        message.removed_at = timezone.now()
        message.save(update_fields=["text", "html", "removed_at"])
        forget_message(place=str(message.room_id), message=message.seq)
        stop_replies_to(message)
        forget_prompts_with(message)
        return record_change(access.room, message, EventType.MESSAGE_REMOVED)


def _message_of(author: User, access: Access, draft: Draft) -> Message:
    """The row to be, with everything that can be found out before the transaction."""
    to_kind, to_user = _addressee(access.room, draft)
    _wear_face(author, access)
    if draft.preset:
        find_preset(user=author.pk, slug=draft.preset)
    return Message(
        room=access.room,
        author=author,
        client_id=draft.client_id,
        text=draft.text,
        html=to_html(draft.text),
        to_kind=to_kind,
        to_user=to_user,
        reply_to=_quoted(access.room, draft.reply_to),
        fingerprint=draft.fingerprint,
        created_at=timezone.now(),
    )


def _wear_face(author: User, access: Access) -> None:
    """A socket's user may be hours old: the face comes with the access."""
    known = {style: face for style, face in author.faces.items() if style != access.room.style}
    author.faces = known | ({access.room.style: access.face} if access.face else {})


def _write(message: Message, access: Access, preset: str, trace_id: str) -> MessageWire:
    """Insert, announce, queue the reply."""
    asked = asked_by(message)
    is_one_statement = not asked.speakers and access.role is not None
    with nullcontext() if is_one_statement and _is_on_its_own() else transaction.atomic():
        if access.role is None:
            join(user=message.author, room=message.room)
        insert_message(message)
        reply = _first_reply(message, asked, preset, trace_id)
        told = reply_wire(reply, Place()) if reply else None
        wire = message_wire(message.room, message, [], told)
        created = MessageCreated(room=message.room.slug, seq=message.seq, message=wire)
        tell_room(message.room_id, created)
        if reply is not None:
            queue_reply(reply)
    return wire


def _first_reply(message: Message, asked: Asked, preset: str, trace_id: str) -> Reply | None:
    """What is said to everyone stands even where too many replies wait; only nobody answers it."""
    if not asked.speakers:
        return None
    first, *then = asked.speakers
    try:
        return open_reply(
            question=message,
            assistant=first,
            then=then,
            preset=preset,
            drawing=asked.drawing,
            trace_id=trace_id,
        )
    except QueueFullError:
        if message.to_kind == AddresseeKind.ASSISTANT:
            raise
        return None


def _is_on_its_own() -> bool:
    """Whether a statement that fails now, for a repeated client id, takes nothing else with it."""
    return not connection.in_atomic_block


def _addressee(room: Room, draft: Draft) -> tuple[str, User | None]:
    """Whom the message is for. Alone with an assistant, everything is. Raises AddresseeLeftError."""
    if draft.to_kind != AddresseeKind.EVERYONE:
        return draft.to_kind, _named(room, draft)
    if room.kind == RoomKind.DIRECT:
        assistant = speaking_in(room).first()
        if assistant is not None:
            return AddresseeKind.ASSISTANT, assistant.user
    return draft.to_kind, None


def _named(room: Room, draft: Draft) -> User:
    """The member whom the draft names. Raises AddresseeLeftError."""
    username = draft.to_username or ""
    to_assistant = draft.to_kind == AddresseeKind.ASSISTANT
    members = speaking_in(room) if to_assistant else _people_in(room)
    named = members.filter(user__username=username)
    member = named.first() if is_storable(username) else None
    if member is None:
        raise AddresseeLeftError(username=draft.to_username)
    return member.user


def _people_in(room: Room) -> QuerySet[Membership]:
    here = Membership.objects.filter(room=room, user__kind=UserKind.PERSON, user__is_active=True)
    return here.select_related("user")


def _quoted(room: Room, message_id: int | None) -> Message | None:
    """The quoted message, which must be in this room. Raises MessageNotFoundError."""
    if message_id is None:
        return None
    quoted = Message.objects.select_related("author").filter(room=room, pk=message_id).first()
    if quoted is None:
        raise MessageNotFoundError
    return quoted


def _earlier(author: User, room: Room, draft: Draft) -> MessageWire | None:
    """The row that already has this client id. Raises ClientIdConflictError for another body."""
    rows = Message.objects.select_related(*JOINED)
    row = rows.filter(author=author, client_id=draft.client_id).first()
    if row is None:
        return None
    if row.room_id != room.pk or row.fingerprint != draft.fingerprint:
        raise ClientIdConflictError(client_id=draft.client_id)
    return one_wire(room, row)
