"""How far a member has read, told over HTTP."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.rest.view import ChatView, caller, checked, operation
from chat.services.reading import mark_read


class ReadUpTo(serializers.Serializer[Any]):
    """The newest event that the reader has seen."""

    seq = serializers.IntegerField(min_value=0)


class ReadMark(ChatView):
    """The caller's mark in one room."""

    @operation(
        summary="Mark a room as read",
        request=ReadUpTo,
        answers={204: None},
        errors=(errors.RoomNotFoundError,),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Everything up to `seq` has been seen. The mark never goes back."""
        mark_read(user=caller(request), room=slug, seq=checked(ReadUpTo, request.data)["seq"])
        return Response(status=status.HTTP_204_NO_CONTENT)
