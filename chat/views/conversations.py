"""A person's chats with assistants: the list of all, a new one, and what can be done with one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chat.pages.assistants import shown_cards
from chat.pages.conversations import list_context
from chat.selectors.conversations import conversation_of
from chat.services.conversations import (
    MAX_TITLE,
    begin_conversation,
    change_conversation,
    delete_conversation,
)
from chat.views.page_errors import reader_of, side_pane, signed_in_page
from echomind.common.errors import EchoMindError


@never_cache
@signed_in_page
def conversations(request: HttpRequest) -> HttpResponse:
    """Those at hand, the archived ones (`?archived=1`), or those that hold the words `q`."""
    return render(request, "chat/conversations.html", list_context(reader_of(request), request.GET))


@signed_in_page
def new(request: HttpRequest) -> HttpResponse:
    """Whom to talk to; a POST begins the chat."""
    user = reader_of(request)
    if request.method == "POST":
        made = begin_conversation(user=user, assistant=request.POST.get("assistant", ""))
        return redirect("chat:room", made.slug)
    return render(request, "chat/conversation_new.html", {"assistants": shown_cards(user)})


@side_pane
def conversation(request: HttpRequest, slug: str) -> HttpResponse:
    """The pane of one chat; a POST gives it another title."""
    context: dict[str, object] = {"max_title": MAX_TITLE}
    if request.method == "POST":
        try:
            title = request.POST.get("title", "")
            change_conversation(user=reader_of(request), slug=slug, title=title)
            context["notice"] = _("The title was changed.")
        except EchoMindError as error:
            context["error"] = error.sentence
    context["conversation"] = conversation_of(user=reader_of(request), slug=slug)
    return render(request, "chat/side/conversation.html", context)


@require_POST
@signed_in_page
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a chat aside, or with `back` into the sidebar again, where one then sees it."""
    back = "back" in request.POST
    change_conversation(user=reader_of(request), slug=slug, archived=not back)
    if back:
        return redirect("chat:room", slug)
    messages.success(request, _("The chat was archived."))
    return redirect("chat:conversations")


@require_POST
@signed_in_page
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a chat for good; the pane has asked."""
    delete_conversation(user=reader_of(request), slug=slug)
    messages.success(request, _("The chat was deleted."))
    return redirect("chat:conversations")
