"""Messages over HTTP: sending once, pages without a gap, and what is refused."""

import pytest

from accounts.models import User
from chat.models import Membership, Message, Reply, Room
from chat.types import ReplyState
from tests.rest.conftest import Calling, texts


def test_a_member_sends_and_a_reader_reads(
    calling: Calling, member: User, reader: User, room: Room
) -> None:
    sent = calling(member).say(room, "早安 **all**", to={"kind": "member", "username": "owner"})
    assert sent.status_code == 201
    message = sent.json()
    assert (message["seq"], message["room"]) == (1, room.slug)
    assert message["to"] == {"kind": "member", "username": "owner"}
    assert "<strong>all</strong>" in message["html"]
    read = calling(reader).get(f"/rooms/{room.slug}/messages/").json()
    assert (read["results"], read["next"], read["previous"]) == ([message], None, None)


@pytest.mark.django_db(transaction=True)  # a repeated row is found after a failed insert
def test_the_same_client_id_is_sent_once(calling: Calling, member: User, room: Room) -> None:
    caller = calling(member)
    first = caller.say(room, "once", client_id="one")
    again = caller.say(room, "once", client_id="one")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    conflict = caller.say(room, "twice", client_id="one")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "client_id_conflict")
    assert conflict.json()["data"] == {"client_id": "one"}
    assert texts(caller.get(f"/rooms/{room.slug}/messages/")) == ["once"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": " \n"}, "text_empty"),
        ({"text": "字" * 8_001}, "text_too_long"),
        ({"text": "nul \x00"}, "text_invalid"),
        ({"text": "left \u202egnihtemos"}, "text_invalid"),
        ({"text": 5}, "invalid"),
        ({"text": None}, "invalid"),
        ({"client_id": ""}, "client_id_invalid"),
        ({"client_id": "x" * 65}, "client_id_invalid"),
        ({"to": {"kind": "member", "username": "stranger"}}, "addressee_left"),
        ({"to": {"kind": "assistant"}}, "addressee_left"),
        ({"to": {"kind": "all"}}, "invalid"),
        ({"to": "everyone"}, "invalid"),
        ({"reply_to": 2**40}, "message_not_found"),
        ({"reply_to": 2**80}, "message_not_found"),
        ({"reply_to": "first"}, "invalid"),
    ],
)
def test_what_cannot_be_said_writes_nothing(
    calling: Calling, member: User, stranger: User, room: Room, wrong: dict[str, object], code: str
) -> None:
    refused = calling(member).say(room, **{"text": "hello", **wrong})  # type: ignore[arg-type]
    assert refused.json()["code"] == code
    assert not Message.objects.exists()


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(
    calling: Calling, member: User, room: Room, body: bytes
) -> None:
    refused = calling(member).post_raw(f"/rooms/{room.slug}/messages/", body)
    assert refused.status_code == 400
    assert set(refused.json()) == {"code", "message", "data"}


def test_a_body_over_a_mebibyte_is_refused(calling: Calling, member: User, room: Room) -> None:
    refused = calling(member).post_raw(f"/rooms/{room.slug}/messages/", b"x" * (1024 * 1024 + 1))
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


def test_a_quoted_message_of_another_room_is_not_there(
    calling: Calling, owner: User, member: User, room: Room, public_room: Room
) -> None:
    elsewhere = calling(owner).say(public_room, "elsewhere").json()["id"]
    refused = calling(member).say(room, "this", reply_to=elsewhere)
    assert (refused.status_code, refused.json()["code"]) == (404, "message_not_found")


def test_a_reader_writes_nothing_by_any_door(
    calling: Calling, member: User, reader: User, room: Room
) -> None:
    message = calling(member).say(room, "mine").json()["id"]
    caller = calling(reader)
    refusals = [
        caller.say(room, "hello?"),
        caller.patch(f"/messages/{message}/", text="theirs"),
        caller.delete(f"/messages/{message}/"),
        caller.post(f"/messages/{message}/reactions/", emoji="👍"),
    ]
    assert {(r.status_code, r.json()["code"]) for r in refusals} == {(403, "read_only")}


def test_a_stranger_writes_nothing_by_any_door(
    calling: Calling, member: User, stranger: User, room: Room
) -> None:
    message = calling(member).say(room, "ours").json()["id"]
    caller = calling(stranger)
    assert caller.say(room, "hello?").json()["code"] == "room_not_found"
    refusals = [
        caller.patch(f"/messages/{message}/", text="mine"),
        caller.delete(f"/messages/{message}/"),
        caller.post(f"/messages/{message}/reactions/", emoji="👍"),
    ]
    assert {(r.status_code, r.json()["code"]) for r in refusals} == {(404, "message_not_found")}


def test_posting_in_a_public_room_makes_a_member(
    calling: Calling, stranger: User, public_room: Room
) -> None:
    assert calling(stranger).say(public_room, "good morning").status_code == 201
    assert Membership.objects.filter(user=stranger, room=public_room, role="member").exists()


