"""Questions asked of many rows at once. Rights are part of the query."""

from typing import TYPE_CHECKING

from django.db import models

from chat.types import RoomKind

if TYPE_CHECKING:
    from chat.models.room import Room  # noqa: F401  (names the row type)


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms."""

    def visible_to(self, user_id: int, *, public: int, own: int | None = None) -> "RoomQuerySet":
        """The first `public` public rooms, and the first `own` of those the user belongs to, or all.

        Both ways are bounded before they meet: asking for either at once reads every room there is.
        """
        everybodys = self.filter(kind=RoomKind.PUBLIC).order_by("pk")[:public]
        theirs = self.filter(memberships__user=user_id).order_by("pk")[:own]
        return self.filter(pk__in=everybodys.values("pk").union(theirs.values("pk"))).order_by("pk")
