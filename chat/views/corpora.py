"""The corpora of a room: what a question there may name, and its owner's choice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.api import User
from chat.forms import CorporaForm
from chat.models import Room
from chat.selectors.access import access_to
from chat.selectors.corpora import named_here, readers_of
from chat.services.room_corpora import choose_corpora
from chat.views.page_errors import reader_of, signed_in_page
from echomind.common.errors import EchoMindError
from rag.api import corpus_names, readable_corpora


@signed_in_page
def corpora(request: HttpRequest, slug: str) -> HttpResponse:
    """Slugs and names for the completion of `#`: what everybody in the room may read."""
    room = access_to(user=reader_of(request), slug=slug).room
    found = [{"slug": one.slug, "name": one.name} for one in named_here(room)]
    return JsonResponse({"corpora": found})


@require_POST
@signed_in_page
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the owner's choice."""
    try:
        choose_corpora(by=reader_of(request), room=slug, slugs=set(request.POST.getlist("corpora")))
        messages.success(request, _("The room was changed."))
    except EchoMindError as error:
        messages.error(request, str(error.sentence))
    return redirect(reverse("chat:room_settings", args=[slug]) + "#knowledge")


def corpora_form(room: Room, owner: User) -> CorporaForm:
    """The room's corpora, and those that its owner could choose; it says which not all may read.

    Of one that the owner may read no more, the name that it has by now is none of their business.
    """
    chosen = set(room.corpora.values_list("pk", flat=True))
    readable = set(readable_corpora([owner.pk]))
    for_all = set(readable_corpora(readers_of(room)))
    offered = corpus_names(readable | chosen)
    names = {one.slug: one.name if one.id in readable else one.slug for one in offered}
    choices = [
        (one.slug, names[one.slug] if one.id in for_all else _not_for_all(names[one.slug]))
        for one in offered
    ]
    initial = {"corpora": [one.slug for one in offered if one.id in chosen]}
    return CorporaForm(initial=initial, corpora=choices)


def _not_for_all(name: str) -> str:
    return _("{name} (not used: not everyone here may read it)").format(name=name)
