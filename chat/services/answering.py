"""Who answers what a person says, and the room's rule for it."""

from accounts.api import User
from accounts.types import UserKind
from chat.errors import AnsweringInvalidError, NotAllowedError
from chat.models import Message, Room
from chat.permissions import require_moderate
from chat.selectors.access import access_to
from chat.selectors.assistants import speaking_in
from chat.types import MOST_IN_A_ROW, AddresseeKind, Answering, Role, RoomKind


def speakers_for(message: Message) -> list[User]:
    """The assistants that answer a message, in their order.

    Only what a person says is answered, so that no assistant can set off another.
    """
    if message.author.kind != UserKind.PERSON:
        return []
    if message.to_kind == AddresseeKind.ASSISTANT and message.to_user is not None:
        return [message.to_user]
    if message.to_kind != AddresseeKind.EVERYONE:
        return []
    return _unaddressed(message.room)


def change_answering(
    *, by: User, room: str, answering: str, assistant: str, max_assistant_run: int
) -> Room:
    """Set who answers a message to everyone. `assistant` is a username, needed for DEFAULT alone.

    Raises RoomNotFoundError, NotAllowedError, AnsweringInvalidError.
    """
    access = access_to(user=by, slug=room)
    require_moderate(access.role or Role.READER)
    found = access.room
    if found.kind == RoomKind.DIRECT:
        raise NotAllowedError
    if answering not in Answering.values or not 1 <= max_assistant_run <= MOST_IN_A_ROW:
        raise AnsweringInvalidError(most=MOST_IN_A_ROW)
    found.answering = answering
    found.default_assistant = _chosen(found, assistant) if answering == Answering.DEFAULT else None
    found.max_assistant_run = max_assistant_run
    found.save(update_fields=["answering", "default_assistant", "max_assistant_run"])
    return found


def _unaddressed(room: Room) -> list[User]:
    if room.answering == Answering.ADDRESSED:
        return []
    present = [membership.user for membership in speaking_in(room)]
    if room.answering == Answering.DEFAULT:
        return [user for user in present if user.pk == room.default_assistant_id]
    return present[: room.max_assistant_run]


def _chosen(room: Room, username: str) -> User:
    present = {membership.user.username: membership.user for membership in speaking_in(room)}
    if username not in present:
        raise AnsweringInvalidError(most=MOST_IN_A_ROW)
    return present[username]
