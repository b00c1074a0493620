"""Placeholders of faces over HTTP. The path says everything, so that any cache may keep them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from imaging.placeholders.placeholder import draw_placeholder
from imaging.types import Style

HEADERS = {
    "Cache-Control": "public, max-age=86400",
    # Opened by itself an SVG is a document: it may run and load nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def avatar(
    request: HttpRequest, style: str, username: str, *, is_assistant: bool = False
) -> HttpResponse:
    """The SVG of a member in a look; 404 for a look that does not exist."""
    try:
        look = Style(style)
    except ValueError as error:
        raise Http404 from error
    svg = draw_placeholder(username.lower(), look, is_assistant=is_assistant)
    return HttpResponse(svg, content_type="image/svg+xml", headers=HEADERS)
