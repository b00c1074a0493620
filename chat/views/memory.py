"""The panes that show what a room's assistants remember, and let members change it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ai.types import FACT_LENGTH, SUMMARY_LENGTH
from chat.models import Message
from chat.selectors.memory import assistants_in, memory_of_room
from chat.services import memory as services
from chat.views.page_errors import reader_of, side_pane
from echomind.common.errors import EchoMindError


@side_pane
def memory(request: HttpRequest, slug: str) -> HttpResponse:
    """What each assistant remembers."""
    return _pane(request, slug)


@require_POST
@side_pane
def change(request: HttpRequest, slug: str, username: str) -> HttpResponse:
    """Do what the pressed button says to one assistant's memory."""
    act = _ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _pane(request, slug)
    return _changed(request, slug, lambda: act(request, slug, username))


@side_pane
def remember(request: HttpRequest, message_id: int) -> HttpResponse:
    """A form with the message's text; a POST makes a fact of it."""
    user = reader_of(request)
    message = services.message_to_remember(user=user, message_id=message_id)
    text = request.POST.get("text", services.suggested_fact(message))
    if request.method != "POST":
        return _form(request, message, text)
    chosen = request.POST.getlist("assistant")
    try:
        services.remember_message(user=user, message_id=message_id, text=text, assistants=chosen)
    except EchoMindError as error:
        return _form(request, message, text, refused=error)
    return _pane(request, message.room.slug, notice=_("It will be remembered."))


def _form(
    request: HttpRequest, message: Message, text: str, *, refused: EchoMindError | None = None
) -> HttpResponse:
    context = {
        "message": message,
        "text": text,
        "assistants": assistants_in(message.room),
        "longest": FACT_LENGTH,
        "error": refused.sentence if refused else "",
    }
    status = refused.status if refused else 200
    return render(request, "chat/side/memory_remember.html", context, status=status)


def _changed(request: HttpRequest, slug: str, act: Callable[[], str]) -> HttpResponse:
    try:
        notice = act()
    except EchoMindError as error:
        return _pane(request, slug, status=error.status, error=error.sentence)
    return _pane(request, slug, notice=notice)


def _pane(
    request: HttpRequest, slug: str, *, status: int = 200, **shown: str | Promise
) -> HttpResponse:
    context: dict[str, Any] = {
        "slug": slug,
        "room_memory": memory_of_room(user=reader_of(request), slug=slug),
        "longest_fact": FACT_LENGTH,
        "longest_summary": SUMMARY_LENGTH,
        **shown,
    }
    return render(request, "chat/side/memory.html", context, status=status)


def _save_fact(request: HttpRequest, slug: str, username: str) -> str:
    services.change_fact(
        user=reader_of(request),
        room=slug,
        assistant=username,
        fact=_fact(request),
        text=request.POST.get("text", ""),
    )
    return _("The fact was changed. The next answer uses it.")


def _delete_fact(request: HttpRequest, slug: str, username: str) -> str:
    services.delete_fact(
        user=reader_of(request), room=slug, assistant=username, fact=_fact(request)
    )
    return _("The fact was forgotten.")


def _save_summary(request: HttpRequest, slug: str, username: str) -> str:
    services.change_summary(
        user=reader_of(request),
        room=slug,
        assistant=username,
        text=request.POST.get("text", ""),
    )
    return _("The summary was changed. The next answer uses it.")


def _clear(request: HttpRequest, slug: str, username: str) -> str:
    services.clear(user=reader_of(request), room=slug, assistant=username)
    return _("Everything up to now was forgotten.")


def _fact(request: HttpRequest) -> int:
    """The id in the form; 0, which no fact has, where it is no number."""
    sent = request.POST.get("fact", "")
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_ID else 0


LONGEST_ID = 18  # digits
_ACTS: dict[str, Callable[[HttpRequest, str, str], str]] = {
    "save-fact": _save_fact,
    "delete-fact": _delete_fact,
    "save-summary": _save_summary,
    "clear": _clear,
}
