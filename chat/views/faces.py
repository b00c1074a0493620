"""The pane in which somebody chooses a face."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat.selectors.access import access_to
from chat.services.faces import choose_face, face_choices, upload_face
from chat.views.page_errors import reader_of, side_pane
from echomind.common.errors import EchoMindError
from imaging.api import avatar_of, require_upload_size
from imaging.errors import UploadError
from imaging.types import FaceChoice

LONGEST_SEED = 10  # digits


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
        require_upload_size(sent.size or 0)
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
