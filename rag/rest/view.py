"""What the operations of documents share."""

from functools import partial
from typing import cast

from rest_framework.request import Request

from accounts.api import User
from echomind.common.rest_view import operation as any_operation
from rag import errors

READING = (errors.CorpusNotFoundError,)
CHANGING = (errors.CorpusNotFoundError, errors.CorpusNotYoursError)

operation = partial(any_operation, tag="knowledge")


def caller(request: Request) -> User:
    """The person who calls; `IsPerson` has let nobody else through."""
    return cast(User, request.user)
