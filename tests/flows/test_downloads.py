"""Exports over the wire: a browser's link, names in Chinese, and roles."""

import io
import json
import zipfile

import pytest

from tests.flows.client import Person
from tests.live.site import LiveSite


@pytest.fixture
async def conversation(owner: Person) -> str:
    """The slug of a conversation of the owner in which something was said."""
    body = {"assistant": "echo", "title": "茶 / 與咖啡"}
    slug: str = (await owner.post("/api/v1/conversations/", body, 201))["slug"]
    await owner.send(slug, "紅茶怎麼泡？", to={"kind": "everyone"})
    return slug


async def test_a_link_on_a_page_downloads_a_conversation(
    live_site: LiveSite, owner: Person, owner_cookie: str, conversation: str
) -> None:
    name, _, value = owner_cookie.partition("=")
    owner.http.headers.pop("Authorization")
    owner.http.cookies.set(name, value)
    accept = {"Accept": "text/html,*/*;q=0.8"}
    path = f"/api/v1/conversations/{conversation}/export/"
    markdown = await owner.http.get(f"{path}?format=markdown", headers=accept)
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert (
        "filename*=utf-8''%E8%8C%B6-%E8%88%87%E5%92%96%E5%95%A1.md"
        in (markdown.headers["content-disposition"])
    )
    assert "紅茶怎麼泡？" in markdown.text
    log = await owner.http.get(f"{path}?format=jsonl", headers=accept)
    assert 'filename="chat_logs_zh.jsonl"' in log.headers["content-disposition"]
    turn = json.loads(log.text)["history"][0]
    assert turn == {"role": "user", "content": "紅茶怎麼泡？"}


async def test_all_of_ones_own_come_in_one_zip(owner: Person, conversation: str) -> None:
    answer = await owner.http.get("/api/v1/me/export/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as zipped:
        assert zipped.testzip() is None
        assert zipped.namelist()[0] == "chat_logs_zh.jsonl"
        assert len(zipped.namelist()) == 2
    logs = await owner.http.get("/api/v1/me/export/?format=jsonl")
    with zipfile.ZipFile(io.BytesIO(logs.content)) as zipped:
        assert zipped.namelist() == ["chat_logs_zh.jsonl"]


@pytest.mark.parametrize("path", ["me", "conversations/{}"])
async def test_an_unknown_format_is_refused(owner: Person, conversation: str, path: str) -> None:
    refused = await owner.http.get(f"/api/v1/{path.format(conversation)}/export/?format=pdf")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")


async def test_a_room_is_exported_by_its_owner_alone(
    owner: Person, member: Person, stranger: Person, room: str
) -> None:
    await member.send(room, "大家好")
    path = f"/api/v1/rooms/{room}/export/?format=markdown"
    codes = {}
    for person in (owner, member, stranger):
        answer = await person.http.get(path)
        codes[person] = answer.status_code
    assert list(codes.values()) == [200, 403, 404]
    assert "大家好" in (await owner.http.get(path)).text
