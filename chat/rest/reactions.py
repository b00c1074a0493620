"""Reactions over HTTP."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.rest.messages import EventNumber
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.services.reactions import toggle_reaction


class Emoji(serializers.Serializer[Any]):
    """A single emoji."""

    emoji = PlainText()


class ReactionToggle(ChatView):
    """One's own reaction to a message."""

    @operation(
        summary="Put an emoji on a message, or take it off",
        request=Emoji,
        answers={200: EventNumber},
        errors=(errors.MessageNotFoundError, errors.ReadOnlyError, errors.EmojiInvalidError),
    )
    def post(self, request: Request, message_id: int) -> Response:
        """The same call again takes the emoji off."""
        emoji: str = checked(Emoji, request.data)["emoji"]
        return Response(
            EventNumber(toggle_reaction(user=caller(request), message_id=message_id, emoji=emoji))
        )
