"""Chat's objects as the outside contract shows them: the one shape for REST, sockets and pages."""

from datetime import datetime
from typing import Any

from msgspec import Struct, field


class Wire(Struct, frozen=True, kw_only=True):
    """A value that leaves the process."""


class AuthorWire(Wire, frozen=True, kw_only=True):
    """Who wrote a message."""

    id: int
    username: str
    name: str
    kind: str
    avatar: str


class MemberWire(Wire, frozen=True, kw_only=True):
    """Somebody in a room, with the role there and whether a tab of theirs is open."""

    username: str
    name: str
    kind: str
    avatar: str
    role: str
    online: bool


class RoomWire(Wire, frozen=True, kw_only=True):
    """A room as one caller sees it: `role` is null when the caller is no member."""

    slug: str
    name: str
    topic: str
    kind: str
    style: str
    seq: int
    unread: int
    role: str | None
    members: list[MemberWire]


class AddresseeWire(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Whom a message is for; `username` is absent for everyone."""

    kind: str
    username: str | None = None


class ToolUseWire(Wire, frozen=True, kw_only=True):
    """What an assistant did with a tool. While it runs `ms` is null; `error` is a code."""

    name: str
    arguments: dict[str, Any]
    result: str
    count: int | None
    ms: int | None
    error: str


class CitationWire(Wire, frozen=True, kw_only=True):
    """A passage that an answer cites as `[n]`. `start` and `end` count code points of its document.

    `corpus` is a slug, `document` and `chunk` are ids.
    """

    n: int
    corpus: str
    document: int
    external_id: str
    title: str
    chunk: int
    text: str
    start: int
    end: int
    score: float


class ReplyWire(Wire, frozen=True, kw_only=True):
    """An assistant's reply, shown on its question and on its answer.

    Answers of one assistant to one question are versions of each other: `version` is this one's place
    among the `versions` that there are, from 1. A question shows the newest of its replies.
    """

    id: str
    state: str
    attempt: int
    assistant: str
    citations: list[CitationWire] = field(default_factory=list)
    passport: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    version: int = 1
    versions: int = 1


class ReactionWire(Wire, frozen=True, kw_only=True):
    """One emoji on a message and who put it there."""

    emoji: str
    count: int
    usernames: list[str]


class PictureWire(Wire, frozen=True, kw_only=True):
    """A picture in a message. `url`, `thumbnail` (half the size) and `download` (PNG) are URL paths.

    `alt` says in the room's language what there is to see. The same `seed` of the same `kind` draws the
    same picture again; it is null for a picture that was not drawn here.
    """

    id: str
    url: str
    thumbnail: str
    download: str
    width: int
    height: int
    kind: str
    seed: int | None
    ms: int
    alt: str


class QuoteWire(Wire, frozen=True, kw_only=True):
    """The message that another one answers, in short."""

    id: int
    name: str
    text: str


class MessageWire(Wire, frozen=True, kw_only=True):
    """A message. `seq` is the number of the event that created it.

    `pictures` are those that were drawn for it. A message that is nothing but a picture has the
    picture's `alt` as its text.
    """

    id: int
    seq: int
    room: str
    author: AuthorWire
    text: str
    html: str
    to: AddresseeWire
    reply_to: int | None
    created_at: datetime
    edited_at: datetime | None
    reply: ReplyWire | None = None
    reactions: list[ReactionWire] = field(default_factory=list)
    quote: QuoteWire | None = None
    client_id: str = ""
    pictures: list[PictureWire] = field(default_factory=list)


class FoundWire(Wire, frozen=True, kw_only=True):
    """The newest message of a conversation that holds what was looked for, and the words around it."""

    id: int
    seq: int
    text: str


class OriginWire(Wire, frozen=True, kw_only=True):
    """What a fork goes on from. `room` is a slug; all is null that the caller may not see by now."""

    room: str | None
    name: str | None
    message: int | None


class ConversationWire(Wire, frozen=True, kw_only=True):
    """A chat of the caller with an assistant. `slug` is also that of its room."""

    slug: str
    title: str
    assistant: AuthorWire
    archived: bool
    created_at: datetime
    spoken_at: datetime | None  # when the newest message came
    found: FoundWire | None = None
    forked_from: OriginWire | None = None
