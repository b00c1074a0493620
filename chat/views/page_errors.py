"""Turns the named errors of a page view into the error page of their status."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.api import User
from echomind.common.errors import EchoMindError
from echomind.common.pages import P, PageView, error_page, signed_in_page

__all__ = ["error_page", "reader_of", "side_pane", "signed_in_page"]


def reader_of(request: HttpRequest) -> User:
    """The signed-in user of a page that only signed-in people reach."""
    if not isinstance(request.user, User):
        raise TypeError("the view lacks signed_in_page")
    return request.user


def side_pane(view: PageView[P]) -> PageView[P]:
    """A partial for the pane on demand; an error of the service becomes a pane that says it."""

    @login_required
    @never_cache
    @wraps(view)
    def pane(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except EchoMindError as error:
            context = {"error": error.sentence}
            return render(request, "chat/side/error.html", context, status=error.status)

    return pane
