"""Other versions of an answer over HTTP, questions asked anew, and forks."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ai.errors import ModelNotAllowedError
from chat import errors
from chat.rest.messages import TEXT_ERRORS, NewText
from chat.rest.replies import ReplyBody, reply_body
from chat.rest.tracing import begin_trace
from chat.rest.view import ChatView, caller, checked, operation
from chat.selectors.room_list import room_wire
from chat.services.forks import fork_conversation
from chat.services.versions import (
    continue_reply,
    regenerate_reply,
    repeat_reply,
    rerun_message,
)
from chat.wire import RoomWire

MAX_ID = 2**31 - 1
VERSION_ERRORS = (
    errors.ReplyNotFoundError,
    errors.NotAllowedError,
    errors.ReadOnlyError,
    errors.ReplyUnfinishedError,
    errors.MessageNotFoundError,
    errors.AddresseeLeftError,
    errors.QueueFullError,
)


class WantedModel(serializers.Serializer[Any]):
    """Who is to answer; without it, whoever answers in the room now."""

    model = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MAX_ID
    )


class ReplyRegenerate(ChatView):
    """Answering a question once more."""

    @operation(
        summary="Answer the question once more",
        request=WantedModel,
        answers={201: ReplyBody},
        errors=(*VERSION_ERRORS, ModelNotAllowedError),
    )
    def post(self, request: Request, id: str) -> Response:  # noqa: A002  (the contract's name)
        """The new version, waiting. The answers that there are stay. For the asker and moderators."""
        model: int | None = checked(WantedModel, request.data)["model"]
        reply = regenerate_reply(
            user=caller(request), reply_id=id, model=model, trace_id=begin_trace()
        )
        return Response(reply_body(reply), status=status.HTTP_201_CREATED)


class ReplyContinue(ChatView):
    """Going on from an answer."""

    @operation(
        summary="Go on from an answer that was cut short",
        request=None,
        answers={201: ReplyBody},
        errors=(*VERSION_ERRORS, errors.ReplyCompleteError, errors.AnswerTooLongError),
    )
    def post(self, request: Request, id: str) -> Response:  # noqa: A002  (the contract's name)
        """The new version, waiting; it will hold the text so far and what follows."""
        reply = continue_reply(user=caller(request), reply_id=id, trace_id=begin_trace())
        return Response(reply_body(reply), status=status.HTTP_201_CREATED)


class ReplyRepeat(ChatView):
    """Running a reply again exactly."""

    @operation(
        summary="Run a reply again exactly",
        request=None,
        answers={201: ReplyBody},
        errors=(*VERSION_ERRORS, errors.ReplyNotRepeatableError, ModelNotAllowedError),
    )
    def post(self, request: Request, id: str) -> Response:  # noqa: A002  (the contract's name)
        """The same model, prompt, parameters and seed; its passport will say whether the text is the same."""
        reply = repeat_reply(user=caller(request), reply_id=id, trace_id=begin_trace())
        return Response(reply_body(reply), status=status.HTTP_201_CREATED)


class MessageRerun(ChatView):
    """Asking a question anew."""

    @operation(
        summary="Change one's own question and have it answered anew",
        request=NewText,
        answers={201: ReplyBody},
        errors=(
            errors.MessageNotFoundError,
            errors.ReadOnlyError,
            errors.NotAllowedError,
            errors.NothingToRerunError,
            errors.QueueFullError,
            errors.StopUnavailableError,
            *TEXT_ERRORS,
        ),
    )
    def post(self, request: Request, message_id: int) -> Response:
        """The new version of the reply, waiting. A reply still being written is stopped."""
        text: str = checked(NewText, request.data)["text"]
        reply = rerun_message(
            editor=caller(request), message_id=message_id, text=text, trace_id=begin_trace()
        )
        return Response(reply_body(reply), status=status.HTTP_201_CREATED)


class MessageFork(ChatView):
    """Going on from a message on one's own."""

    @operation(
        summary="Continue from a message in a conversation of one's own",
        request=None,
        answers={201: RoomWire},
        errors=(
            errors.MessageNotFoundError,
            errors.NoAssistantError,
            errors.TooManyMessagesError,
            errors.TooManyConversationsError,
        ),
    )
    def post(self, request: Request, message_id: int) -> Response:
        """A new private room with the assistant, which begins with a copy of the history up to there."""
        user = caller(request)
        room = fork_conversation(user=user, message_id=message_id)
        return Response(room_wire(user, room.slug), status=status.HTTP_201_CREATED)
