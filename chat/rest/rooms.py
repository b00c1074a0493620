"""Rooms over HTTP: list, make, read, change, join and leave."""

from typing import Any

import msgspec
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from chat.errors import (
    LastOwnerError,
    NotAllowedError,
    RoomInvalidError,
    RoomNotFoundError,
)
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.room_list import room_page, room_wire
from chat.services import rooms
from chat.wire import RoomWire
from echomind.common.rest_paging import page_links, page_number, page_parameter


class RoomPage(msgspec.Struct, frozen=True):
    """Rooms; `next` and `previous` are URL paths or null."""

    results: list[RoomWire]
    next: str | None
    previous: str | None


class NewRoom(serializers.Serializer[Any]):
    """A room to make."""

    name = PlainText()
    kind = PlainText(help_text="`public` or `private`.")
    style = PlainText(  # type: ignore[assignment]  # hides a widget option of no use here
        help_text="`minimalist`, `comic`, `pixel` or `realistic`."
    )
    topic = PlainText(default="")


class RoomChange(serializers.Serializer[Any]):
    """What of a room is to change; what is left out stays."""

    name = PlainText(required=False)
    topic = PlainText(required=False)
    style = PlainText(required=False)  # type: ignore[assignment]  # as above


class RoomList(ChatView):
    """All rooms the caller may see."""

    @operation(
        summary="List the public rooms and one's own",
        operation_id="v1_rooms_list",
        parameters=[page_parameter("rooms")],
        answers={200: RoomPage},
    )
    def get(self, request: Request) -> Response:
        """The caller's rooms, the oldest first, so that a page keeps its rooms as new ones come."""
        number = page_number(request)
        found, more = room_page(caller(request), number)
        return Response(RoomPage(found, *page_links(request, number, more=more)))

    @operation(
        summary="Make a room",
        request=NewRoom,
        answers={201: RoomWire},
        errors=(RoomInvalidError, NotAllowedError),
    )
    def post(self, request: Request) -> Response:
        """A new room, owned by the caller, with the assistants of new rooms in it."""
        wanted = checked(NewRoom, request.data)
        room = rooms.create_room(creator=caller(request), **wanted)
        return Response(room_wire(caller(request), room.slug), status=status.HTTP_201_CREATED)


class RoomDetail(ChatView):
    """One room."""

    @operation(summary="Read a room", answers={200: RoomWire}, errors=(RoomNotFoundError,))
    def get(self, request: Request, slug: str) -> Response:
        """The room as the caller sees it."""
        return Response(room_wire(caller(request), slug))

    @operation(
        summary="Change a room's name, topic or style",
        request=RoomChange,
        answers={200: RoomWire},
        errors=(RoomNotFoundError, NotAllowedError, RoomInvalidError),
    )
    def patch(self, request: Request, slug: str) -> Response:
        """For owners."""
        room = room_wire(caller(request), slug)
        kept = {"name": room.name, "topic": room.topic, "style": room.style}
        wanted = kept | checked(RoomChange, request.data)
        rooms.change_room(by=caller(request), room=slug, **wanted)
        return Response(room_wire(caller(request), slug))


class RoomJoin(ChatView):
    """Becoming a member of a public room."""

    @operation(
        summary="Join a public room",
        request=None,
        answers={200: RoomWire},
        errors=(RoomNotFoundError,),
    )
    def post(self, request: Request, slug: str) -> Response:
        """A member stays what they are."""
        rooms.join_room(user=caller(request), room=slug)
        return Response(room_wire(caller(request), slug))


class RoomLeave(ChatView):
    """Being a member no more."""

    @operation(
        summary="Leave a room",
        request=None,
        answers={204: None},
        errors=(RoomNotFoundError, NotAllowedError, LastOwnerError),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Not from a direct room, and not as the only owner."""
        rooms.leave_room(user=caller(request), room=slug)
        return Response(status=status.HTTP_204_NO_CONTENT)
