"""What the operations of chat share."""

from functools import partial
from typing import cast

from rest_framework.request import Request

from accounts.api import User
from echomind.common.rest_view import PlainText, WireView, checked
from echomind.common.rest_view import operation as any_operation

__all__ = ["ChatView", "PlainText", "caller", "checked", "operation"]

operation = partial(any_operation, tag="chat")


class ChatView(WireView):
    """One resource of chat."""


def caller(request: Request) -> User:
    """The person who calls; `IsPerson` has let nobody else through."""
    return cast(User, request.user)
