"""One person's use of the HTTP interface, with a bearer token. Leaves sockets to `socket`."""

from __future__ import annotations

import uuid
from types import TracebackType
from typing import Any, Self

import httpx

from tests.flows.client.shapes import ErrorBody, Json, Message, Page, Reply, Room, Tokens, checked
from tests.flows.client.socket import Socket

PASSWORD = "correct horse battery staple"


class ApiError(Exception):
    """The site refused: `status` is HTTP's, `code` the contract's."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.code: str = body["code"]


def new_client_id() -> str:
    """An id of ours for a message, so that sending it twice is harmless."""
    return str(uuid.uuid4())


class Person:
    """Someone signed in at `base_url`. Use as an async context manager."""

    def __init__(self, base_url: str, username: str, access: str) -> None:
        self.base_url = base_url
        self.username = username
        self.access = access
        self.http = httpx.AsyncClient(
            base_url=base_url, headers={"Authorization": f"Bearer {access}"}, timeout=20
        )

    @classmethod
    async def sign_up(cls, base_url: str, username: str, **fields: str) -> Person:
        """A new account, signed in."""
        async with httpx.AsyncClient(base_url=base_url, timeout=20) as http:
            body = {"username": username, "password": PASSWORD, **fields}
            answer = await http.post("/api/v1/auth/signup/", json=body)
            _body_of(answer, 201)
        return await cls.sign_in(base_url, username)

    @classmethod
    async def sign_in(cls, base_url: str, username: str, password: str = PASSWORD) -> Person:
        """An account that exists. Raises ApiError for a wrong password."""
        async with httpx.AsyncClient(base_url=base_url, timeout=20) as http:
            body = {"username": username, "password": password}
            answer = await http.post("/api/v1/auth/token/", json=body)
            tokens = checked(_body_of(answer, 200), Tokens)
        return cls(base_url, username, tokens["access"])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.aclose()

    def move_to(self, base_url: str) -> None:
        """Talk to another address of the same site from now on."""
        self.base_url = base_url
        self.http.base_url = httpx.URL(base_url)

    async def rooms(self) -> list[Json]:
        """The rooms of this person and the public ones, from all pages."""
        return [checked(room, Room) for room in await self._all_pages("/api/v1/rooms/")]

    async def room(self, slug: str) -> Json:
        """One room. Raises ApiError `room_not_found`."""
        return self._shaped(await self.get(f"/api/v1/rooms/{slug}/"), Room)

    async def create_room(self, name: str, kind: str = "private", **fields: str) -> Json:
        """A new room owned by this person."""
        body = {"name": name, "kind": kind, "style": "minimalist", **fields}
        return self._shaped(await self.post("/api/v1/rooms/", body, 201), Room)

    async def direct_message(self, username: str) -> Json:
        """The room of this person and one other."""
        answer = await self.http.post("/api/v1/direct-messages/", json={"username": username})
        return self._shaped(_body_of(answer, 200, 201), Room)

    async def message_page(self, slug: str, **query: int) -> Json:
        """One page of a room's messages; `query` is after_seq, before_seq and limit."""
        page = self._shaped(await self.get(f"/api/v1/rooms/{slug}/messages/", **query), Page)
        for message in page["results"]:
            checked(message, Message)
        return page

    async def messages(self, slug: str) -> list[Json]:
        """All messages of a room, oldest first."""
        found: list[Json] = []
        while True:
            after = found[-1]["seq"] if found else 0
            page = await self.message_page(slug, after_seq=after, limit=100)
            if not page["results"]:
                return found
            found += sorted(page["results"], key=lambda message: message["seq"])

    async def send(self, slug: str, text: str, **fields: Any) -> Json:
        """A message posted over HTTP; `fields` may hold client_id, to and reply_to."""
        return (await self.post_message(slug, text, **fields))[1]

    async def post_message(self, slug: str, text: str, **fields: Any) -> tuple[int, Json]:
        """As `send`, with the status: 201 for a new row, 200 for one that was there already."""
        body = {"client_id": new_client_id(), "text": text, "to": {"kind": "everyone"}, **fields}
        answer = await self.http.post(f"/api/v1/rooms/{slug}/messages/", json=body)
        return answer.status_code, checked(_body_of(answer, 200, 201), Message)

    async def reply(self, reply: str) -> Json:
        """The state of an assistant's reply."""
        return self._shaped(await self.get(f"/api/v1/replies/{reply}/"), Reply)

    async def cancel_reply(self, reply: str) -> None:
        """Ask an assistant to stop."""
        answer = await self.http.post(f"/api/v1/replies/{reply}/cancel/")
        _body_of(answer, 200, 202, 204)

    async def connect(self, base_url: str | None = None) -> Socket:
        """A socket of this person's, by another way to the site if an address is given."""
        return await Socket.connect(base_url or self.base_url, self.access, origin=self.base_url)

    async def get(self, path: str, **query: int | str) -> Any:
        """The body of a GET. Raises ApiError."""
        return _body_of(await self.http.get(path, params=query), 200)

    async def post(self, path: str, body: Json, *expected: int) -> Any:
        """The body of a POST. Raises ApiError."""
        return _body_of(await self.http.post(path, json=body), *expected)

    async def _all_pages(self, path: str) -> list[Json]:
        found: list[Json] = []
        following: str | None = path
        while following:
            page = self._shaped(await self.get(following), Page)
            found += page["results"]
            following = page["next"]
        return found

    @staticmethod
    def _shaped(body: Any, shape: Any) -> Json:
        result: Json = checked(body, shape)
        return result


def _body_of(answer: httpx.Response, *expected: int) -> Any:
    body = answer.json() if answer.content else None
    if answer.status_code in expected:
        return body
    if answer.is_success:
        raise AssertionError(f"{answer.request.url} answered {answer.status_code}")
    raise ApiError(answer.status_code, checked(body, ErrorBody))
