"""Whom one can write to in private: people and assistants."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.api import User
from accounts.types import UserKind
from chat.pages.people import find_people
from chat.services.direct_messages import open_direct_message
from chat.views.page_errors import reader_of, signed_in_page


@signed_in_page
def people(request: HttpRequest) -> HttpResponse:
    """Everyone by name, narrowed by `q`; a POST opens the conversation with one of them."""
    user = reader_of(request)
    if request.method == "POST":
        opened = open_direct_message(user=user, username=request.POST.get("username", ""))
        return redirect("chat:room", opened.slug)
    query = request.GET.get("q", "").strip()
    return render(request, "chat/people.html", {"query": query, **_groups(user, query)})


def _groups(user: User, query: str) -> dict[str, object]:
    found = find_people(reader=user, query=query)
    return {
        "assistants": [one for one in found if one.kind == UserKind.ASSISTANT],
        "people": [one for one in found if one.kind == UserKind.PERSON],
    }
