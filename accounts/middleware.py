"""Chooses the language of an answer."""

from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.models import User

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class LanguageMiddleware:
    """The language of the signed-in user, else the cookie's, else the browser's.

    Stands after the authentication. Django's own rules turn every other Chinese into zh-hant,
    the one that there is.
    """

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self._get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        if self._is_async:
            return self._answer(request)
        if _is_for_everybody(request):
            request.user = AnonymousUser()
        _choose(request, request.user)
        return _named(cast(HttpResponseBase, self._get_response(request)))

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        # Kept for the view: Django would load the user again for `request.user`.
        request.user = AnonymousUser() if _is_for_everybody(request) else await request.auser()
        _choose(request, request.user)
        return _named(await cast(Awaitable[HttpResponseBase], self._get_response(request)))


def _is_for_everybody(request: HttpRequest) -> bool:
    """Whether the answer depends on nobody, so that no session and no user need be read."""
    return request.path.startswith(settings.PATHS_FOR_EVERYBODY)


def _choose(request: HttpRequest, user: User | AnonymousUser) -> None:
    if isinstance(user, AnonymousUser):
        language = translation.get_language_from_request(request)
    else:
        language = user.language
    translation.activate(language)
    request.LANGUAGE_CODE = language  # where Django's own middleware keeps it


def _named(response: HttpResponseBase) -> HttpResponseBase:
    patch_vary_headers(response, ("Accept-Language",))
    response.headers.setdefault("Content-Language", translation.get_language() or "")
    return response
