"""What was said, as files: one conversation, all of one's own, or a room."""

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from chat import errors
from chat.permissions import require_own
from chat.rest.downloads import ByQuery, download
from chat.rest.view import ChatView, caller, checked, operation
from chat.selectors.access import access_to
from chat.selectors.conversations import conversation_of
from chat.selectors.export import jsonl, log_name, markdown, markdown_name
from chat.selectors.export_archive import FORMATS, archive
from chat.services.download_rate import download_rate
from chat.types import Role
from echomind.common.errors import TooOftenError

MARKDOWN = "text/markdown; charset=utf-8"
JSONL = "application/jsonl; charset=utf-8"
ZIP = "application/zip"


class OneFormat(serializers.Serializer[Any]):
    """How a conversation is written down."""

    format = serializers.ChoiceField(FORMATS, default="markdown")


class AnyFormat(serializers.Serializer[Any]):
    """How conversations are written down; both ways if left out."""

    format = serializers.ChoiceField(FORMATS, required=False)


class MarkdownAlone(serializers.Serializer[Any]):
    """A room is written down for people."""

    format = serializers.ChoiceField(["markdown"], default="markdown")


def _format(*names: str) -> OpenApiParameter:
    return OpenApiParameter("format", str, enum=list(names))


class ConversationExport(ChatView):
    """One conversation as a file."""

    content_negotiation_class = ByQuery

    @operation(
        summary="Download a conversation",
        parameters=[_format(*FORMATS)],
        answers={
            (200, "text/markdown"): OpenApiTypes.STR,
            (200, "application/jsonl"): OpenApiTypes.STR,
        },
        errors=(errors.ConversationNotFoundError, TooOftenError),
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """Markdown, or one line of JSON: `{"timestamp": …, "history": [{"role", "content"}, …]}`."""
        download_rate.count(caller(request).pk)
        wanted: str = checked(OneFormat, request.query_params)["format"]
        found = conversation_of(user=caller(request), slug=slug)
        if wanted == "jsonl":
            name = log_name(found.room.language)
            return download(jsonl([found.room]), name=name, media_type=JSONL)
        name = markdown_name(found.room, found.title)
        return download(markdown(found.room, found.title), name=name, media_type=MARKDOWN)


class OwnExport(ChatView):
    """All conversations of the caller as one file."""

    content_negotiation_class = ByQuery

    @operation(
        summary="Download all of one's conversations with assistants",
        parameters=[_format(*FORMATS)],
        answers={(200, ZIP): OpenApiTypes.BINARY},
        errors=(TooOftenError,),
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """A zip with `chat_logs_<language>.jsonl`, a line a conversation, and `markdown/….md`."""
        download_rate.count(caller(request).pk)
        wanted = checked(AnyFormat, request.query_params)
        formats = (wanted["format"],) if "format" in wanted else FORMATS
        return download(archive(caller(request), formats), name="chat_logs.zip", media_type=ZIP)


class RoomExport(ChatView):
    """A room as a file."""

    content_negotiation_class = ByQuery

    @operation(
        summary="Download what was said in a room",
        parameters=[_format("markdown")],
        answers={(200, "text/markdown"): OpenApiTypes.STR},
        errors=(errors.RoomNotFoundError, errors.NotAllowedError, TooOftenError),
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """Markdown, for owners."""
        download_rate.count(caller(request).pk)
        checked(MarkdownAlone, request.query_params)
        access = access_to(user=caller(request), slug=slug)
        require_own(access.role or Role.READER)
        room = access.room
        title = room.title or room.name
        return download(markdown(room, title), name=markdown_name(room, title), media_type=MARKDOWN)
