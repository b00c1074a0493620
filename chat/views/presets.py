"""The pane with one's own presets, their files, and the list in the composer."""

from collections.abc import Callable
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ai.api import (
    LONGEST_PRESET_FILE,
    change_preset,
    find_preset,
    flat_form,
    full_form,
    read_file,
    save_preset,
    usable_presets,
)
from chat.selectors.access import room_for
from chat.services.wishes import forget_preset
from chat.views.page_errors import reader_of, side_pane, signed_in_page
from echomind.common.errors import EchoMindError


@require_safe
@side_pane
def presets(request: HttpRequest, slug: str) -> HttpResponse:
    """The presets, opened from this room."""
    return _pane(request, slug)


@require_POST
@side_pane
def rename(request: HttpRequest, slug: str, preset: str) -> HttpResponse:
    """Give one's own preset another name."""
    owner, name = reader_of(request).pk, request.POST.get("name", "")
    return _changed(
        request,
        slug,
        lambda: change_preset(owner=owner, slug=preset, name=name),
        _("The preset was renamed."),
    )


@require_POST
@side_pane
def delete(request: HttpRequest, slug: str, preset: str) -> HttpResponse:
    """Delete one's own preset."""
    return _changed(
        request,
        slug,
        lambda: forget_preset(owner=reader_of(request), slug=preset),
        _("The preset was deleted."),
    )


@require_POST
@side_pane
def import_preset(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the preset of a file or of a text, under the name given, its own or that of its file."""

    def keep() -> None:
        body, file_name = _imported(request)
        found = read_file(body)
        name = request.POST.get("name", "").strip() or found.name or file_name
        save_preset(owner=reader_of(request).pk, name=name, values=found.values)

    return _changed(request, slug, keep, _("The preset was imported."))


@require_safe
@signed_in_page
def export(request: HttpRequest, preset: str) -> HttpResponse:
    """The preset as a file, in full or with `?form=flat`."""
    found = find_preset(user=reader_of(request).pk, slug=preset)
    is_flat = request.GET.get("form") == "flat"
    content = flat_form(found.parameters) if is_flat else full_form(found)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    disposition = content_disposition_header(as_attachment=True, filename=f"{found.slug}.json")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


@require_safe
@side_pane
def choices(request: HttpRequest) -> HttpResponse:
    """The options of the composer's list of presets."""
    found = usable_presets(reader_of(request).pk)
    return render(request, "chat/_preset_options.html", {"presets": found})


def _changed(
    request: HttpRequest, slug: str, change: Callable[[], object], done: str
) -> HttpResponse:
    """The pane after a change, or with the sentence that says why there was none."""
    try:
        change()
    except EchoMindError as error:
        return _pane(request, slug, error=error.sentence, status=error.status)
    return _pane(request, slug, notice=done)


def _pane(
    request: HttpRequest,
    slug: str,
    *,
    notice: str = "",
    error: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    user = reader_of(request)
    context = {
        "room": room_for(user, slug),
        "presets": usable_presets(user.pk),
        "notice": notice,
        "error": error,
    }
    return render(request, "chat/side/presets.html", context, status=status)


def _imported(request: HttpRequest) -> tuple[bytes, str]:
    """What is to be imported, and the name that its file suggests."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").encode(), ""
    return file.read(LONGEST_PRESET_FILE + 1), PurePath(file.name or "").stem
