"""Who answers in a room: the form on its settings page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat.errors import AnsweringInvalidError
from chat.forms import AnsweringForm
from chat.models import Room
from chat.selectors.access import access_to
from chat.selectors.assistants import speaking_in
from chat.services.answering import change_answering
from chat.types import MOST_IN_A_ROW
from chat.views.page_errors import reader_of, signed_in_page
from echomind.common.errors import EchoMindError


@require_POST
@signed_in_page
def answering(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the rule; for owners and moderators."""
    user = reader_of(request)
    form = answering_form(access_to(user=user, slug=slug).room, request.POST)
    try:
        if not form.is_valid():
            raise AnsweringInvalidError(most=MOST_IN_A_ROW)
        change_answering(by=user, room=slug, **form.cleaned_data)
        messages.success(request, _("The room was changed."))
    except EchoMindError as error:
        messages.error(request, str(error.sentence))
    return redirect("chat:room_settings", slug)


def answering_form(room: Room, wanted: QueryDict | None = None) -> AnsweringForm:
    """The room's rule as it is, or the one that is wanted."""
    here = [membership.user for membership in speaking_in(room)]
    chosen = room.default_assistant
    shown = {
        "answering": room.answering,
        "assistant": chosen.username if chosen else "",
        "max_assistant_run": room.max_assistant_run,
    }
    names = [(user.username, user.shown_name) for user in here]
    return AnsweringForm(wanted, initial=shown, assistants=names)
