"""Questions asked of many rows at once. Rights are part of the query."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from chat.types import RoomKind

if TYPE_CHECKING:
    from chat.models.room import Room  # noqa: F401  (names the row type)


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms."""

    def visible_to(self, user_id: int) -> "RoomQuerySet":
        """Public rooms, and those the user belongs to."""
        return self.filter(Q(kind=RoomKind.PUBLIC) | Q(memberships__user=user_id)).distinct()
