"""Every command of the socket as a typed value. What does not parse never reaches a service."""

from typing import Annotated, Literal

import msgspec

from chat.errors import CommandInvalidError, CommandUnknownError, FrameInvalidError

Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]  # what a row or an event can have


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """An order of one tab; `id` is the tab's own and comes back with the answer."""

    id: str | int


class Addressee(msgspec.Struct, frozen=True):
    """Whom a message is for."""

    kind: Literal["everyone", "member", "assistant"]
    username: str | None = None


class RoomOpen(Command, frozen=True, kw_only=True, tag="room.open"):
    """Follow a room; with `after_seq`, first hear what came after it."""

    room: str
    after_seq: Number | None = None


class RoomClose(Command, frozen=True, kw_only=True, tag="room.close"):
    """Follow a room no more."""

    room: str


class RoomResume(Command, frozen=True, kw_only=True, tag="room.resume"):
    """Follow a room again after a gap. `replies` maps reply ids to the code points already here."""

    room: str
    after_seq: Number
    replies: dict[str, Number] = {}


class MessageSend(Command, frozen=True, kw_only=True, tag="message.send"):
    """Say something in a room."""

    room: str
    client_id: str
    text: str
    to: Addressee = Addressee("everyone")
    reply_to: Number | None = None
    preset: str | None = None


class MessageEdit(Command, frozen=True, kw_only=True, tag="message.edit"):
    """Change the text of one's own message."""

    message: Number
    text: str


class MessageDelete(Command, frozen=True, kw_only=True, tag="message.delete"):
    """Take a message back."""

    message: Number


class ReactionToggle(Command, frozen=True, kw_only=True, tag="reaction.toggle"):
    """Put an emoji on a message, or take it off."""

    message: Number
    emoji: str


class ReadMark(Command, frozen=True, kw_only=True, tag="read.mark"):
    """Everything up to `seq` has been seen."""

    room: str
    seq: Number


class TypingStart(Command, frozen=True, kw_only=True, tag="typing.start"):
    """The user is writing."""

    room: str


class ReplyCancel(Command, frozen=True, kw_only=True, tag="reply.cancel"):
    """Stop a reply."""

    reply: str


class ReplyRetry(Command, frozen=True, kw_only=True, tag="reply.retry"):
    """Try a failed reply again."""

    reply: str


AnyCommand = (
    RoomOpen
    | RoomClose
    | RoomResume
    | MessageSend
    | MessageEdit
    | MessageDelete
    | ReactionToggle
    | ReadMark
    | TypingStart
    | ReplyCancel
    | ReplyRetry
)
_decoder: "msgspec.json.Decoder[AnyCommand]" = msgspec.json.Decoder(AnyCommand)


class _Head(msgspec.Struct):
    id: str | int | None = None
    type: str | None = None


_KNOWN = {kind.__struct_config__.tag for kind in AnyCommand.__args__}


def parse(frame: str) -> AnyCommand:
    """The command in a text frame.

    Raises FrameInvalidError, CommandUnknownError or CommandInvalidError, whose `data["id"]` is the
    command's own id where it could be read.
    """
    try:
        return _decoder.decode(frame)
    except msgspec.ValidationError as error:
        raise _reason(frame, str(error)) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FrameInvalidError(id=None) from error


def _reason(frame: str, detail: str) -> CommandInvalidError | CommandUnknownError:
    try:
        head = msgspec.json.decode(frame, type=_Head)
    except (msgspec.DecodeError, RecursionError):  # the first look stopped before the broken part
        return CommandInvalidError(id=None, detail=detail)
    if head.type is not None and head.type not in _KNOWN:
        return CommandUnknownError(id=head.id, type=head.type)
    return CommandInvalidError(id=head.id, detail=detail)
