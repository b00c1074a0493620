"""The pages of chats with assistants: the list with its search, and whom a new one can be with."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.api import User
from chat.selectors.assistants import assistants_for
from chat.selectors.conversations import LONGEST_QUERY, conversation_page
from chat.types import Style
from imaging.api import avatar_path

LONGEST_NUMBER = 6  # digits of a page


@dataclass(frozen=True, slots=True)
class AssistantCard:
    """An assistant as somebody sees it who may begin a chat with it."""

    username: str
    name: str
    description: str
    greeting: str
    avatar: str


def list_context(user: User, query: QueryDict) -> dict[str, Any]:
    """What `chat/conversations.html` shows. A search looks through archived chats too."""
    words = query.get("q", "").strip()[:LONGEST_QUERY]
    archived = "archived" in query
    number = _page_number(query.get("page", ""))
    found, more = conversation_page(user, number, query=words, archived=None if words else archived)
    return {
        "conversations": found,
        "query": words,
        "archived": archived and not words,
        "longest_query": LONGEST_QUERY,
        "earlier_page": number - 1,
        "later_page": number + 1 if more else 0,
    }


def assistant_cards(user: User) -> list[AssistantCard]:
    """Every assistant that the user may write to, with its greeting in the user's language."""
    return [
        AssistantCard(
            username=found.username,
            name=found.shown_name,
            description=found.assistant.description,
            greeting=found.assistant.greeting_in(user.language),
            avatar=avatar_path(found.username, Style.MINIMALIST, found.kind),
        )
        for found in assistants_for(user)
    ]


def _page_number(asked: str) -> int:
    is_number = asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    return max(1, int(asked)) if is_number else 1
