"""The shapes of the outside contract: bodies, commands' acknowledgements, and events.

A field the page does not name may come along; a named field that is missing or of another type
is a `ShapeError`.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Json = dict[str, Any]
Uuid = Annotated[str, Meta(pattern="^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")]
Count = Annotated[int, Meta(ge=0)]
Seq = Annotated[int, Meta(ge=1)]
UrlPath = Annotated[str, Meta(pattern="^/[^/]")]
Aware = Annotated[datetime, Meta(tz=True)]


class ShapeError(AssertionError):
    """The site said something the contract does not allow."""


class Author(Struct):
    id: int
    username: str
    name: str
    kind: Literal["person", "assistant"]
    avatar: UrlPath


class Addressee(Struct):
    kind: Literal["everyone", "member", "assistant"]
    username: str | None = None


class Citation(Struct):
    n: Annotated[int, Meta(ge=1)]
    corpus: str
    document: int
    external_id: str
    title: str
    chunk: int
    text: str
    start: Count
    end: Count
    score: float


class Reply(Struct):
    id: Uuid
    state: Literal["queued", "writing", "done", "stopped", "failed"]
    attempt: Count
    assistant: str
    citations: list[Citation]
    passport: Json | None


class Message(Struct):
    id: int
    seq: Seq
    room: str
    author: Author
    text: str
    html: str
    to: Addressee
    reply_to: int | None
    created_at: Aware
    edited_at: Aware | None
    reply: Reply | None


class Member(Struct):
    username: str
    name: str
    kind: Literal["person", "assistant"]
    avatar: UrlPath
    role: Literal["owner", "moderator", "member", "reader"]
    online: bool


class Room(Struct):
    slug: str
    name: str
    topic: str
    kind: Literal["public", "private", "direct"]
    style: Literal["minimalist", "comic", "pixel", "realistic"]
    seq: Count
    unread: Count
    role: Literal["owner", "moderator", "member", "reader"] | None
    members: list[Member]


class Page(Struct):
    results: list[Json]
    next: str | None
    previous: str | None


class ErrorBody(Struct):
    code: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$")]
    message: Annotated[str, Meta(min_length=1)]
    data: Json


class Tokens(Struct):
    access: str
    refresh: str
    expires_in: Annotated[int, Meta(gt=0)]


class Ack(Struct):
    id: str


class RoomAck(Ack, kw_only=True):
    room: str
    seq: Count
    epoch: str | int
    reload: bool = False


class SeqAck(Ack, kw_only=True):
    seq: Seq


class MessageAck(SeqAck, kw_only=True):
    message: Message


ACKS: dict[str, type[Struct]] = {
    "room.open": RoomAck,
    "room.resume": RoomAck,
    "message.send": MessageAck,
    "message.edit": SeqAck,
    "message.delete": SeqAck,
    "reaction.toggle": SeqAck,
}


class MessageEvent(Struct):
    room: str
    seq: Seq
    message: Message


class ReplyQueued(Struct):
    room: str
    reply: Uuid
    message: int
    assistant: str
    place: Count


class ReplyEvent(Struct):
    room: str
    reply: Uuid
    attempt: Seq


class ReplyStatus(ReplyEvent, kw_only=True):
    stage: Literal["retrieving", "writing", "waiting"]
    citations: list[Citation] = []


class ReplyDelta(ReplyEvent, kw_only=True):
    offset: Count
    text: Annotated[str, Meta(min_length=1)]


class ReplySnapshot(ReplyEvent, kw_only=True):
    offset: Literal[0]
    text: str


class ReplyFinished(ReplyEvent, kw_only=True):
    seq: Seq
    attempt: Count
    state: Literal["done", "stopped"]
    message: Message


class ReplyFailed(ReplyEvent, kw_only=True):
    seq: Seq
    attempt: Count
    code: str
    message: Annotated[str, Meta(min_length=1)]


class RoomNews(Struct):
    room: str


class RoomChanged(RoomNews):
    name: Annotated[str, Meta(min_length=1)]


class CommandRejected(Struct):
    id: str | None
    code: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$")]
    message: Annotated[str, Meta(min_length=1)]


FRAMES: dict[str, type[Struct]] = {
    "ack": Ack,
    "command.rejected": CommandRejected,
    "message.created": MessageEvent,
    "message.edited": MessageEvent,
    "message.removed": MessageEvent,
    "reply.queued": ReplyQueued,
    "reply.started": ReplyEvent,
    "reply.status": ReplyStatus,
    "reply.delta": ReplyDelta,
    "reply.snapshot": ReplySnapshot,
    "reply.finished": ReplyFinished,
    "reply.failed": ReplyFailed,
    "room.changed": RoomChanged,
    "member.joined": RoomNews,
    "member.changed": RoomNews,
    "member.left": RoomNews,
    "presence.changed": RoomNews,
    "typing.changed": RoomNews,
    "unread.changed": RoomNews,
}


def checked(value: Any, shape: type[Struct]) -> Any:
    """`value` unchanged. Raises ShapeError where it does not have the shape."""
    try:
        msgspec.convert(value, shape, strict=False, str_keys=True)
    except msgspec.ValidationError as error:
        raise ShapeError(f"{error}: {value!r}") from error
    return value


def checked_frame(text: str | bytes) -> Json:
    """The frame as an object. Raises ShapeError for a type or field the page does not know."""
    if isinstance(text, bytes):
        raise ShapeError("a binary frame")
    frame: Json = msgspec.json.decode(text)
    shape = FRAMES.get(frame.get("type", ""))
    if shape is None:
        raise ShapeError(f"an unknown event: {frame!r}")
    checked(frame, shape)
    return frame
