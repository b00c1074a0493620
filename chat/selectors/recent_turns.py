"""The recent turns of a room as one assistant sees them: from the copy in Redis, brought up to date
by the room's events, or from the rows.
"""

from dataclasses import dataclass

from ai.api import keep_turns, kept_turns
from ai.types import Turn
from chat.models import Message, RoomEvent
from chat.selectors.versions import newest_versions
from chat.types import EventType

BLOCK = 100  # events; where nothing is summarised, the beginning moves in such steps
MOST_NEWS = 2 * BLOCK  # events; a copy that is further behind is made anew
_ADDING = {EventType.MESSAGE_CREATED, EventType.REPLY_FINISHED}


@dataclass(frozen=True, slots=True)
class Listener:
    """An assistant in a room; what it said itself has another role."""

    room: int
    assistant: int

    @property
    def conversation(self) -> str:
        """The key under which ai remembers this room for this assistant."""
        return f"{self.room}:{self.assistant}"

    def hears(self, message: Message) -> Turn:
        """The message as a turn."""
        own = message.author_id == self.assistant
        return Turn(
            role="assistant" if own else "user",
            sender=message.author.shown_name,
            text=message.text,
            message=message.seq,
        )


def turns_before(listener: Listener, *, before: int, after: int) -> tuple[Turn, ...]:
    """The turns between two numbers of the room, at most the last 100 to 200 events."""
    after = max(after, (before // BLOCK - 1) * BLOCK, 0)
    kept = kept_turns(listener.conversation)
    is_ahead = kept is not None and kept.seq >= before
    turns = None
    if kept is not None and kept.after == after and not is_ahead:
        news = _news(listener, since=kept.seq, before=before)
        turns = None if news is None else (*kept.turns, *news)
    if turns is None:
        turns = _from_rows(listener, before=before, after=after)
    if not is_ahead:
        keep_turns(listener.conversation, seq=before - 1, after=after, turns=turns)
    return turns


def _news(listener: Listener, *, since: int, before: int) -> list[Turn] | None:
    """What was said since then; None where something older changed too."""
    events = RoomEvent.objects.filter(room=listener.room, seq__gt=since)
    heavy = ("reply__prompt", "reply__passport", "reply__passages")
    rows = list(
        events.select_related("message__author", "reply").defer(*heavy).order_by("seq")[:MOST_NEWS]
    )
    if len(rows) == MOST_NEWS or any(map(_changes_what_was, rows)):
        return None
    said = (row.message for row in rows if row.type in _ADDING and row.seq < before)
    return [listener.hears(message) for message in said if message and message.text]


def _changes_what_was(event: RoomEvent) -> bool:
    """An edited or removed message, or another version of an answer."""
    if event.type in (EventType.MESSAGE_EDITED, EventType.MESSAGE_REMOVED):
        return True
    return event.reply is not None and event.reply.version > 1


def _from_rows(listener: Listener, *, before: int, after: int) -> tuple[Turn, ...]:
    here = Message.objects.filter(room=listener.room, seq__gt=after, seq__lt=before)
    said = here.filter(removed_at=None).exclude(text="").select_related("author").order_by("seq")
    return tuple(map(listener.hears, newest_versions(said)))
