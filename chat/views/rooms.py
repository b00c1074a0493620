"""The first page, a room, a new room, and the door of an invitation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page

from ai.api import model_is_on_this_machine
from chat.forms import NewRoomForm
from chat.pages.room import room_context
from chat.pages.sidebar import sections_for
from chat.selectors.room_list import rooms_beside, where_to_begin
from chat.services.invitations import accept_invitation, find_invitation
from chat.services.rooms import create_room
from chat.types import RoomKind
from chat.views.page_errors import reader_of, signed_in_page

LAST_ROOM = "last_room"  # session key: where the reader was


def home(request: HttpRequest) -> HttpResponse:
    """The room the reader left, else the first; a stranger is welcomed."""
    if not request.user.is_authenticated:
        return render(request, "chat/welcome.html", {"ai_is_here": model_is_on_this_machine()})
    slug = where_to_begin(reader_of(request), request.session.get(LAST_ROOM))
    return redirect("chat:room", slug) if slug else redirect("chat:new_room")


@gzip_page
@never_cache
@signed_in_page
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """A room with its newest messages."""
    context = room_context(reader_of(request), slug)
    if request.session.get(LAST_ROOM) != slug:
        request.session[LAST_ROOM] = slug
    return render(request, "chat/room.html", context)


@never_cache
@signed_in_page
def room_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The sidebar's sections as they are now, for a page that shows the room `slug`."""
    user = reader_of(request)
    rooms = rooms_beside(user)
    here = next((wire for wire in rooms if wire.slug == slug), None)
    context = {"sections": sections_for(user.username, rooms), "room": here}
    return render(request, "chat/_sidebar_rooms.html", context)


@signed_in_page
def new_room(request: HttpRequest) -> HttpResponse:
    """A form for a private room, or for a public one where staff asks."""
    user = reader_of(request)
    form = NewRoomForm(request.POST or None, may_be_public=user.is_staff)
    if form.is_valid():
        made = create_room(creator=user, **form.cleaned_data)
        return redirect("chat:room", made.slug)
    return render(request, "chat/room_new.html", {"form": form})


@signed_in_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who invites where; a POST enters."""
    if request.method == "POST":
        entered = accept_invitation(user=reader_of(request), token=token)
        return redirect("chat:room", entered.slug)
    found = find_invitation(token)
    private = found.room.kind == RoomKind.PRIVATE
    return render(request, "chat/invitation.html", {"invitation": found, "private": private})
