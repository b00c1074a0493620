"""The files of pictures, and the pane in which somebody chooses a face."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chat.selectors.access import access_to
from chat.selectors.pictures import picture_for
from chat.services.faces import choose_face, face_choices, upload_face
from chat.views.page_errors import reader_of, side_pane
from echomind.common.errors import EchoMindError
from imaging.api import avatar_of, file_of, remake_later
from imaging.errors import PictureLostError, PictureNotFoundError, UploadError
from imaging.types import FaceChoice

KEPT = "private, max-age=31536000, immutable"  # a picture's address never shows another picture
LONGEST_SEED = 10  # digits


@require_safe
def picture_file(request: HttpRequest, picture: str, form: str) -> HttpResponse:
    """A file of a picture that the reader may see; 404 for everybody else."""
    if not request.user.is_authenticated:
        return HttpResponse(status=404)
    try:
        picture_for(reader_of(request), picture)
        file = file_of(picture, form)
    except PictureNotFoundError:
        return HttpResponse(status=404)
    except PictureLostError:
        return _lost(picture)
    headers = {"Cache-Control": KEPT, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


@side_pane
def face(request: HttpRequest, slug: str) -> HttpResponse:
    """Six faces to choose from, and a place for a picture of one's own."""
    return _pane(request, slug)


@require_POST
@side_pane
def take_face(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the chosen face."""
    user, seed = reader_of(request), request.POST.get("seed", "")
    chosen = int(seed) if seed.isdecimal() and len(seed) <= LONGEST_SEED else -1
    return _pane(request, slug, lambda: choose_face(user=user, slug=slug, seed=chosen))


@require_POST
@side_pane
def send_face(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a picture of one's own."""
    user, sent = reader_of(request), request.FILES.get("picture")

    def take() -> object:
        if sent is None:
            raise UploadError
        return upload_face(user=user, slug=slug, content=sent.read())

    return _pane(request, slug, take)


def _pane(request: HttpRequest, slug: str, act: Callable[[], object] | None = None) -> HttpResponse:
    user = reader_of(request)
    room = access_to(user=user, slug=slug).room
    context: dict[str, object] = {"room": room}
    try:
        if act:
            act()
            context["notice"] = _("Everyone sees you like this now.")
    except EchoMindError as error:
        context["error"] = error.sentence
    choices, refusal = _choices(request, slug)
    context |= {"choices": choices, "face": avatar_of(user, room.style)}
    context.setdefault("error", refusal)
    return render(request, "chat/side/face.html", context)


def _choices(request: HttpRequest, slug: str) -> tuple[list[FaceChoice], object]:
    """Six faces, or the sentence that says why there are none."""
    try:
        return face_choices(user=reader_of(request), slug=slug), ""
    except EchoMindError as error:
        return [], error.sentence


def _lost(picture: str) -> HttpResponse:
    """The file is drawn again for the next reader; this one sees the words that stand for it."""
    remake_later(picture)
    return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
