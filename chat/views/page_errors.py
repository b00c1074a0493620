"""Turns the named errors of a page view into the error page of their status."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.api import User
from echomind.common.errors import EchoMindError

P = ParamSpec("P")
PageView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in_page(view: PageView[P]) -> PageView[P]:
    """A page for signed-in people; an error of the service becomes a page that says it."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except EchoMindError as error:
            return error_page(request, error)

    return page


def error_page(request: HttpRequest, error: EchoMindError) -> HttpResponse:
    """The error's sentence in the site's look, with its status."""
    return render(request, "error.html", {"sentence": error.sentence}, status=error.status)


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
