"""Conversations with assistants over HTTP: begun, found, named, put aside, deleted."""

from typing import Any

import msgspec
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.rest.view import ChatView, PlainText, caller, checked, operation
from chat.selectors.conversations import LONGEST_QUERY, PAGE, conversation_page, conversation_wire
from chat.services import conversations
from chat.wire import ConversationWire
from echomind.common.rest_paging import PageQuery, page_links, page_parameter


class ConversationPage(msgspec.Struct, frozen=True):
    """Conversations, the newest first; `next` and `previous` are URL paths or null."""

    results: list[ConversationWire]
    next: str | None
    previous: str | None


class WantedConversations(PageQuery):
    """Which conversations."""

    q = serializers.CharField(required=False, max_length=LONGEST_QUERY, allow_blank=True)
    archived = serializers.BooleanField(required=False, allow_null=True, default=None)


class NewConversation(serializers.Serializer[Any]):
    """With whom to talk. Without a title, the model suggests one after the first answer."""

    assistant = PlainText(help_text="The handle of an assistant.")
    title = PlainText(default="", help_text="1 to 64 characters.")


class ConversationChange(serializers.Serializer[Any]):
    """What is to change; what is left out stays."""

    title = PlainText(required=False)
    archived = serializers.BooleanField(required=False)


class ConversationList(ChatView):
    """The caller's conversations with assistants."""

    @operation(
        summary="List or search one's conversations with assistants",
        operation_id="v1_conversations_list",
        parameters=[
            OpenApiParameter("q", str, description="Words in a title or a message; any language."),
            OpenApiParameter("archived", bool, description="Only archived ones, or none of them."),
            page_parameter("conversations", size=PAGE),
        ],
        answers={200: ConversationPage},
    )
    def get(self, request: Request) -> Response:
        """The newest first. `found` shows where a message holds the words that were looked for."""
        wanted = checked(WantedConversations, request.query_params)
        number: int = wanted["page"]
        found, more = conversation_page(
            caller(request), number, query=wanted.get("q", ""), archived=wanted["archived"]
        )
        return Response(ConversationPage(found, *page_links(request, number, more=more)))

    @operation(
        summary="Begin a conversation with an assistant",
        request=NewConversation,
        answers={201: ConversationWire},
        errors=(
            errors.UserNotFoundError,
            errors.TitleInvalidError,
            errors.TooManyConversationsError,
        ),
    )
    def post(self, request: Request) -> Response:
        """A new one each time. Its messages are those of the room with the same `slug`."""
        wanted = checked(NewConversation, request.data)
        room = conversations.begin_conversation(user=caller(request), **wanted)
        return Response(conversation_wire(caller(request), room.slug), status.HTTP_201_CREATED)


class ConversationDetail(ChatView):
    """One conversation of the caller."""

    @operation(
        summary="Read what a conversation is called",
        answers={200: ConversationWire},
        errors=(errors.ConversationNotFoundError,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The conversation; what was said is in the room with the same `slug`."""
        return Response(conversation_wire(caller(request), slug))

    @operation(
        summary="Name, archive or take back a conversation",
        request=ConversationChange,
        answers={200: ConversationWire},
        errors=(errors.ConversationNotFoundError, errors.TitleInvalidError),
    )
    def patch(self, request: Request, slug: str) -> Response:
        """An archived one is left out of the sidebar, and found by search."""
        wanted = checked(ConversationChange, request.data)
        conversations.change_conversation(user=caller(request), slug=slug, **wanted)
        return Response(conversation_wire(caller(request), slug))

    @operation(
        summary="Delete a conversation",
        answers={204: None},
        errors=(errors.ConversationNotFoundError,),
    )
    def delete(self, request: Request, slug: str) -> Response:
        """With every message, every reply and all that the assistant remembers of it, for good."""
        conversations.delete_conversation(user=caller(request), slug=slug)
        return Response(status=status.HTTP_204_NO_CONTENT)
