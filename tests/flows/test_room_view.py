"""The client's own judgement: each thing the contract forbids is noticed."""

from typing import Any

import pytest

from tests.flows.client import RoomView
from tests.flows.client.shapes import Json, ShapeError, checked_frame

REPLY = "00000000-0000-4000-8000-000000000001"


def message(number: int, text: str = "hello") -> Json:
    return {"id": number, "seq": number, "text": text, "reply": None}


def created(seq: int) -> Json:
    return {"type": "message.created", "seq": seq, "message": message(seq)}


def piece(offset: int, text: str, attempt: int = 1) -> Json:
    return {
        "type": "reply.delta",
        "reply": REPLY,
        "attempt": attempt,
        "offset": offset,
        "text": text,
    }


def finished(seq: int, text: str, attempt: int = 1) -> Json:
    event = {"type": "reply.finished", "reply": REPLY, "attempt": attempt, "state": "done"}
    return {**event, "seq": seq, "message": message(seq, text)}


@pytest.fixture
def view() -> RoomView:
    """A view that has just been opened on an empty room."""
    opened = RoomView("tea")
    opened.begin({"seq": 0, "epoch": "a"})
    return opened


def told(view: RoomView, *frames: Json) -> RoomView:
    for frame in frames:
        view.apply(frame)
    return view


def test_events_in_turn_are_taken(view: RoomView) -> None:
    told(view, created(1), created(2)).assert_sound()
    assert [m["id"] for m in view.in_order()] == [1, 2]


def test_a_skipped_number_is_a_gap_until_it_is_filled(view: RoomView) -> None:
    told(view, created(1), created(3))
    assert (view.gap, view.seq) == (True, 1)
    with pytest.raises(AssertionError):
        view.assert_sound()
    view.begin({"seq": 3, "epoch": "a"})
    told(view, created(2), created(3)).assert_sound()


def test_a_repeated_event_is_counted_and_changes_nothing(view: RoomView) -> None:
    told(view, created(1), created(1))
    assert (view.repeated, view.seq) == (1, 1)


def test_a_reply_is_put_together_by_code_points(view: RoomView) -> None:
    told(view, piece(0, "👋🏽 你"), piece(4, "好"), finished(1, "👋🏽 你好")).assert_sound()


@pytest.mark.parametrize(
    "frames",
    [
        [piece(0, "abc"), piece(2, "d")],
        [piece(0, "abc"), finished(1, "abX")],
        [piece(0, "abc"), finished(1, "abcd")],
    ],
)
def test_a_wrong_reply_is_a_fault(view: RoomView, frames: list[Json]) -> None:
    with pytest.raises(AssertionError):
        told(view, *frames).assert_sound()


def test_a_new_attempt_begins_anew_and_the_old_one_is_heard_no_more(view: RoomView) -> None:
    told(view, piece(0, "old"), piece(0, "new", attempt=2), piece(3, " text"))
    assert view.replies[REPLY].text == "new"
    told(view, finished(1, "new", attempt=2)).assert_sound()


def test_a_missing_piece_is_a_gap(view: RoomView) -> None:
    assert told(view, piece(0, "abc"), piece(5, "f")).gap


def test_a_view_that_differs_from_a_fresh_read_is_noticed(view: RoomView) -> None:
    told(view, created(1), created(2))
    view.assert_same_as([message(1), message(2)])
    for fresh in ([message(1)], [message(1), message(2, "other")], [message(2), message(1)]):
        with pytest.raises(AssertionError):
            view.assert_same_as(fresh)


@pytest.mark.parametrize(
    "frame",
    [
        b"{}",
        '{"type":"message.exploded","room":"tea"}',
        '{"type":"reply.delta","room":"tea","reply":"7","attempt":1,"offset":0,"text":"a"}',
        f'{{"type":"reply.delta","room":"tea","reply":"{REPLY}","attempt":1,"text":"a"}}',
        '{"type":"command.rejected","id":"1","code":"Bad Code","message":"no"}',
    ],
)
def test_a_frame_outside_the_contract_is_noticed(frame: Any) -> None:
    with pytest.raises(ShapeError):
        checked_frame(frame)
