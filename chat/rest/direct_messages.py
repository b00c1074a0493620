"""Private messages over HTTP: the one room of two."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chat.errors import UserNotFoundError
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.room_list import room_wire
from chat.services.direct_messages import open_direct_message
from chat.wire import RoomWire


class Other(serializers.Serializer[Any]):
    """Whom to talk to."""

    username = PlainText(help_text="The handle of a person or an assistant.")


class DirectMessages(ChatView):
    """The room of the caller and one other."""

    @operation(
        summary="Open the private messages with somebody",
        request=Other,
        answers={200: RoomWire},
        errors=(UserNotFoundError,),
    )
    def post(self, request: Request) -> Response:
        """The room, made at the first time."""
        username: str = checked(Other, request.data)["username"]
        room = open_direct_message(user=caller(request), username=username)
        return Response(room_wire(caller(request), room.slug))
