"""A room's settings: its name and look, its members and their roles, its invitations, leaving."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat.errors import NotAllowedError
from chat.forms import AddMemberForm, RoomForm
from chat.models import Room
from chat.permissions import may_moderate, may_own
from chat.selectors.access import access_to
from chat.selectors.members import member_page
from chat.services.invitations import create_invitation
from chat.services.members import add_member, change_role, remove_member
from chat.services.rooms import change_room, leave_room
from chat.types import Role, RoomKind
from chat.views.answering import answering_form
from chat.views.corpora import corpora_form
from chat.views.page_errors import reader_of, signed_in_page
from echomind.common.errors import EchoMindError

LONGEST_NUMBER = 6  # digits of a page; more than any room has


@signed_in_page
def room_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What a member may see and change; a POST saves the name, topic and style."""
    user = reader_of(request)
    access = access_to(user=user, slug=slug)
    if access.role is None or access.room.kind == RoomKind.DIRECT:
        raise NotAllowedError
    shown = {"name": access.room.name, "topic": access.room.topic, "style": access.room.style}
    form = RoomForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        change_room(by=user, room=slug, **form.cleaned_data)
        messages.success(request, _("The room was changed."))
        return redirect("chat:room_settings", slug)
    context = {
        "room": access.room,
        **_members(request, access.room),
        "form": form,
        "add_form": AddMemberForm(),
        "answering_form": answering_form(access.room),
        "corpora_form": corpora_form(access.room, user) if may_own(access.role) else None,
        "roles": Role.choices,
        "owns": may_own(access.role),
        "moderates": may_moderate(access.role),
        "invitation_token": request.session.pop(_invitation_key(slug), ""),
    }
    return render(request, "chat/room_settings.html", context)


@require_POST
@signed_in_page
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put somebody into the room by handle."""
    form = AddMemberForm(request.POST)
    if form.is_valid():
        _try(
            request,
            lambda: add_member(by=reader_of(request), room=slug, **form.cleaned_data),
            _("The member was added."),
        )
    return redirect("chat:room_settings", slug)


@require_POST
@signed_in_page
def member(request: HttpRequest, slug: str, username: str) -> HttpResponse:
    """Give a member another role, or put them out of the room."""
    user, role = reader_of(request), request.POST.get("role", "")
    if role == "remove":
        _try(
            request,
            lambda: remove_member(by=user, room=slug, username=username),
            _("The member was removed."),
        )
    else:
        _try(
            request,
            lambda: change_role(by=user, room=slug, username=username, role=role),
            _("The role was changed."),
        )
    return redirect("chat:room_settings", slug)


@require_POST
@signed_in_page
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link, shown once on the settings page."""
    made = create_invitation(by=reader_of(request), room=slug)
    request.session[_invitation_key(slug)] = made.token
    return redirect(reverse("chat:room_settings", args=[slug]) + "#invite")


@require_POST
@signed_in_page
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop being a member."""
    left = _try(
        request,
        lambda: leave_room(user=reader_of(request), room=slug),
        _("You have left the room."),
    )
    return redirect("chat:home") if left else redirect("chat:room_settings", slug)


def _members(request: HttpRequest, room: Room) -> dict[str, object]:
    """A page of the members, `?page=` from 1, and the numbers of those beside it."""
    asked = request.GET.get("page", "")
    is_number = asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    number = max(1, int(asked)) if is_number else 1
    members, more = member_page(room, number)
    return {
        "members": members,
        "earlier_page": number - 1,
        "later_page": number + 1 if more else 0,
    }


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Run one service; success and refusal become a notice on the next page."""
    try:
        act()
    except EchoMindError as error:
        messages.error(request, str(error.sentence))
        return False
    messages.success(request, done)
    return True


def _invitation_key(slug: str) -> str:
    return f"invitation:{slug}"
