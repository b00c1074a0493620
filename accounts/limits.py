"""Rate limits fail closed: while the Redis that counts does not answer, nobody gets through."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from redis.exceptions import RedisError

from accounts.errors import LimitsDownError

RETRY_AFTER_S = 30
View = Callable[..., HttpResponseBase]


@contextmanager
def limits_needed() -> Iterator[None]:
    """What runs inside counts attempts. Raises LimitsDownError when they cannot be counted."""
    try:
        yield
    except RedisError as error:
        raise LimitsDownError from error


def closed_without_limits(view: View) -> View:
    """The view, answering with a page that says so while attempts cannot be counted."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            with limits_needed():
                return view(request, *args, **kwargs)
        except LimitsDownError as error:
            answer = render(request, "accounts/try_later.html", status=error.status)
            answer.headers["Retry-After"] = str(RETRY_AFTER_S)
            return answer

    return guarded
