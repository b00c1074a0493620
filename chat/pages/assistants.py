"""The pages of assistants: the cards of all whom a reader may use, and the form of one's own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from accounts.api import User, user_by_username
from accounts.types import UserKind
from ai.api import assistant_card, usable_assistants
from ai.types import AssistantCard
from chat.models import Membership
from chat.types import Role, RoomKind, Style
from chat.wire import MemberWire
from echomind.common.text import is_storable
from imaging.api import avatar_of

MOST_ROOMS = 100  # offered for bringing an assistant into one


@dataclass(frozen=True, slots=True)
class ShownCard:
    """An assistant's card with its picture."""

    card: AssistantCard
    avatar: str


def list_context(user: User, query: str) -> dict[str, Any]:
    """What `chat/assistants.html` shows."""
    query = query if is_storable(query) else ""
    found = shown_cards(user, query)
    return {
        "query": query,
        "own": [shown for shown in found if shown.card.is_own],
        "others": [shown for shown in found if not shown.card.is_own],
        "rooms": rooms_to_bring_into(user),
    }


def shown_cards(user: User, query: str = "") -> list[ShownCard]:
    """The cards of all whom this person may use, in the language of the page."""
    found = usable_assistants(person=user.pk, language=_language(), query=query)
    users = User.objects.in_bulk([card.user_id for card in found])
    return [ShownCard(card, avatar_of(users[card.user_id], Style.MINIMALIST)) for card in found]


def rooms_to_bring_into(user: User) -> list[tuple[str, str]]:
    """Slug and name of the rooms whose members this person manages, by name."""
    managed = Membership.objects.filter(user=user, role__in=(Role.OWNER, Role.MODERATOR))
    rooms = managed.exclude(room__kind=RoomKind.DIRECT).order_by("room__name", "room_id")
    return list(rooms.values_list("room__slug", "room__name")[:MOST_ROOMS])


def partner_card(user: User, partner: MemberWire | None, language: str) -> AssistantCard | None:
    """The assistant with whom the reader is alone in a room, speaking the room's language."""
    if partner is None or partner.kind != UserKind.ASSISTANT:
        return None
    return assistant_card(username=partner.username, person=user.pk, language=language)


def faces_of(username: str) -> list[tuple[str, str]]:
    """An assistant's picture in each look: the look's name and the picture's path."""
    user = user_by_username(username)
    return [(str(style.label), avatar_of(user, style)) for style in Style] if user else []


def _language() -> str:
    return get_language() or "en"
