"""Who draws the pictures of a room."""

from accounts.api import User
from ai.api import assistants_of_new_rooms
from chat.models import Room
from chat.selectors.assistants import speaking_in


def painter_in(room: Room) -> User | None:
    """Who draws in a room: its first assistant, else the site's, who need not be a member."""
    here = speaking_in(room).first()
    if here is not None:
        return here.user
    return User.objects.filter(pk__in=assistants_of_new_rooms()).order_by("pk").first()
