"""The room page: what its template shows, and the data its script starts from."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.conf import settings
from django.templatetags.static import static

from accounts.api import User
from accounts.types import UserKind
from ai.api import usable_presets
from chat.models import Room
from chat.pages.assistants import partner_card
from chat.pages.reading import Reading
from chat.pages.sidebar import partner_in, sections_for
from chat.pages.strings import failure_sentences, strings
from chat.selectors.access import access_to
from chat.selectors.fork_origins import origins_of
from chat.selectors.painter import painter_in
from chat.selectors.room_list import room_wire, rooms_beside
from chat.selectors.timeline import Page, message_page
from chat.types import MAX_TEXT
from chat.wire import MemberWire, RoomWire
from imaging.api import accents, avatar_of

EMOJIS = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "🔥"]
SHOWN_FACES = 4
LATE_ASSETS = {  # what the script loads where a message needs it
    "markdown": "vendor/markdown.js",
    "highlight": "vendor/highlight.js",
    "katex": "vendor/katex/katex.js",
    "katex_css": "vendor/katex/katex.css",
}


def room_context(user: User, slug: str) -> dict[str, Any]:
    """Everything `chat/room.html` shows. Raises RoomNotFoundError."""
    access = access_to(user=user, slug=slug)
    room, rooms = room_wire(user, slug), rooms_beside(user)
    page = message_page(room=access.room)
    partner = partner_in(user.username, room)
    me = _names(user, room.style)
    painter = _painter(access.room)
    reading = Reading(user.username, access.last_read_seq if access.role else room.seq)
    return {
        "room": room,
        "sections": sections_for(user.username, rooms, open_room=room),
        "partner": partner,
        "assistant": partner_card(user, partner, access.room.language),
        "accent": accents().get(room.style, ""),
        "faces": _faces(room.members),
        "members": room.members,
        "language": access.room.language,
        "origin": origins_of(user, [access.room]).get(access.room.pk),
        "presets": usable_presets(user.pk),
        "messages": page.messages,
        "has_older": page.older,
        "reading": reading,
        "me": me,
        "page_data": _script_data(room, page, me, painter, reading)
        | {"language": access.room.language},
    }


def _painter(room: Room) -> dict[str, str] | None:
    """Who draws here; it need not be a member, so the script cannot know it from elsewhere."""
    user = painter_in(room)
    return _names(user, room.style) if user else None


def _names(user: User, style: str) -> dict[str, str]:
    return {
        "username": user.username,
        "name": user.shown_name,
        "avatar": avatar_of(user, style),
    }


def _faces(members: Sequence[MemberWire]) -> dict[str, list[MemberWire]]:
    people = [member for member in members if member.kind == UserKind.PERSON]
    people.sort(key=lambda member: not member.online)
    assistants = [member for member in members if member.kind == UserKind.ASSISTANT]
    return {"people": people[:SHOWN_FACES], "assistants": assistants[:SHOWN_FACES]}


def _script_data(
    room: RoomWire,
    page: Page,
    me: dict[str, str],
    painter: dict[str, str] | None,
    reading: Reading,
) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(
        {
            "room": {"slug": room.slug, "kind": room.kind, "role": room.role, "seq": room.seq},
            "members": room.members,
            "messages": page.messages,
        }
    )
    return data | {
        "me": me,
        "painter": painter,
        "has_older": page.older,
        "last_read_seq": reading.last_read_seq,
        "timezone": settings.TIME_ZONE,
        "max_text": MAX_TEXT,
        "emojis": EMOJIS,
        "strings": strings(),
        "failures": failure_sentences(page.messages),
        "assets": {name: static(path) for name, path in LATE_ASSETS.items()},
    }
