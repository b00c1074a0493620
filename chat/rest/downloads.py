"""Files that are made while they are sent. The reader's pace holds up no thread and no connection."""

from collections.abc import AsyncIterator, Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from chat.realtime.threads import in_thread


class ByQuery(BaseContentNegotiation):
    """`?format=` names the file that is wanted, not the encoding of an answer."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        """The one there is."""
        return next(iter(parsers))

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The one for errors, which are all that is rendered."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


def download(pieces: Iterator[bytes], *, name: str, media_type: str) -> StreamingHttpResponse:
    """A file that a browser saves under `name`."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return StreamingHttpResponse(
        _beside_the_loop(pieces),
        content_type=media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


async def _beside_the_loop(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (piece := await in_thread(next, pieces, None)) is not None:
        yield piece
