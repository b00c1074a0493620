"""The page of one's chats with assistants: those at hand, archived ones, and the search."""

from typing import Any

from django.http import QueryDict

from accounts.api import User
from chat.selectors.conversations import LONGEST_QUERY, conversation_page

LONGEST_NUMBER = 6  # digits of a page


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


def _page_number(asked: str) -> int:
    is_number = asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    return max(1, int(asked)) if is_number else 1
