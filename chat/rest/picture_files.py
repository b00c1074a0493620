"""The files of pictures, for pages and for programs: below /pictures/, not below /api/v1/."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from chat.rest.view import ChatView, caller
from chat.selectors.pictures import picture_for
from imaging.api import file_of, remake_later
from imaging.errors import PictureLostError

KEPT = "private, max-age=31536000, immutable"  # a picture's address never shows another picture


@extend_schema(exclude=True)
class PictureFile(ChatView):
    """One file of a picture that the caller may see; 404 for everybody else."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Whoever asks for pictures alone gets one: JSON is for errors only."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, picture: str, form: str) -> HttpResponse:
        """The bytes. Those of a lost file are made again for the next reader."""
        picture_for(caller(request), picture)
        try:
            file = file_of(picture, form)
        except PictureLostError:
            remake_later(picture)
            raise
        headers = {"Cache-Control": KEPT, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(file.content, content_type=file.media_type, headers=headers)
