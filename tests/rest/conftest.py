"""Callers of the API in their roles."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.response import Response
from rest_framework.test import APIClient

from accounts.models import User
from accounts.tokens import issue_tokens
from chat.models import Room
from rag.models import Corpus
from tests.factories.documents import make_corpus

API = "/api/v1"


class Caller:
    """Somebody with a bearer token. Paths are below /api/v1."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._client = APIClient()
        self._client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_tokens(user).access}")

    def get(self, path: str, **query: object) -> Response:
        return self._client.get(self._address(path), query)

    def post(self, path: str, **body: Any) -> Response:
        return self._client.post(self._address(path), body, format="json")

    def patch(self, path: str, **body: Any) -> Response:
        return self._client.patch(self._address(path), body, format="json")

    def put(self, path: str, **body: Any) -> Response:
        return self._client.put(self._address(path), body, format="json")

    def delete(self, path: str) -> Response:
        return self._client.delete(self._address(path))

    def post_raw(self, path: str, body: bytes) -> Response:
        return self._client.post(self._address(path), body, content_type="application/json")

    def say(self, room: Room, text: str, **body: Any) -> Response:
        """Post a message with a client id of its own."""
        message = {"client_id": str(uuid.uuid4()), "text": text, **body}
        return self.post(f"/rooms/{room.slug}/messages/", **message)

    def _address(self, path: str) -> str:
        return path if path.startswith("/api/") else f"{API}{path}"


Calling = Callable[[User], Caller]


@pytest.fixture
def calling() -> Calling:
    """Makes a caller of a user."""
    return Caller


@pytest.fixture
def nobody() -> APIClient:
    """A client without a token."""
    return APIClient()


def texts(response: Response) -> list[str]:
    """The texts of a page of messages."""
    return [message["text"] for message in response.json()["results"]]


@pytest.fixture
def corpus(owner: User, reader: User) -> Corpus:
    """The owner's, with one reader."""
    return make_corpus(owner, readers=(reader,))
