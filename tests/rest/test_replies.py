"""Replies over HTTP: their text, who may stop them, who may try again."""

import pytest
from asgiref.sync import async_to_sync

from accounts.models import User
from chat.models import Membership, Reply, Room
from chat.realtime.reply_stream import ReplyWriter
from chat.services.end_reply import Outcome, end_reply
from chat.services.reply_queue import claim_next_reply
from chat.types import ReplyState, Role
from tests.rest.conftest import Calling


@pytest.fixture
def reply(calling: Calling, member: User, room: Room, assistant: User) -> Reply:
    """The assistant's reply to a question of the member, waiting."""
    Membership.objects.create(room=room, user=assistant)
    calling(member).say(room, "why?", to={"kind": "assistant", "username": assistant.username})
    return Reply.objects.get()


async def _write(reply: Reply, text: str) -> None:
    writer = ReplyWriter(
        room_id=reply.room_id, room=reply.room.slug, reply=str(reply.pk), attempt=reply.attempt
    )
    await writer.start()
    await writer.write(text)
    await writer.close()


def test_a_waiting_reply_has_no_text(calling: Calling, reader: User, reply: Reply) -> None:
    seen = calling(reader).get(f"/replies/{reply.pk}/").json()
    assert seen == {
        "id": str(reply.pk),
        "state": "queued",
        "attempt": 0,
        "assistant": "sage",
        "citations": [],
        "passport": {},
        "code": "",
        "version": 1,
        "versions": 1,
        "text": "",
        "question": reply.question_id,
        "message": None,
    }


def test_a_reply_being_written_shows_its_text_so_far(
    calling: Calling, member: User, reply: Reply
) -> None:
    running = claim_next_reply()
    assert running is not None
    async_to_sync(_write)(running, "天空 is bl")
    seen = calling(member).get(f"/replies/{reply.pk}/").json()
    assert (seen["state"], seen["attempt"], seen["text"]) == ("writing", 1, "天空 is bl")


def test_a_finished_reply_shows_its_message(calling: Calling, member: User, reply: Reply) -> None:
    running = claim_next_reply()
    assert running is not None
    done = Outcome(ReplyState.DONE, text="Because.", passport={"model": "tiny"})
    assert end_reply(running, done, expected=ReplyState.WRITING)
    seen = calling(member).get(f"/replies/{reply.pk}/").json()
    reply.refresh_from_db()
    assert (seen["state"], seen["text"], seen["message"]) == ("done", "Because.", reply.answer_id)
    assert seen["passport"] == {"model": "tiny"}


@pytest.mark.parametrize("path", ["/replies/{}/", "/replies/{}/cancel/", "/replies/{}/retry/"])
def test_a_reply_of_a_room_of_others_is_not_there(
    calling: Calling, stranger: User, reply: Reply, path: str
) -> None:
    call = calling(stranger).get if path.count("/") == 3 else calling(stranger).post
    for name in (reply.pk, "not-a-uuid"):
        refused = call(path.format(name))
        assert (refused.status_code, refused.json()["code"]) == (404, "reply_not_found")


def test_the_asker_stops_a_waiting_reply_at_once(
    calling: Calling, member: User, reply: Reply
) -> None:
    stopped = calling(member).post(f"/replies/{reply.pk}/cancel/")
    assert (stopped.status_code, stopped.json()["state"]) == (200, "stopped")
    again = calling(member).post(f"/replies/{reply.pk}/cancel/")
    assert (again.status_code, again.json()["code"]) == (409, "reply_not_running")


def test_only_the_asker_or_a_moderator_stops_a_reply(
    calling: Calling, owner: User, reader: User, room: Room, reply: Reply
) -> None:
    refused = calling(reader).post(f"/replies/{reply.pk}/cancel/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    Membership.objects.filter(user=reader, room=room).update(role=Role.MODERATOR)
    assert calling(reader).post(f"/replies/{reply.pk}/cancel/").json()["state"] == "stopped"


def test_only_a_failed_reply_is_tried_again(calling: Calling, member: User, reply: Reply) -> None:
    refused = calling(member).post(f"/replies/{reply.pk}/retry/")
    assert (refused.status_code, refused.json()["code"]) == (409, "reply_not_failed")
    failed = Outcome(ReplyState.FAILED, code="model_failed")
    assert end_reply(reply, failed, expected=ReplyState.QUEUED)
    assert calling(member).get(f"/replies/{reply.pk}/").json()["code"] == "model_failed"
    again = calling(member).post(f"/replies/{reply.pk}/retry/").json()
    assert (again["state"], again["code"]) == ("queued", "")


def test_a_deleted_question_is_not_tried_again(
    calling: Calling, member: User, reply: Reply
) -> None:
    failed = Outcome(ReplyState.FAILED, code="model_failed")
    assert end_reply(reply, failed, expected=ReplyState.QUEUED)
    calling(member).delete(f"/messages/{reply.question_id}/")
    refused = calling(member).post(f"/replies/{reply.pk}/retry/")
    assert (refused.status_code, refused.json()["code"]) == (409, "reply_not_failed")
