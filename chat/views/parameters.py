"""The pane in which a member sets what their next questions in a room are asked with."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ai.api import PARAMETERS, save_preset, usable_presets
from chat.pages.parameters import controls_for, stops_for
from chat.selectors.parameters import live_parameters, models_of
from chat.services.wishes import change_values, choose_model, set_wishes
from chat.views.page_errors import reader_of, side_pane
from echomind.common.errors import EchoMindError

LINE_BREAK = "\\n"  # how people type one into a field of one line


@side_pane
def parameters(request: HttpRequest, slug: str) -> HttpResponse:
    """The pane as things stand."""
    return _pane(request, slug)


@require_POST
@side_pane
def choose_preset(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask with a preset as it is; the one that is chosen already is put back in order."""
    preset = request.POST.get("preset", "")
    return _changed(
        request,
        slug,
        lambda: set_wishes(user=reader_of(request), room=slug, preset=preset, values={}),
        _("Your next question is asked with this preset."),
    )


@require_POST
@side_pane
def set_values(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the parameters that the form has, each under its name."""
    sent = request.POST
    return _set(request, slug, {name: _value(sent[name]) for name in PARAMETERS if name in sent})


@require_POST
@side_pane
def set_stops(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a stop string, or take one off the list."""
    live = live_parameters(user=reader_of(request), slug=slug, assistant=_assistant(request))
    if "remove" in request.POST:
        stops = [stop for stop in live.parameters.stop if stop != request.POST["remove"]]
    else:
        added = request.POST.get("stop", "").replace(LINE_BREAK, "\n")
        stops = [*live.parameters.stop, added]
    return _set(request, slug, {"stop": stops})


@require_POST
@side_pane
def set_model(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the model that answers in the room."""
    chosen = _number(request.POST.get("model", ""))
    model = chosen if isinstance(chosen, int) else None
    return _changed(
        request,
        slug,
        lambda: choose_model(by=reader_of(request), room=slug, model=model),
        _("The next answer is written by this model."),
    )


@require_POST
@side_pane
def keep_preset(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the present parameters under a name, and ask with that preset from now on."""
    user = reader_of(request)

    def keep() -> None:
        live = live_parameters(user=user, slug=slug, assistant=_assistant(request))
        name, values = request.POST.get("name", ""), live.parameters.as_json()
        kept = save_preset(owner=user.pk, name=name, values=values)
        set_wishes(user=user, room=slug, preset=kept.slug, values={})

    return _changed(request, slug, keep, _("The preset was saved."))


def _set(request: HttpRequest, slug: str, values: dict[str, Any]) -> HttpResponse:
    assistant = _assistant(request)
    return _changed(
        request,
        slug,
        lambda: change_values(
            user=reader_of(request), room=slug, values=values, assistant=assistant
        ),
        _("Saved. Your next question is asked with it."),
    )


def _changed(
    request: HttpRequest, slug: str, change: Callable[[], None], done: str
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
    user, assistant = reader_of(request), _assistant(request)
    live = live_parameters(user=user, slug=slug, assistant=assistant)
    context = {
        "live": live,
        "controls": controls_for(live),
        "stops": stops_for(live),
        "presets": usable_presets(user.pk),
        "models": models_of(live.room),
        "query": _query(assistant),
        "notice": notice,
        "error": error,
    }
    return render(request, "chat/side/parameters.html", context, status=status)


def _assistant(request: HttpRequest) -> str:
    """The handle of the assistant that the next question is for, where the page told it."""
    return request.GET.get("assistant", "")


def _query(assistant: str) -> str:
    query = QueryDict(mutable=True)
    if assistant:
        query["assistant"] = assistant
    return f"?{query.urlencode()}" if query else ""


def _value(text: str) -> object:
    """What a field holds: a number, nothing for an empty one, else the text, which is refused."""
    return _number(text.strip()) if text.strip() else None


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
