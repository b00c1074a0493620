"""The sidebar: rooms, conversations with people, conversations with assistants."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.types import UserKind
from chat.types import RoomKind
from chat.wire import MemberWire, RoomWire


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar. `partner` is the other one of a direct room."""

    slug: str
    name: str
    kind: str
    style: str
    unread: int
    partner: MemberWire | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its rooms, the page that adds one, and where there is more than fits here."""

    key: str
    title: str
    add_url: str
    add_label: str
    rooms: Sequence[Entry]
    all_url: str = ""
    all_label: str = ""


def sections_for(
    username: str, rooms: Sequence[RoomWire], open_room: RoomWire | None = None
) -> list[Section]:
    """The reader's rooms under the headings they belong to; the open one also where it is not theirs."""
    entries = [_entry(username, room) for room in _with(rooms, open_room)]
    return [
        Section(
            "rooms",
            _("Rooms"),
            reverse("chat:new_room"),
            _("New room"),
            [entry for entry in entries if entry.kind != RoomKind.DIRECT],
        ),
        Section(
            "direct",
            _("Direct messages"),
            reverse("chat:people"),
            _("New direct message"),
            [entry for entry in entries if _talks_to(entry, UserKind.PERSON)],
        ),
        Section(
            "assistants",
            _("AI chats"),
            reverse("chat:new_conversation"),
            _("New AI chat"),
            [entry for entry in reversed(entries) if _talks_to(entry, UserKind.ASSISTANT)],
            reverse("chat:conversations"),
            _("All AI chats"),
        ),
    ]


def partner_in(username: str, room: RoomWire) -> MemberWire | None:
    """The other one of a direct room; None elsewhere."""
    if room.kind != RoomKind.DIRECT:
        return None
    return next((member for member in room.members if member.username != username), None)


def _with(rooms: Sequence[RoomWire], room: RoomWire | None) -> Sequence[RoomWire]:
    if room is None or room.slug in {listed.slug for listed in rooms}:
        return rooms
    return [*rooms, room]


def _entry(username: str, room: RoomWire) -> Entry:
    partner = partner_in(username, room)
    return Entry(room.slug, room.name, room.kind, room.style, room.unread, partner)


def _talks_to(entry: Entry, kind: str) -> bool:
    return entry.partner is not None and entry.partner.kind == kind
