"""One room's feed in a web process: order, and the end of a reply that overtakes its last words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chat.realtime.events import (
    MessageCreated,
    ReplyDelta,
    ReplyFinished,
    ReplySnapshot,
    encode,
)
from chat.realtime.feed import Feed, frames_of, whole_frame
from chat.realtime.socket import Credential, Frame, Socket, View
from chat.wire import AddresseeWire, AuthorWire, MessageWire

REPLY = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def told() -> list[dict[str, Any]]:
    """What the tab has been told, in order."""
    return []


@pytest.fixture
def feed(told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Feed:
    """A room at event 0 with one tab."""

    async def send(event: dict[str, Any]) -> None:
        """Not reached: the tab's queue is read instead."""

    monkeypatch.setattr(Socket, "offer", lambda self, text: told.append(json.loads(text)))
    tab = Socket(send, user_id=1, username="ming", language="en", credential=Credential())
    room = Feed(1, "tea")
    room.begin(0)
    room.tabs[tab] = View()
    return room


def message(seq: int, text: str) -> MessageWire:
    return MessageWire(
        id=seq,
        seq=seq,
        room="tea",
        author=AuthorWire(id=1, username="sage", name="Sage", kind="assistant", avatar="/a.svg"),
        text=text,
        html=text,
        to=AddresseeWire(kind="everyone"),
        reply_to=None,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        edited_at=None,
    )


def created(seq: int) -> Frame:
    return Frame(encode(MessageCreated(room="tea", seq=seq, message=message(seq, "hi"))), seq)


def piece(offset: int, text: str, attempt: int = 1) -> Frame:
    event = ReplyDelta(room="tea", reply=REPLY, attempt=attempt, offset=offset, text=text)
    return Frame(encode(event), 0, REPLY, attempt, offset + len(text))


def finished(seq: int, text: str) -> ReplyFinished:
    return ReplyFinished(
        room="tea", seq=seq, reply=REPLY, attempt=1, state="done", message=message(seq, text)
    )


def test_durable_events_are_passed_in_turn_and_once(feed: Feed, told: list[dict[str, Any]]) -> None:
    for seq in (2, 1, 1, 3, 2):
        feed.take(created(seq))
    assert [frame["seq"] for frame in told] == [1, 2, 3]
    assert not feed.has_gap


def test_a_missing_event_holds_back_those_after_it(feed: Feed, told: list[dict[str, Any]]) -> None:
    feed.take(created(2))
    assert (told, feed.has_gap) == ([], True)


def test_an_end_read_from_postgres_brings_the_text_that_was_not_told(
    feed: Feed, told: list[dict[str, Any]]
) -> None:
    feed.take(piece(0, "你好"))
    for frame in frames_of(finished(1, "你好,世界")):
        feed.take(frame)
    assert [frame["type"] for frame in told] == ["reply.delta", "reply.snapshot", "reply.finished"]
    assert told[1]["text"] == told[2]["message"]["text"]


def test_words_that_come_after_the_end_are_not_passed_on(
    feed: Feed, told: list[dict[str, Any]]
) -> None:
    for frame in [*frames_of(finished(1, "all of it")), piece(4, "of it")]:
        feed.take(frame)
    assert told[-1]["type"] == "reply.finished"
    feed.take(piece(0, "another attempt", attempt=2))
    assert told[-1]["text"] == "another attempt"


def test_a_text_sent_again_is_not_followed_by_pieces_of_it_that_were_on_their_way(
    feed: Feed, told: list[dict[str, Any]]
) -> None:
    feed.take(whole_frame(ReplySnapshot(room="tea", reply=REPLY, attempt=1, text="one two")))
    for late in (piece(4, "two"), piece(7, " three")):
        feed.take(late)
    assert [frame["text"] for frame in told] == ["one two", " three"]
