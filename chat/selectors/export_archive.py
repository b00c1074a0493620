"""All of a person's conversations in one zip file, written while it is read."""

from collections.abc import Iterator
from io import RawIOBase
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from accounts.api import User
from chat.models import Room
from chat.selectors.conversations import Conversation, own_conversations, with_assistants
from chat.selectors.export import jsonl, log_name, markdown

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FORMATS = ("markdown", "jsonl")


def archive(user: User, formats: tuple[str, ...] = FORMATS) -> Iterator[bytes]:
    """The zip in pieces: `chat_logs_<language>.jsonl` and, for each conversation, `markdown/….md`."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as zipped:
        for name, pieces in _files(user, formats):
            with zipped.open(name, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()


def by_language(rooms: list[Room]) -> dict[str, list[Room]]:
    """Rooms by the name of the log they belong into, the oldest conversation first."""
    logs: dict[str, list[Room]] = {}
    for room in sorted(rooms, key=lambda room: room.pk):
        logs.setdefault(log_name(room.language), []).append(room)
    return logs


def _files(user: User, formats: tuple[str, ...]) -> Iterator[tuple[str, Iterator[bytes]]]:
    conversations = with_assistants(own_conversations(user))
    if "jsonl" in formats:
        for name, rooms in by_language([one.room for one in conversations]).items():
            yield name, jsonl(rooms)
    if "markdown" in formats:
        for one in conversations:
            yield f"markdown/{_dated(one)}.md", markdown(one.room, one.title)


def _dated(conversation: Conversation) -> str:
    return f"{conversation.room.created_at:%Y-%m-%d}-{conversation.room.slug}"


class _Outlet(RawIOBase):
    """What a zip is written to; `take` empties it. It cannot seek, so the zip asks for no way back."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Nothing else can be done with it."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Keep the data until it is taken."""
        self._waiting += data
        return memoryview(data).nbytes

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self._waiting = bytes(self._waiting), bytearray()
        return taken
