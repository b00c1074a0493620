"""Messages over HTTP: client ids, pages, and what is refused."""

import pytest

from tests.flows.client import ApiError, Person
from tests.flows.client.person import new_client_id


async def test_a_message_is_a_row_that_everyone_in_the_room_reads(
    owner: Person, reader: Person, room: str
) -> None:
    status, sent = await owner.post_message(room, "早安 **all**")
    assert status == 201
    assert sent["author"]["username"] == owner.username
    assert (sent["room"], sent["text"], sent["to"]) == (room, "早安 **all**", {"kind": "everyone"})
    assert "<strong>all</strong>" in sent["html"]
    assert await reader.messages(room) == [sent]


async def test_the_same_client_id_returns_the_first_row(owner: Person, room: str) -> None:
    client_id = new_client_id()
    first = await owner.post_message(room, "once", client_id=client_id)
    again = await owner.post_message(room, "once", client_id=client_id)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert len(await owner.messages(room)) == 1


async def test_the_same_client_id_with_another_body_is_a_conflict(owner: Person, room: str) -> None:
    client_id = new_client_id()
    await owner.send(room, "once", client_id=client_id)
    with pytest.raises(ApiError) as refused:
        await owner.send(room, "something else", client_id=client_id)
    assert (refused.value.status, refused.value.code) == (409, "client_id_conflict")
    assert [m["text"] for m in await owner.messages(room)] == ["once"]


async def test_two_people_may_use_the_same_client_id(
    owner: Person, member: Person, room: str
) -> None:
    client_id = new_client_id()
    await owner.send(room, "mine", client_id=client_id)
    await member.send(room, "also mine", client_id=client_id)
    assert len(await owner.messages(room)) == 2


async def test_pages_go_both_ways_without_gap_or_repetition(owner: Person, room: str) -> None:
    sent = [(await owner.send(room, str(number)))["id"] for number in range(7)]
    forward = await owner.message_page(room, after_seq=0, limit=3)
    assert sorted(m["id"] for m in forward["results"]) == sent[:3]
    newest = await owner.message_page(room, limit=3)
    assert sorted(m["id"] for m in newest["results"]) == sent[4:]
    oldest_seen = min(m["seq"] for m in newest["results"])
    older = await owner.message_page(room, before_seq=oldest_seen, limit=3)
    assert sorted(m["id"] for m in older["results"]) == sent[1:4]
    assert [m["id"] for m in await owner.messages(room)] == sent


async def test_following_previous_reaches_the_first_message(owner: Person, room: str) -> None:
    sent = [(await owner.send(room, str(number)))["id"] for number in range(5)]
    page = await owner.message_page(room, limit=2)
    found = {m["id"] for m in page["results"]}
    while page["previous"]:
        page = await owner.get(page["previous"])
        found |= {m["id"] for m in page["results"]}
    assert sorted(found) == sent


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": ""}, "text_empty"),
        ({"text": " \n\t "}, "text_empty"),
        ({"text": "字" * 8_001}, "text_too_long"),
        ({"text": "bell \x07"}, "text_invalid"),
        ({"text": "nul \x00"}, "text_invalid"),
        ({"text": "left \u202egnihtemos"}, "text_invalid"),
        ({"client_id": ""}, "client_id_invalid"),
        ({"client_id": "x" * 65}, "client_id_invalid"),
        ({"to": {"kind": "member", "username": "nobody-has-this"}}, "addressee_left"),
        ({"reply_to": 2**40}, "message_not_found"),
    ],
)
async def test_what_cannot_be_said_gets_its_code_and_writes_nothing(
    owner: Person, room: str, wrong: dict[str, object], code: str
) -> None:
    body = {"client_id": new_client_id(), "text": "hello", "to": {"kind": "everyone"}, **wrong}
    with pytest.raises(ApiError) as refused:
        await owner.post(f"/api/v1/rooms/{room}/messages/", body, 201)
    assert refused.value.code == code
    assert await owner.messages(room) == []


async def test_the_longest_message_is_accepted(owner: Person, room: str) -> None:
    longest = "字" * 8_000
    assert (await owner.send(room, longest))["text"] == longest


async def test_a_reader_writes_nothing(reader: Person, room: str) -> None:
    with pytest.raises(ApiError) as refused:
        await reader.send(room, "hello?")
    assert (refused.value.status, refused.value.code) == (403, "read_only")
    assert await reader.messages(room) == []


async def test_a_stranger_writes_nothing(owner: Person, stranger: Person, room: str) -> None:
    with pytest.raises(ApiError) as refused:
        await stranger.send(room, "hello?")
    assert (refused.value.status, refused.value.code) == (404, "room_not_found")
    assert await owner.messages(room) == []


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff\xfe", b"null"])
async def test_a_body_that_is_no_message_is_refused_in_the_one_shape(
    owner: Person, room: str, body: bytes
) -> None:
    answer = await owner.http.post(
        f"/api/v1/rooms/{room}/messages/",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "data"}
    assert await owner.messages(room) == []