def test_editing_and_deleting_are_the_authors_and_deleting_a_moderators_too(
    calling: Calling, owner: User, member: User, room: Room
) -> None:
    message = calling(member).say(room, "first").json()["id"]
    assert calling(owner).patch(f"/messages/{message}/", text="x").json()["code"] == "not_allowed"
    assert calling(member).patch(f"/messages/{message}/", text="second").json() == {"seq": 2}
    (read,) = calling(owner).get(f"/rooms/{room.slug}/messages/").json()["results"]
    assert (read["text"], read["seq"]) == ("second", 1)
    assert read["edited_at"] is not None
    assert calling(owner).delete(f"/messages/{message}/").status_code == 204
    assert texts(calling(member).get(f"/rooms/{room.slug}/messages/")) == []
    assert calling(member).patch(f"/messages/{message}/", text="x").status_code == 404


def test_a_reaction_is_put_on_and_taken_off(calling: Calling, member: User, room: Room) -> None:
    caller = calling(member)
    message = caller.say(room, "good").json()["id"]
    assert caller.post(f"/messages/{message}/reactions/", emoji="👍").json() == {"seq": 2}
    (read,) = caller.get(f"/rooms/{room.slug}/messages/").json()["results"]
    assert read["reactions"] == [{"emoji": "👍", "count": 1, "usernames": ["member"]}]
    assert caller.post(f"/messages/{message}/reactions/", emoji="👍").json() == {"seq": 3}
    (read,) = caller.get(f"/rooms/{room.slug}/messages/").json()["results"]
    assert read["reactions"] == []


def test_pages_lead_to_each_other_both_ways(calling: Calling, member: User, room: Room) -> None:
    caller = calling(member)
    for number in range(7):
        caller.say(room, str(number))
    newest = caller.get(f"/rooms/{room.slug}/messages/", limit=3).json()
    older = caller.get(newest["previous"])
    oldest = caller.get(older.json()["previous"])
    assert texts(older) == ["1", "2", "3"]
    assert (texts(oldest), oldest.json()["previous"]) == (["0"], None)
    assert texts(caller.get(oldest.json()["next"])) == ["1", "2", "3"]


def test_a_page_keeps_its_messages_while_new_ones_arrive(
    calling: Calling, member: User, room: Room
) -> None:
    caller = calling(member)
    for number in range(4):
        caller.say(room, str(number))
    previous = caller.get(f"/rooms/{room.slug}/messages/", limit=2).json()["previous"]
    caller.say(room, "late")
    assert texts(caller.get(previous)) == ["0", "1"]


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 101}, {"limit": "all"}, {"after_seq": -1}, {"before_seq": "x"}],
)
def test_a_window_that_makes_no_sense_is_refused(
    calling: Calling, member: User, room: Room, query: dict[str, object]
) -> None:
    refused = calling(member).get(f"/rooms/{room.slug}/messages/", **query)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    assert set(refused.json()["data"]) == set(query)


def test_a_number_beyond_every_message_finds_none(
    calling: Calling, member: User, room: Room
) -> None:
    page = calling(member).get(f"/rooms/{room.slug}/messages/", after_seq=2**70).json()
    assert (page["results"], page["next"]) == ([], None)


def test_reading_moves_the_mark_forward_only(
    calling: Calling, owner: User, member: User, room: Room
) -> None:
    for text in ("one", "two"):
        calling(owner).say(room, text)
    caller = calling(member)
    assert caller.get(f"/rooms/{room.slug}/").json()["unread"] == 2
    for seq in (2, 1):
        assert caller.post(f"/rooms/{room.slug}/read/", seq=seq).status_code == 204
    assert caller.get(f"/rooms/{room.slug}/").json()["unread"] == 0


def test_a_message_to_an_assistant_opens_one_reply_with_the_requests_trace(
    calling: Calling, member: User, room: Room, assistant: User
) -> None:
    Membership.objects.create(room=room, user=assistant)
    sent = calling(member).say(room, "why?", to={"kind": "assistant", "username": "sage"}).json()
    reply = Reply.objects.get()
    assert (sent["reply"]["id"], sent["reply"]["state"]) == (str(reply.pk), ReplyState.QUEUED)
    assert len(reply.trace_id) == 36


def test_a_page_of_messages_costs_five_statements(
    calling: Calling,
    owner: User,
    member: User,
    room: Room,
    assistant: User,
    django_assert_max_num_queries: object,
) -> None:
    Membership.objects.create(room=room, user=assistant)
    caller = calling(member)
    for number in range(5):
        caller.say(room, str(number), to={"kind": "assistant", "username": "sage"})
        calling(owner).say(room, f"re {number}", to={"kind": "member", "username": "member"})
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert len(texts(caller.get(f"/rooms/{room.slug}/messages/"))) == 10
