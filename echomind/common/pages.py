"""Pages of signed-in people: a named error becomes the error page of its status."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
