"""What one reader sees of one room: messages and growing replies, built from frames alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.flows.client.shapes import Json

UNKNOWN = -1


@dataclass
class GrowingReply:
    """A reply as far as it has been seen; `text` is assembled by code-point offsets."""

    attempt: int = 0
    text: str = ""
    state: str = "queued"
    stages: list[str] = field(default_factory=list)


class RoomView:
    """Applies a room's frames in the order of their arrival.

    A durable event out of turn is a gap (`gaps` counts them; the reader must resume) or a
    repetition (`repeated`). `faults` lists everything the contract forbids.
    """

    def __init__(self, room: str) -> None:
        self.room = room
        self.seq = UNKNOWN
        self.epoch: str | int | None = None
        self.messages: dict[int, Json] = {}
        self.removed: set[int] = set()
        self.replies: dict[str, GrowingReply] = {}
        self.gap = False
        self.reload = False
        self.gaps = 0
        self.repeated = 0
        self.asking = False
        self.under_way: set[int] = set()  # came after we asked for it, and may be told in answer
        self.faults: list[str] = []
        self._known_at_ack = 0

    def begin(self, ack: Json) -> None:
        """Take the acknowledgement of `room.open` or `room.resume`."""
        if self.epoch not in (None, ack["epoch"]):
            for reply in self.replies.values():
                reply.text = "" if reply.state in ("queued", "writing") else reply.text
        self.epoch = ack["epoch"]
        self._known_at_ack = ack["seq"]
        self.reload = bool(ack.get("reload"))
        if self.reload:
            self.messages.clear()
        if self.seq == UNKNOWN or self.reload:
            self.seq = ack["seq"]
        self.gap = False
        self.asking = False

    def ask(self) -> None:
        """Say that `room.open` or `room.resume` is about to be sent on a socket."""
        self.asking = True
        self.under_way.clear()

    def open_after(self, seq: int) -> None:
        """Say which event was the last one known, before asking for those after it."""
        self.seq = seq

    def load(self, messages: Iterable[Json]) -> None:
        """Take a fresh read after a reload; what events have told since then is newer."""
        for message in messages:
            self.messages.setdefault(message["id"], message)

    def apply(self, frame: Json) -> None:
        """Take one event of this room."""
        if "seq" in frame and not self._in_turn(frame):
            return
        kind = frame["type"].replace(".", "_")
        handler = getattr(self, f"_on_{kind}", None)
        if handler:
            handler(frame)

    def texts(self) -> list[str]:
        """The texts of the messages, in the room's order."""
        return [message["text"] for message in self.in_order()]

    def text_of(self, reply: str) -> str:
        """What has been seen of a reply's text; empty when nothing has."""
        return self.replies[reply].text if reply in self.replies else ""

    def state_of(self, reply: str) -> str:
        """The reply's state as far as it has been told; empty when nothing has."""
        return self.replies[reply].state if reply in self.replies else ""

    def in_order(self) -> list[Json]:
        """The messages that are there, in the room's order."""
        present = (m for m in self.messages.values() if m["id"] not in self.removed)
        return sorted(present, key=lambda message: message["seq"])

    def offsets(self) -> dict[str, int]:
        """How far each unfinished reply has been read: what `room.resume` asks for."""
        unfinished = ("queued", "writing")
        return {i: len(r.text) for i, r in self.replies.items() if r.state in unfinished}

    def assert_sound(self) -> None:
        """Nothing the contract forbids has been seen, and nothing is missing."""
        assert not self.faults, self.faults
        assert not self.gap, f"{self.room}: a gap after {self.seq} was never filled"

    def assert_same_as(self, fresh: Iterable[Json]) -> None:
        """This view equals a fresh read of the room's messages."""
        read = [message for message in fresh if message["id"] not in self.removed]
        seen = self.in_order()
        assert [m["id"] for m in seen] == [m["id"] for m in read]
        for ours, theirs in zip(seen, read, strict=True):
            assert _told(ours) == _told(theirs)

    def _in_turn(self, frame: Json) -> bool:
        if frame["seq"] <= self.seq:
            self.repeated += frame["seq"] not in self.under_way
            self.under_way.discard(frame["seq"])
            return False
        if frame["seq"] > self.seq + 1:
            self.gaps += not self.gap
            self.gap = True
            return False
        self.seq = frame["seq"]
        if self.asking:
            self.under_way.add(self.seq)
        return True

    def _on_message_created(self, frame: Json) -> None:
        message = frame["message"]
        if message["seq"] != frame["seq"]:
            self.faults.append(f"message {message['id']} has another seq than its event")
        self.messages[message["id"]] = message

    def _on_message_edited(self, frame: Json) -> None:
        self.messages[frame["message"]["id"]] = frame["message"]

    def _on_message_removed(self, frame: Json) -> None:
        self.messages[frame["message"]["id"]] = frame["message"]
        self.removed.add(frame["message"]["id"])

    def _on_member_changed(self, frame: Json) -> None:
        member = frame["member"]
        for message in self.messages.values():
            if message["author"]["username"] == member["username"]:
                message["author"] = message["author"] | {"avatar": member["avatar"]}

    def _on_reply_queued(self, frame: Json) -> None:
        self.replies.setdefault(frame["reply"], GrowingReply()).state = "queued"

    def _on_reply_started(self, frame: Json) -> None:
        self._newest(frame)

    def _on_reply_status(self, frame: Json) -> None:
        if reply := self._newest(frame):
            reply.stages.append(frame["stage"])

    def _on_reply_delta(self, frame: Json) -> None:
        reply = self._newest(frame)
        if reply is None:
            return
        if frame["offset"] > len(reply.text):
            self.gaps += not self.gap
            self.gap = True
        elif frame["offset"] < len(reply.text):
            self.faults.append(f"a delta at {frame['offset']} after {len(reply.text)} characters")
        else:
            reply.text += frame["text"]

    def _on_reply_snapshot(self, frame: Json) -> None:
        if reply := self._newest(frame):
            reply.text = frame["text"]

    def _on_reply_finished(self, frame: Json) -> None:
        reply = self.replies.setdefault(frame["reply"], GrowingReply())
        reply.state = frame["state"]
        message = frame["message"]
        self._on_message_created(frame)
        live = frame["seq"] > self._known_at_ack
        if live and frame["attempt"] == reply.attempt and reply.text != message["text"]:
            self.faults.append(f"assembled {reply.text!r}, stored {message['text']!r}")
        reply.text = message["text"]

    def _on_reply_failed(self, frame: Json) -> None:
        self.replies.setdefault(frame["reply"], GrowingReply()).state = "failed"

    def _newest(self, frame: Json) -> GrowingReply | None:
        """The reply this frame may change: a newer attempt begins anew, an older one is dropped."""
        reply = self.replies.setdefault(frame["reply"], GrowingReply())
        if frame["attempt"] < reply.attempt:
            return None
        if frame["attempt"] > reply.attempt:
            reply.attempt, reply.text = frame["attempt"], ""
        reply.state = "writing"
        return reply


def _told(message: Json) -> Json:
    """What the events of a message tell: a reply and a quoted message have events of their own."""
    return {key: value for key, value in message.items() if key not in ("reply", "quote")}
