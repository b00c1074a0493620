"""The room's state in the browser: events applied by the contract, offsets in code points."""

from typing import Any

import pytest

from tests.browser.visitor import Visitor

RUN = """async ([seq, events]) => {
  const { RoomStore } = await import("/static/js/chat/store/room_store.js");
  const store = new RoomStore({ seq });
  store.apply({ type: "reply.queued", reply: "r", message: 1, assistant: "sage", place: 1 });
  const applied = events.map((event) => store.apply(event));
  const { state, text } = store.replies.get("r");
  return { applied, state, text: text.text, length: text.length, seq: store.seq,
           messages: [...store.messages.values()].map((message) => message.text) };
}"""


def applied(visitor: Visitor, events: list[dict[str, Any]]) -> dict[str, Any]:
    """What a fresh store is like after these events."""
    result: dict[str, Any] = visitor.page.evaluate(RUN, [5, events])
    return result


def delta(offset: int, text: str, attempt: int = 1) -> dict[str, Any]:
    """A piece of the reply."""
    return {
        "type": "reply.delta", "reply": "r", "attempt": attempt, "offset": offset, "text": text,
    }  # fmt: skip


def created(seq: int, text: str) -> dict[str, Any]:
    """A message as an event brings it."""
    author = {"username": "owner", "kind": "person"}
    message = {"id": seq, "seq": seq, "text": text, "author": author, "reply": None}
    return {"type": "message.created", "seq": seq, "message": message}


@pytest.fixture
def page(owner: Visitor) -> Visitor:
    """Any page of the site, to import the module on."""
    owner.visit("/people/")
    return owner


def test_offsets_count_code_points_and_not_units(page: Visitor) -> None:
    after = applied(page, [delta(0, "火🔥"), delta(2, "👩‍👧"), delta(5, "!")])
    assert (after["text"], after["length"]) == ("火🔥👩‍👧!", 6)


def test_a_piece_that_overlaps_adds_only_what_is_new(page: Visitor) -> None:
    after = applied(page, [delta(0, "abc"), delta(1, "bcd"), delta(0, "ab")])
    assert after["text"] == "abcd"


def test_a_missing_piece_is_noticed(page: Visitor) -> None:
    after = applied(page, [delta(0, "ab"), delta(3, "d")])
    assert after["applied"] == [True, False]
    assert after["text"] == "ab"


def test_a_new_attempt_never_mixes_with_the_old(page: Visitor) -> None:
    events = [delta(0, "old"), delta(0, "new", 2), delta(3, "er", 1)]
    assert applied(page, events)["text"] == "new"


def test_a_snapshot_replaces_what_is_here(page: Visitor) -> None:
    snapshot = {"type": "reply.snapshot", "reply": "r", "attempt": 1, "offset": 0, "text": "whole"}
    assert applied(page, [delta(0, "who"), snapshot, delta(5, "!")])["text"] == "whole!"


def test_events_are_applied_once_and_in_order(page: Visitor) -> None:
    after = applied(page, [created(6, "a"), created(6, "a"), created(8, "c"), created(7, "b")])
    assert after["applied"] == [True, True, False, True]
    assert after["messages"] == ["a", "b"]
    assert after["seq"] == 7
