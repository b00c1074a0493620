"""A short conversation as it goes over the socket, encoded by the classes that encode the real one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from chat.realtime import commands, events
from chat.types import AddresseeKind, ReplyState, Style
from chat.wire import AddresseeWire, AuthorWire, MessageWire, ReplyWire
from imaging.api import placeholder_path

ROOM = "minimalist"
QUESTION, ANSWER = "Why is the sky blue?", "Air scatters short waves most."
REPLY = "5f0c7f4e-8a39-4c0e-9d51-0b6a5c1f2e77"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: who sends it, and its text with line breaks."""

    to_server: bool
    text: str


def conversation() -> Iterator[Frame]:
    """Open a room, ask an assistant, see its answer grow, and come back after a gap."""
    yield _sent(commands.RoomOpen(id="1", room=ROOM, after_seq=40))
    yield _told(_ack("1", room=ROOM, seq=40, epoch="9c1f"))
    to = commands.Addressee("assistant", "sage")
    yield _sent(commands.MessageSend(id="2", room=ROOM, client_id="c-1", text=QUESTION, to=to))
    yield _told(_ack("2", message=msgspec.to_builtins(_question()), seq=41))
    yield from _answer_grows()
    yield _sent(commands.RoomResume(id="3", room=ROOM, after_seq=41, replies={REPLY: 21}))
    yield _told(_ack("3", room=ROOM, seq=42, epoch="9c1f"))
    yield _told(_finished())


def _answer_grows() -> Iterator[Frame]:
    yield _told(events.ReplyQueued(room=ROOM, reply=REPLY, message=7, assistant="sage", place=1))
    yield _told(events.ReplyStarted(room=ROOM, reply=REPLY, attempt=1))
    yield _told(events.ReplyStatus(room=ROOM, reply=REPLY, attempt=1, stage="retrieving"))
    for start, end in ((0, 12), (12, 21)):
        yield _told(
            events.ReplyDelta(
                room=ROOM, reply=REPLY, attempt=1, offset=start, text=ANSWER[start:end]
            )
        )


def _question() -> MessageWire:
    return _message(7, 41, "ming", "person", QUESTION, AddresseeKind.ASSISTANT, "sage")


def _finished() -> events.ReplyFinished:
    answer = _message(8, 42, "sage", "assistant", ANSWER, AddresseeKind.MEMBER, "ming")
    return events.ReplyFinished(
        room=ROOM, seq=42, reply=REPLY, attempt=1, state=ReplyState.DONE, message=answer
    )


def _message(
    number: int, seq: int, username: str, kind: str, text: str, to_kind: str, to_username: str
) -> MessageWire:
    reply = ReplyWire(
        id=REPLY,
        state=ReplyState.DONE if kind == "assistant" else ReplyState.QUEUED,
        attempt=1 if kind == "assistant" else 0,
        assistant="sage",
    )
    return MessageWire(
        id=number,
        seq=seq,
        room=ROOM,
        author=AuthorWire(
            id=3,
            username=username,
            name=username.title(),
            kind=kind,
            avatar=placeholder_path(username, Style.MINIMALIST, kind),
        ),
        text=text,
        html=f"<p>{text}</p>",
        to=AddresseeWire(kind=to_kind, username=to_username),
        reply_to=7 if kind == "assistant" else None,
        created_at=NOON,
        edited_at=None,
        reply=reply,
    )


def _ack(command: str, **fields: Any) -> dict[str, Any]:
    return {"id": command, "type": "ack", **fields}


def _sent(command: commands.Command) -> Frame:
    """A client leaves out what has its default."""
    fields = {
        name: value
        for name, value in msgspec.to_builtins(command).items()
        if value is not None and value != {}
    }
    return Frame(to_server=True, text=_pretty(fields))


def _told(frame: events.Event | dict[str, Any]) -> Frame:
    return Frame(to_server=False, text=_pretty(msgspec.to_builtins(frame)))


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
