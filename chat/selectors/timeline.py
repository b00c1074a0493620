"""Pages of a room's messages."""

from dataclasses import dataclass

from chat.models import Message, Room
from chat.selectors.message_wires import JOINED, wires_of
from chat.wire import MessageWire

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Messages, oldest first, and whether there are more on either side."""

    messages: list[MessageWire]
    older: bool
    newer: bool


def message_page(
    *,
    room: Room,
    after_seq: int | None = None,
    before_seq: int | None = None,
    limit: int = PAGE,
) -> Page:
    """The newest messages, or those after / before a number. Removed messages are left out.

    The caller has made sure that the reader may see the room.
    """
    rows = Message.objects.filter(room=room, removed_at=None).select_related(*JOINED)
    if before_seq is not None:
        rows = rows.filter(seq__lt=before_seq)
    if after_seq is not None:
        found = list(rows.filter(seq__gt=after_seq).order_by("seq")[: limit + 1])
        return Page(wires_of(room, found[:limit]), older=after_seq > 0, newer=len(found) > limit)
    found = list(rows.order_by("-seq")[: limit + 1])
    page = list(reversed(found[:limit]))
    return Page(
        wires_of(room, page), older=len(found) > limit, newer=before_seq is not None and bool(page)
    )
