"""How new documents come over HTTP: as a file of a form, or as JSON, one or many."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers
from rest_framework.parsers import DataAndFiles, MultiPartParser

from echomind.common.rest_json import BodyTooLargeError, WireParser
from echomind.common.rest_view import PlainText


class DocumentParser(WireParser):
    """JSON with texts of many documents."""

    longest = 16 * 1024 * 1024  # bytes


class FileParser(MultiPartParser):
    """A form with a file. Its fields are few and short; the file's size is the store's rule."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":  # a generic for type checkers alone
        """Fields and files. Raises BodyTooLargeError and ParseError."""
        try:
            return super().parse(stream, media_type, parser_context)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
            raise BodyTooLargeError from error


class DescriptionBody(serializers.Serializer[Any]):
    """What may be said of any document."""

    title = PlainText(default="", help_text="At most 300 characters.")
    source = PlainText(  # type: ignore[assignment]  # hides an option of no use here
        default="", help_text="Where it comes from, at most 1,000 characters."
    )
    language = PlainText(default="", help_text="`zh-hant`, `en`, `ja` or `ko`.")
    as_of = PlainText(default="", help_text="When it was known to be true.")


class NewDocument(DescriptionBody):
    """A document that comes as text."""

    external_id = PlainText(help_text="Its name in its source; the same name again replaces it.")
    text = PlainText(help_text="At most 5,000,000 characters.")


class NewFile(DescriptionBody):
    """A document that comes as a file: txt, md, html, json, jsonl, pdf or docx."""

    file = serializers.FileField(allow_empty_file=True, max_length=None)
    external_id = PlainText(default="", help_text="The file's name, if left out.")


BODIES = {
    "application/json": PolymorphicProxySerializer(
        component_name="NewDocumentOrMany",
        serializers=[NewDocument, NewDocument(many=True)],
        resource_type_field_name=None,
        many=False,
    ),
    "multipart/form-data": NewFile,
}
