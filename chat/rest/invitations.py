"""Links into private rooms over HTTP."""

from datetime import datetime
from typing import Annotated

import msgspec
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.rest.view import ChatView, caller, operation
from chat.selectors.room_list import room_wire
from chat.services.invitations import accept_invitation, create_invitation
from chat.wire import RoomWire


class InvitationBody(msgspec.Struct, frozen=True):
    """A link's token and the moment at which it ends."""

    token: str
    room: str
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)]


class InvitationList(ChatView):
    """The links into one room."""

    @operation(
        summary="Make a link that lets people in",
        request=None,
        answers={201: InvitationBody},
        errors=(errors.RoomNotFoundError, errors.NotAllowedError),
    )
    def post(self, request: Request, slug: str) -> Response:
        """For moderators and owners; the link holds for seven days."""
        made = create_invitation(by=caller(request), room=slug)
        return Response(
            InvitationBody(made.token, slug, made.expires_at), status=status.HTTP_201_CREATED
        )


class InvitationAccept(ChatView):
    """Going through a link."""

    @operation(
        summary="Become a member by a link",
        request=None,
        answers={200: RoomWire},
        errors=(errors.InvitationNotFoundError,),
    )
    def post(self, request: Request, token: str) -> Response:
        """The room one has entered."""
        room = accept_invitation(user=caller(request), token=token)
        return Response(room_wire(caller(request), room.slug))
