"""Messages over HTTP: pages of a room, and sending, changing and taking back."""

from typing import Any

import msgspec
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ai.errors import PresetNotFoundError
from chat import errors
from chat.rest.tracing import begin_trace
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.access import room_for
from chat.selectors.timeline import PAGE, Page, message_page
from chat.services.drafts import Draft
from chat.services.messages import delete_message, edit_message, send_message
from chat.types import AddresseeKind
from chat.wire import MessageWire

MAX_PAGE = 100
TEXT_ERRORS = (errors.TextEmptyError, errors.TextTooLongError, errors.TextInvalidError)


class MessagePage(msgspec.Struct, frozen=True):
    """Messages, oldest first; `next` leads to newer ones and `previous` to older ones."""

    results: list[MessageWire]
    next: str | None
    previous: str | None


class EventNumber(msgspec.Struct, frozen=True):
    """The number of the room's event that the change made."""

    seq: int


class WindowQuery(serializers.Serializer[Any]):
    """Which messages of a room."""

    after_seq = serializers.IntegerField(required=False, min_value=0)
    before_seq = serializers.IntegerField(required=False, min_value=0)
    limit = serializers.IntegerField(default=PAGE, min_value=1, max_value=MAX_PAGE)


class AddresseeBody(serializers.Serializer[Any]):
    """Whom a message is for."""

    kind = serializers.ChoiceField(AddresseeKind.values)
    username = PlainText(required=False, help_text="Left out for `everyone`.")


class NewMessage(serializers.Serializer[Any]):
    """A message to send. The same `client_id` with the same body is sent only once."""

    client_id = PlainText(help_text="1 to 64 characters of the client's own.")
    text = PlainText(help_text="Markdown, 1 to 8,000 characters.")
    to = AddresseeBody(required=False)
    reply_to = serializers.IntegerField(required=False, allow_null=True, default=None)
    preset = PlainText(default="", help_text="The slug of a preset for this one question.")


class NewText(serializers.Serializer[Any]):
    """The text that a message is to have."""

    text = PlainText()


class MessageList(ChatView):
    """The messages of one room."""

    @operation(
        summary="Read a page of messages",
        parameters=[
            OpenApiParameter("after_seq", int, description="Only what came after this number."),
            OpenApiParameter("before_seq", int, description="Only what came before this number."),
            OpenApiParameter("limit", int, description="1 to 100; 50 if left out."),
        ],
        answers={200: MessagePage},
        errors=(errors.RoomNotFoundError,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The newest messages, or those after or before a number. Deleted ones are left out."""
        window = checked(WindowQuery, request.query_params)
        page = message_page(room=room_for(caller(request), slug), **window)
        return Response(
            MessagePage(
                page.messages,
                next=_newer(request.path, page, window),
                previous=_older(request.path, page, window),
            )
        )

    @operation(
        summary="Send a message",
        request=NewMessage,
        answers={201: MessageWire, 200: MessageWire},
        errors=(
            errors.RoomNotFoundError,
            errors.ReadOnlyError,
            errors.ClientIdConflictError,
            errors.ClientIdInvalidError,
            errors.AddresseeLeftError,
            errors.MessageNotFoundError,
            errors.QueueFullError,
            errors.TooManyMessagesError,
            PresetNotFoundError,
            *TEXT_ERRORS,
        ),
    )
    def post(self, request: Request, slug: str) -> Response:
        """201 with the new message; 200 with the first one for a repeated `client_id`.

        Posting in a public room makes the caller a member of it.
        """
        sent = send_message(
            author=caller(request),
            room=slug,
            draft=_draft(checked(NewMessage, request.data)),
            trace_id=begin_trace(),
        )
        created = status.HTTP_201_CREATED if sent.created else status.HTTP_200_OK
        return Response(sent.message, status=created)


class MessageDetail(ChatView):
    """One message."""

    @operation(
        summary="Change one's own message",
        request=NewText,
        answers={200: EventNumber},
        errors=(
            errors.MessageNotFoundError,
            errors.ReadOnlyError,
            errors.NotAllowedError,
            *TEXT_ERRORS,
        ),
    )
    def patch(self, request: Request, message_id: int) -> Response:
        """Give the message another text."""
        text: str = checked(NewText, request.data)["text"]
        return Response(
            EventNumber(edit_message(editor=caller(request), message_id=message_id, text=text))
        )

    @operation(
        summary="Delete a message",
        answers={204: None},
        errors=(errors.MessageNotFoundError, errors.ReadOnlyError, errors.NotAllowedError),
    )
    def delete(self, request: Request, message_id: int) -> Response:
        """One's own, or as a moderator anybody's."""
        delete_message(editor=caller(request), message_id=message_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _draft(body: dict[str, Any]) -> Draft:
    to = body.get("to", {"kind": AddresseeKind.EVERYONE})
    return Draft(
        client_id=body["client_id"],
        text=body["text"],
        to_kind=to["kind"],
        to_username=to.get("username"),
        reply_to=body["reply_to"],
        preset=body["preset"],
    )


def _newer(path: str, page: Page, window: dict[str, int]) -> str | None:
    if not page.newer:
        return None
    return _link(path, limit=window["limit"], after_seq=page.messages[-1].seq)


def _older(path: str, page: Page, window: dict[str, int]) -> str | None:
    """Before the first message here, or before where an empty page began."""
    if not page.older:
        return None
    first = page.messages[0].seq if page.messages else window["after_seq"] + 1
    return _link(path, limit=window["limit"], before_seq=first)


def _link(path: str, **window: int) -> str:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in window.items()})
    return f"{path}?{query.urlencode()}"
