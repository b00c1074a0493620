"""What assistants remember of a room over HTTP, and how full their context is."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ai import errors as ai_errors
from ai.types import FACT_LENGTH, SUMMARY_LENGTH
from chat import errors
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.memory import RoomMemory, memory_of_room
from chat.services import memory as services
from chat.services.context import ContextWire, context_before

MOST_NAMED = 20  # assistants
REFUSED = (
    errors.RoomNotFoundError,
    errors.UserNotFoundError,
    errors.JoinFirstError,
    errors.ReadOnlyError,
)


class NewFact(serializers.Serializer[Any]):
    """A fact made from a message."""

    text = PlainText(
        required=False,
        help_text=f"1 to {FACT_LENGTH} characters; the message's own if left out.",
    )
    assistants = serializers.ListField(
        child=PlainText(), default=list, max_length=MOST_NAMED, help_text="Handles; empty: all."
    )


class FactText(serializers.Serializer[Any]):
    """The text that a fact is to have."""

    text = PlainText(help_text=f"1 to {FACT_LENGTH} characters.")


class SummaryText(serializers.Serializer[Any]):
    """The text that the summary is to have."""

    summary = PlainText(help_text=f"At most {SUMMARY_LENGTH} characters; empty deletes it.")


class ContextQuery(serializers.Serializer[Any]):
    """Whose context."""

    assistant = PlainText()


class RoomMemoryDetail(ChatView):
    """What the assistants of a room remember."""

    @operation(
        summary="Read what the assistants remember",
        answers={200: RoomMemory},
        errors=(errors.RoomNotFoundError,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The summary and the facts of each assistant of the room."""
        return Response(memory_of_room(user=caller(request), slug=slug))


class MemoryDetail(ChatView):
    """One assistant's memory of a room."""

    @operation(
        summary="Correct the summary",
        request=SummaryText,
        answers={200: RoomMemory},
        errors=(*REFUSED, ai_errors.SummaryInvalidError),
    )
    def patch(self, request: Request, slug: str, username: str) -> Response:
        """The next answer uses it."""
        text: str = checked(SummaryText, request.data)["summary"]
        services.change_summary(user=caller(request), room=slug, assistant=username, text=text)
        return Response(memory_of_room(user=caller(request), slug=slug))

    @operation(summary="Clear the memory", answers={204: None}, errors=REFUSED)
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """Facts, summary and what was said up to now; the messages stay in the room."""
        services.clear(user=caller(request), room=slug, assistant=username)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MessageRemember(ChatView):
    """Making facts from a message."""

    @operation(
        summary="Remember a message",
        request=NewFact,
        answers={201: RoomMemory},
        errors=(
            errors.MessageNotFoundError,
            *REFUSED,
            ai_errors.FactInvalidError,
            ai_errors.FactsFullError,
        ),
    )
    def post(self, request: Request, message_id: int) -> Response:
        """Every assistant of its room remembers it, or those that are named."""
        given = checked(NewFact, request.data)
        room = services.remember_message(
            user=caller(request),
            message_id=message_id,
            text=given.get("text"),
            assistants=given["assistants"],
        )
        remembered = memory_of_room(user=caller(request), slug=room.slug)
        return Response(remembered, status=status.HTTP_201_CREATED)


class FactDetail(ChatView):
    """One fact."""

    @operation(
        summary="Correct a fact",
        request=FactText,
        answers={200: RoomMemory},
        errors=(*REFUSED, ai_errors.FactNotFoundError, ai_errors.FactInvalidError),
    )
    def patch(self, request: Request, slug: str, username: str, fact: int) -> Response:
        """The next answer uses it."""
        services.change_fact(
            user=caller(request),
            room=slug,
            assistant=username,
            fact=fact,
            text=checked(FactText, request.data)["text"],
        )
        return Response(memory_of_room(user=caller(request), slug=slug))

    @operation(
        summary="Forget a fact",
        answers={204: None},
        errors=(*REFUSED, ai_errors.FactNotFoundError),
    )
    def delete(self, request: Request, slug: str, username: str, fact: int) -> Response:
        """It does not come back from the same message."""
        services.delete_fact(user=caller(request), room=slug, assistant=username, fact=fact)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ContextDetail(ChatView):
    """How full the context of an assistant is."""

    @operation(
        summary="Count the context of the next question",
        parameters=[OpenApiParameter("assistant", str, required=True, description="Its handle.")],
        answers={200: ContextWire},
        errors=(
            errors.RoomNotFoundError,
            errors.UserNotFoundError,
            ai_errors.ModelUnavailableError,
            ai_errors.ModelFailedError,
        ),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The tokens of the prompt before the question's own words, and how many it may have."""
        assistant: str = checked(ContextQuery, request.query_params)["assistant"]
        return Response(context_before(user=caller(request), slug=slug, assistant=assistant))
