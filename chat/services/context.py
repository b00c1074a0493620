"""How full an assistant's context is before the next question."""

from asgiref.sync import async_to_sync

from accounts.api import User
from ai.api import context_use
from chat.selectors.access import access_to
from chat.selectors.memory import assistant_in
from chat.selectors.next_question import unasked
from chat.selectors.reply_context import reply_request
from chat.services.room_tools import with_room_tools
from chat.wire import Wire


class ContextWire(Wire, frozen=True, kw_only=True):
    """The tokens of the prompt that a question asked now would make, before its own words.

    `is_exact`: the model's server counted them. `summarised` tells that older messages are known by
    a summary alone.
    """

    tokens: int
    budget: int
    is_exact: bool
    summarised: bool


def context_before(*, user: User, slug: str, assistant: str) -> ContextWire:
    """What the user's next question to this assistant begins with.

    Raises RoomNotFoundError, UserNotFoundError and the errors of the model's server.
    """
    room = access_to(user=user, slug=slug).room
    coming = unasked(room=room, assistant=assistant_in(room, assistant), asker=user)
    request = with_room_tools(coming, reply_request(coming))
    use = async_to_sync(context_use)(request)
    return ContextWire(
        tokens=use.tokens,
        budget=use.budget,
        is_exact=use.is_exact,
        summarised=bool(request.recall.summary),
    )
