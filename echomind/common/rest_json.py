"""JSON of the REST API, by the encoder that also writes socket frames, so that both look the same."""

from collections.abc import Mapping
from typing import IO, Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer


class BodyTooLargeError(exceptions.APIException):
    """The body of a request is over the limit."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"
    default_detail = _("The request is too large.")


class WireRenderer(JSONRenderer):
    """Encodes msgspec structs, and whatever plain values stand around them."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The body; empty for None."""
        return b"" if data is None else msgspec.json.encode(data, enc_hook=_text_of)


class WireParser(BaseParser):
    """Decodes a body of at most `longest` bytes."""

    media_type = "application/json"
    longest = 1024 * 1024

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The decoded body. Raises BodyTooLargeError and ParseError."""
        body = stream.read(self.longest + 1)
        if len(body) > self.longest:
            raise BodyTooLargeError
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise exceptions.ParseError(_("The body is not valid JSON.")) from error


def _text_of(value: object) -> str:
    """A translated sentence becomes text when it is shown."""
    if isinstance(value, Promise):
        return str(value)
    raise NotImplementedError(type(value))
