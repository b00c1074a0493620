"""Every event of the socket, as the outside contract names it. Built here and nowhere else.

Durable events carry `seq`, count without a gap in their room and can be read again from Postgres.
The others are told once and never stored.
"""

from typing import ClassVar

import msgspec

from chat.wire import CitationWire, MemberWire, MessageWire, ToolUseWire

_encoder = msgspec.json.Encoder()


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Something that happened in a room."""

    durable: ClassVar[bool] = False
    room: str


class DurableEvent(Event, frozen=True, kw_only=True):
    """An event with a number of its room's sequence."""

    durable: ClassVar[bool] = True
    seq: int


class MessageCreated(DurableEvent, frozen=True, kw_only=True, tag="message.created"):
    """Somebody said something."""

    message: MessageWire


class MessageEdited(DurableEvent, frozen=True, kw_only=True, tag="message.edited"):
    """A message changed: its text (then `edited_at` did too) or the reactions to it."""

    message: MessageWire


class MessageRemoved(DurableEvent, frozen=True, kw_only=True, tag="message.removed"):
    """A message was deleted; what is left of it has no text."""

    message: MessageWire


class ReplyQueued(Event, frozen=True, kw_only=True, tag="reply.queued"):
    """A reply waits; `place` 1 is the next to be written, `message` is the question's id."""

    reply: str
    message: int
    assistant: str
    place: int


class ReplyStarted(Event, frozen=True, kw_only=True, tag="reply.started"):
    """A worker took the reply; text of an earlier attempt is void."""

    reply: str
    attempt: int


class ReplyStatus(Event, frozen=True, kw_only=True, omit_defaults=True, tag="reply.status"):
    """What the assistant is doing: `retrieving` (reading), `writing`, or `waiting` for the model.

    Text that comes after `waiting` ends it. `tools` and `citations`, where they come along, are all
    that was done with tools and that the answer cites so far.
    """

    reply: str
    attempt: int
    stage: str
    tools: list[ToolUseWire] = []
    citations: list[CitationWire] = []


class ReplyDelta(Event, frozen=True, kw_only=True, tag="reply.delta"):
    """More text; `offset` counts the code points before it."""

    reply: str
    attempt: int
    offset: int
    text: str


class ReplySnapshot(Event, frozen=True, kw_only=True, tag="reply.snapshot"):
    """The whole text so far; it replaces what a reader has."""

    reply: str
    attempt: int
    text: str
    offset: int = 0


class ReplyFinished(DurableEvent, frozen=True, kw_only=True, tag="reply.finished"):
    """The reply ended as `done` or `stopped`; `message` is the assistant's, created by this event."""

    reply: str
    attempt: int
    state: str
    message: MessageWire


class ReplyFailed(DurableEvent, frozen=True, kw_only=True, tag="reply.failed"):
    """The reply ended without an answer; `message` is a sentence for people."""

    reply: str
    attempt: int
    code: str
    message: str


class RoomChanged(Event, frozen=True, kw_only=True, tag="room.changed"):
    """A conversation with an assistant got another title, from its person or from the model."""

    name: str


class MemberJoined(Event, frozen=True, kw_only=True, tag="member.joined"):
    """Somebody became a member, or got another role."""

    member: MemberWire


class MemberChanged(Event, frozen=True, kw_only=True, tag="member.changed"):
    """A member got another face: it is their `avatar` from now on, also beside earlier messages."""

    member: MemberWire


class MemberLeft(Event, frozen=True, kw_only=True, tag="member.left"):
    """Somebody is a member no more."""

    username: str


class PresenceChanged(Event, frozen=True, kw_only=True, tag="presence.changed"):
    """A member opened the first tab or closed the last one."""

    username: str
    online: bool


class TypingChanged(Event, frozen=True, kw_only=True, tag="typing.changed"):
    """A member is writing; it holds for a few seconds."""

    username: str
    typing: bool


class UnreadChanged(Event, frozen=True, kw_only=True, tag="unread.changed"):
    """How many messages of others the reader has not seen in a room."""

    unread: int


def encode(event: Event) -> str:
    """The event as the text of one frame."""
    return _encoder.encode(event).decode()
