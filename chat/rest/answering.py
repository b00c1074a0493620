"""Who answers what is said to everyone in a room, over HTTP."""

from typing import Any

import msgspec
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chat.errors import AnsweringInvalidError, NotAllowedError, RoomNotFoundError
from chat.models import Room
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.access import room_for
from chat.services.answering import change_answering


class AnsweringWire(msgspec.Struct, frozen=True):
    """A room's rule. `answering` is `addressed`, `default` or `round_table`; `assistant` is the
    username of the one that answers by default, or null.
    """

    answering: str
    assistant: str | None
    max_assistant_run: int


class AnsweringBody(serializers.Serializer[Any]):
    """The rule to set."""

    answering = PlainText()
    assistant = PlainText(default="", help_text="Needed for `default`: a member of the room.")
    max_assistant_run = serializers.IntegerField(
        help_text="1 to 8: so many messages of assistants may follow each other."
    )


class RoomAnswering(ChatView):
    """The rule of one room."""

    @operation(
        summary="Read who answers in a room",
        answers={200: AnsweringWire},
        errors=(RoomNotFoundError,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """For everyone who sees the room."""
        return Response(_wire(room_for(caller(request), slug)))

    @operation(
        summary="Set who answers in a room",
        request=AnsweringBody,
        answers={200: AnsweringWire},
        errors=(RoomNotFoundError, NotAllowedError, AnsweringInvalidError),
    )
    def put(self, request: Request, slug: str) -> Response:
        """For owners and moderators; the next message goes by it."""
        wanted = checked(AnsweringBody, request.data)
        return Response(_wire(change_answering(by=caller(request), room=slug, **wanted)))


def _wire(room: Room) -> AnsweringWire:
    chosen = room.default_assistant
    return AnsweringWire(
        room.answering, chosen.username if chosen else None, room.max_assistant_run
    )
