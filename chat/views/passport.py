"""The panes of one reply: its passport, and the models that could answer instead."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ai.api import model_choices
from chat.models import Reply
from chat.pages.passport import passport_page
from chat.selectors.citations import prompt_of
from chat.selectors.parameters import allowed_in
from chat.services.replies import commanded_reply, visible_reply
from chat.services.versions import may_have_versions, regenerate_reply, repeat_reply
from chat.views.page_errors import reader_of, side_pane
from echomind.common.errors import EchoMindError

DIGITS = 9  # of a model's id


@side_pane
def passport(request: HttpRequest, reply_id: str) -> HttpResponse:
    """How a reply came about, for everybody who can read it; its prompt for staff alone."""
    return _passport(request, visible_reply(user=reader_of(request), reply_id=reply_id))


@require_POST
@side_pane
def again(request: HttpRequest, reply_id: str) -> HttpResponse:
    """Run the reply again exactly."""
    user = reader_of(request)
    error = _refusal(lambda: repeat_reply(user=user, reply_id=reply_id))
    notice = "" if error else _("It is being run again, exactly as it was.")
    reply = visible_reply(user=user, reply_id=reply_id)
    return _passport(request, reply, notice=notice, error=error)


@side_pane
def models(request: HttpRequest, reply_id: str) -> HttpResponse:
    """The models that may answer in the room; a POST lets one of them answer."""
    user = reader_of(request)
    reply = commanded_reply(user=user, reply_id=reply_id)
    context = {"reply": reply, "models": model_choices(allowed=allowed_in(reply.room))}
    if request.method == "POST":
        chosen = request.POST.get("model", "")
        model = int(chosen) if chosen.isdecimal() and len(chosen) <= DIGITS else 0
        error = _refusal(lambda: regenerate_reply(user=user, reply_id=reply_id, model=model))
        notice = "" if error else _("The answer is being written by this model.")
        context |= {"error": error, "notice": notice}
    return render(request, "chat/side/models.html", context)


def _passport(
    request: HttpRequest, reply: Reply, *, notice: str = "", error: str | Promise = ""
) -> HttpResponse:
    user = reader_of(request)
    context = {
        "reply": reply,
        "passport": passport_page(reply),
        "may_repeat": bool(reply.answer_id and reply.prompt)
        and may_have_versions(user=user, reply=reply),
        "prompt": prompt_of(reply) if user.is_staff else [],
        "notice": notice,
        "error": error,
    }
    return render(request, "chat/side/passport.html", context)


def _refusal(act: Callable[[], object]) -> str | Promise:
    """Run a service; the sentence of its refusal, or nothing."""
    try:
        act()
    except EchoMindError as error:
        return error.sentence
    return ""
