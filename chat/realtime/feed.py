"""One room in one process: puts durable events in order and passes frames to the tabs."""

from chat.realtime.events import (
    DurableEvent,
    ReplyFailed,
    ReplyFinished,
    ReplySnapshot,
    encode,
)
from chat.realtime.socket import ENDED, Frame, Socket, View


def frames_of(event: DurableEvent) -> list[Frame]:
    """The frames of an event read from Postgres.

    A reply's end that is read there may overtake its last words, or these were lost with Redis: the
    whole text goes before it, and words that come later are not passed on.
    """
    if not isinstance(event, ReplyFinished | ReplyFailed):
        return [Frame(encode(event), event.seq)]
    reply, attempt = event.reply, event.attempt
    end = Frame(encode(event), event.seq, reply, attempt, ENDED)
    if isinstance(event, ReplyFailed):
        return [end]
    text = event.message.text
    whole = ReplySnapshot(room=event.room, reply=reply, attempt=attempt, text=text)
    return [whole_frame(whole), end]


def whole_frame(snapshot: ReplySnapshot) -> Frame:
    """A text read from where it is kept: pieces of it that come later are not passed on."""
    end = len(snapshot.text)
    return Frame(encode(snapshot), 0, snapshot.reply, snapshot.attempt, end, whole=True)


class Feed:
    """A room's tabs here. `seq` is the newest durable event passed on; None until it is known."""

    __slots__ = ("_ahead", "room_id", "seq", "slug", "tabs")

    def __init__(self, room_id: int, slug: str) -> None:
        self.room_id, self.slug = room_id, slug
        self.seq: int | None = None
        self.tabs: dict[Socket, View] = {}
        self._ahead: dict[int, Frame] = {}

    @property
    def has_gap(self) -> bool:
        """Whether a later event is here and an earlier one is missing."""
        return bool(self._ahead)

    def begin(self, seq: int) -> None:
        """Count from this number on, as read from Postgres."""
        if self.seq is None:
            self.seq = seq
            self._pass_waiting()

    def take(self, frame: Frame) -> None:
        """Pass a frame on; a durable one only after all before it, and only once."""
        if not frame.seq:
            self._pass(frame)
        elif self.seq is None or frame.seq > self.seq:
            self._ahead[frame.seq] = frame
            self._pass_waiting()

    def _pass_waiting(self) -> None:
        while self.seq is not None and (frame := self._ahead.pop(self.seq + 1, None)):
            self.seq = frame.seq
            self._pass(frame)
        if self.seq is not None:
            for seq in [seq for seq in self._ahead if seq <= self.seq]:
                del self._ahead[seq]

    def _pass(self, frame: Frame) -> None:
        for socket, view in self.tabs.items():
            if view.held is not None:
                view.held.append(frame)
            elif view.is_new(frame):
                socket.offer(frame.text)

    def release(self, socket: Socket) -> None:
        """End a tab's hold: the frames that came meanwhile and are new to it follow its replay."""
        view = self.tabs.get(socket)
        if view is None or view.held is None:
            return
        held, view.held = view.held, None
        for frame in held:
            if view.is_new(frame):
                socket.offer(frame.text)
