"""Other versions of an answer over HTTP: for the asker and moderators; forks for every reader."""

import pytest

from accounts.models import User
from ai.models import Model, ModelServer
from chat.models import Membership, Message, Reply, Room
from chat.types import Role
from tests.factories.replies import answer, ask
from tests.rest.conftest import Calling

PASSPORT = {
    "model": "tiny", "model_id": None, "adapter": "", "preset": "Chat", "finish": "length",
    "parameters": {"seed": 7},
}  # fmt: skip
PROMPT = [{"role": "user", "content": "[Member] why?"}]
DOORS = ("regenerate", "continue", "repeat")


@pytest.fixture
def reply(room: Room, member: User, assistant: User) -> Reply:
    """An answer to the member's question that ended at its limit."""
    Membership.objects.get_or_create(room=room, user=assistant)
    reply = ask(room, member, assistant)
    answer("Because", passport=PASSPORT, prompt=PROMPT)
    reply.refresh_from_db()
    return reply


@pytest.mark.parametrize("door", DOORS)
def test_the_asker_gets_another_version(
    calling: Calling, member: User, reply: Reply, door: str
) -> None:
    made = calling(member).post(f"/replies/{reply.pk}/{door}/")
    assert made.status_code == 201
    body = made.json()
    assert (body["state"], body["version"], body["question"]) == ("queued", 2, reply.question_id)
    answer("Because of that.")
    page = calling(member).get(f"/rooms/{reply.room.slug}/messages/").json()["results"]
    versions = [read["reply"]["version"] for read in page if read["author"]["username"] == "sage"]
    assert versions == [1, 2]
    assert "content" not in str(page)  # the prompt


@pytest.mark.parametrize("door", DOORS)
def test_members_do_not_have_the_answers_of_others_written_anew_and_moderators_do(
    calling: Calling, reader: User, room: Room, reply: Reply, door: str
) -> None:
    for role, status in ((Role.READER, 403), (Role.MEMBER, 403), (Role.MODERATOR, 201)):
        Membership.objects.filter(room=room, user=reader).update(role=role)
        assert calling(reader).post(f"/replies/{reply.pk}/{door}/").status_code == status


@pytest.mark.parametrize("door", DOORS)
def test_an_asker_who_may_only_read_by_now_is_refused(
    calling: Calling, member: User, room: Room, reply: Reply, door: str
) -> None:
    Membership.objects.filter(room=room, user=member).update(role=Role.READER)
    refused = calling(member).post(f"/replies/{reply.pk}/{door}/")
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only")


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_finds_no_reply(
    calling: Calling, stranger: User, reply: Reply, door: str
) -> None:
    for name in (reply.pk, "not-a-uuid"):
        refused = calling(stranger).post(f"/replies/{name}/{door}/")
        assert (refused.status_code, refused.json()["code"]) == (404, "reply_not_found")


def test_another_model_answers_if_the_room_allows_it(
    calling: Calling, member: User, room: Room, reply: Reply
) -> None:
    server = ModelServer.objects.create(name="Second", base_url="http://127.0.0.1:9/v1")
    small, large = (Model.objects.create(server=server, name=name) for name in ("small", "large"))
    room.allowed_models.add(small)
    address = f"/replies/{reply.pk}/regenerate/"
    refused = calling(member).post(address, model=large.pk)
    assert (refused.status_code, refused.json()["code"]) == (404, "model_not_allowed")
    made = calling(member).post(address, model=small.pk)
    assert Reply.objects.get(pk=made.json()["id"]).wishes["model"] == small.pk


@pytest.mark.parametrize("model", ["large", 0, -1, 2**40])
def test_a_model_is_a_number(calling: Calling, member: User, reply: Reply, model: object) -> None:
    refused = calling(member).post(f"/replies/{reply.pk}/regenerate/", model=model)
    assert refused.status_code == 400
    assert Reply.objects.count() == 1


def test_a_question_is_changed_and_asked_anew(calling: Calling, member: User, reply: Reply) -> None:
    address = f"/messages/{reply.question_id}/rerun/"
    made = calling(member).post(address, text="how?")
    assert (made.status_code, made.json()["version"]) == (201, 2)
    assert Message.objects.get(pk=reply.question_id).text == "how?"


def test_only_its_author_asks_a_question_anew(
    calling: Calling, owner: User, reader: User, stranger: User, reply: Reply
) -> None:
    address = f"/messages/{reply.question_id}/rerun/"
    for user, status in ((owner, 403), (reader, 403), (stranger, 404)):
        assert calling(user).post(address, text="how?").status_code == status
    assert Reply.objects.count() == 1


@pytest.mark.parametrize(("text", "code"), [(" ", "text_empty"), ("x" * 8_001, "text_too_long")])
def test_a_bad_text_is_not_asked(
    calling: Calling, member: User, reply: Reply, text: str, code: str
) -> None:
    refused = calling(member).post(f"/messages/{reply.question_id}/rerun/", text=text)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert Reply.objects.count() == 1


def test_every_reader_may_go_on_in_a_chat_of_their_own(
    calling: Calling, reader: User, stranger: User, reply: Reply
) -> None:
    address = f"/messages/{reply.answer_id}/fork/"
    made = calling(reader).post(address)
    assert (made.status_code, made.json()["kind"]) == (201, "direct")
    page = calling(reader).get(f"/rooms/{made.json()['slug']}/messages/").json()["results"]
    assert [(read["author"]["username"], read["text"]) for read in page] == [
        ("member", "why?"),
        ("sage", "Because"),
    ]
    refused = calling(stranger).post(address)
    assert (refused.status_code, refused.json()["code"]) == (404, "message_not_found")
