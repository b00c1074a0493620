"""The pages of assistants: all of them, a new one, and the pane in which one's own is changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.api import User
from ai.api import (
    assistant_choices,
    change_assistant,
    make_assistant,
    own_assistant,
    remove_assistant,
)
from chat.assistant_forms import AssistantForm, NewAssistantForm, initial_of
from chat.pages.assistants import faces_of, list_context
from chat.services.direct_messages import open_direct_message
from chat.services.members import add_member
from chat.views.page_errors import reader_of, side_pane, signed_in_page
from echomind.common.errors import EchoMindError


@signed_in_page
def assistants(request: HttpRequest) -> HttpResponse:
    """Everyone whom the reader may use, narrowed by `q`."""
    query = request.GET.get("q", "").strip()
    return render(request, "chat/assistants.html", list_context(reader_of(request), query))


@signed_in_page
def new(request: HttpRequest) -> HttpResponse:
    """A form for an assistant of one's own; once made, it is tried out."""
    user = reader_of(request)
    form = NewAssistantForm(request.POST or None, choices=assistant_choices(user.pk))
    if form.is_valid():
        username: str = form.cleaned_data["username"]
        try:
            made = make_assistant(owner=user.pk, username=username, profile=form.profile)
            return _beside_its_form(user, made)
        except EchoMindError as error:
            form.add_error(None, str(error.sentence))
    return render(request, "chat/assistant_new.html", {"form": form})


@require_POST
@signed_in_page
def preview(request: HttpRequest, username: str) -> HttpResponse:
    """A private chat with one's own assistant, its form beside it."""
    user = reader_of(request)
    own_assistant(owner=user.pk, username=username)
    return _beside_its_form(user, username)


@side_pane
def edit(request: HttpRequest, username: str) -> HttpResponse:
    """The pane with the form; what it saves, the next answer uses."""
    user = reader_of(request)
    initial = initial_of(own_assistant(owner=user.pk, username=username))
    choices = assistant_choices(user.pk)
    form = AssistantForm(request.POST or None, initial=initial, choices=choices)
    context: dict[str, object] = {"form": form, "username": username, "faces": faces_of(username)}
    if request.method == "POST" and form.is_valid():
        try:
            change_assistant(owner=user.pk, username=username, profile=form.profile)
            context["notice"] = _("Saved. The next answer uses it.")
        except EchoMindError as error:
            context["error"] = error.sentence
    return render(request, "chat/side/assistant.html", context)


@require_POST
@signed_in_page
def bring(request: HttpRequest, username: str) -> HttpResponse:
    """Put an assistant into a room whose members the reader manages."""
    slug = request.POST.get("room", "")
    try:
        add_member(by=reader_of(request), room=slug, username=username)
    except EchoMindError as error:
        messages.error(request, str(error.sentence))
        return redirect("chat:assistants")
    return redirect("chat:room", slug)


@require_POST
@signed_in_page
def remove(request: HttpRequest, username: str) -> HttpResponse:
    """Take one's own assistant away; the form has asked."""
    remove_assistant(owner=reader_of(request).pk, username=username)
    messages.success(request, _("The assistant was removed."))
    return redirect("chat:assistants")


def _beside_its_form(user: User, username: str) -> HttpResponse:
    room = open_direct_message(user=user, username=username)
    return redirect(reverse("chat:room", args=[room.slug]) + "#edit-assistant")
