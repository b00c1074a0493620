"""Message rows as the outside contract shows them. Three statements, however many messages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from accounts.api import User
from chat.models import Message, Reaction, Reply, Room
from chat.selectors.citations import Sources, sources_of
from chat.selectors.pictures import pictures_of
from chat.selectors.versions import Place, places, replies_to
from chat.types import AddresseeKind
from chat.wire import (
    AddresseeWire,
    AuthorWire,
    MessageWire,
    QuoteWire,
    ReactionWire,
    ReplyWire,
)
from imaging.api import avatar_of

QUOTE_LENGTH = 120  # characters of a quoted message that others see above the answer
JOINED = ("author", "to_user", "reply_to__author", "picture")


def wires_of(room: Room, messages: Sequence[Message]) -> list[MessageWire]:
    """Wires in the order given; the messages were selected with `JOINED`."""
    ids = [message.pk for message in messages]
    reactions, replies = _reactions_of(ids), _replies_of(room, messages)
    return [
        message_wire(room, message, reactions.get(message.pk, []), replies.get(message.pk))
        for message in messages
    ]


def one_wire(room: Room, message: Message) -> MessageWire:
    """The wire of one message with its reactions and reply."""
    return wires_of(room, [message])[0]


def fetch_wire(room: Room, message_id: int) -> MessageWire:
    """Read one message of the room anew."""
    return one_wire(room, Message.objects.select_related(*JOINED).get(pk=message_id, room=room))


def message_wire(
    room: Room, message: Message, reactions: list[ReactionWire], reply: ReplyWire | None
) -> MessageWire:
    """Join a row and what belongs to it. A removed message keeps its place and loses its text."""
    gone = message.removed_at is not None
    return MessageWire(
        id=message.pk,
        seq=message.seq,
        room=room.slug,
        author=author_wire(room, message.author),
        text="" if gone else message.text,
        html="" if gone else message.html,
        to=_addressee(message),
        reply_to=message.reply_to_id,
        created_at=message.created_at,
        edited_at=message.edited_at,
        reply=reply,
        reactions=[] if gone else reactions,
        quote=_quote(message.reply_to),
        client_id=message.client_id,
        pictures=[] if gone else pictures_of(room, message),
    )


def author_wire(room: Room, user: User) -> AuthorWire:
    """A user as the room's style shows them."""
    return AuthorWire(
        id=user.pk,
        username=user.username,
        name=user.shown_name,
        kind=user.kind,
        avatar=avatar_of(user, room.style),
    )


def reply_wire(reply: Reply, place: Place, sources: Sources | None = None) -> ReplyWire:
    """A reply's state and what it was made from. It was selected with its assistant."""
    shown = {"passages": sources.passages} if sources else {}
    return ReplyWire(
        id=str(reply.pk),
        state=reply.state,
        attempt=reply.attempt,
        assistant=reply.assistant.username,
        citations=sources.citations if sources else [],
        passport=reply.passport | shown,
        code=reply.code,
        version=place.version,
        versions=place.versions,
    )


def _addressee(message: Message) -> AddresseeWire:
    if message.to_kind == AddresseeKind.EVERYONE or message.to_user is None:
        return AddresseeWire(kind=AddresseeKind.EVERYONE)
    return AddresseeWire(kind=message.to_kind, username=message.to_user.username)


def _quote(quoted: Message | None) -> QuoteWire | None:
    if quoted is None:
        return None
    text = "" if quoted.removed_at else quoted.text[:QUOTE_LENGTH]
    return QuoteWire(id=quoted.pk, name=quoted.author.shown_name, text=text)


def _reactions_of(ids: Iterable[int]) -> dict[int, list[ReactionWire]]:
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Reaction.objects.filter(message__in=ids).order_by("pk")
    for message_id, emoji, username in rows.values_list("message_id", "emoji", "user__username"):
        names[message_id][emoji].append(username)
    return {
        message_id: [
            ReactionWire(emoji=emoji, count=len(users), usernames=users)
            for emoji, users in by_emoji.items()
        ]
        for message_id, by_emoji in names.items()
    }


def _replies_of(room: Room, messages: Iterable[Message]) -> Mapping[int, ReplyWire]:
    """By message: on an answer the reply that ended in it, on a question the newest one."""
    asked = {message.pk for message in messages}
    asked |= {message.reply_to_id for message in messages if message.reply_to_id}
    replies = replies_to(asked)
    place, sources = places(replies), sources_of(room, replies)
    found: dict[int, ReplyWire] = {}
    for reply in replies:
        found[reply.question_id] = wire = reply_wire(reply, place[reply.pk], sources.get(reply.pk))
        if reply.answer_id:
            found[reply.answer_id] = wire
    return found
