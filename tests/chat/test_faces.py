"""Faces of members: drawn when they come, different in each style, seen by everyone at once."""

import io
from pathlib import Path

import pytest
from PIL import Image

from accounts.models import User
from chat.services.faces import make_face, request_missing_faces, upload_face
from chat.services.rooms import change_room, join_room
from imaging.models import Picture
from tests.chat.test_pictures import newest, say
from tests.chat.verify import verified
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_joins_gets_a_face_that_everyone_sees_and_another_in_another_style(
    generators: Path, owner: User, member: User
) -> None:
    comic = make_room(owner, style="comic", kind="public")
    pixel = make_room(owner, style="pixel", kind="public")
    join_room(user=member, room=comic.slug)
    say(member, comic, "hello")
    with verified(comic) as told:
        make_face(user_id=member.pk, style="comic")
    make_face(user_id=member.pk, style="pixel")
    member.refresh_from_db()
    assert told[-1]["type"] == "member.changed"
    assert newest(comic).author.avatar == told[-1]["member"]["avatar"]
    assert member.faces["comic"] in told[-1]["member"]["avatar"]
    assert member.faces["comic"] != member.faces["pixel"]
    assert pixel.pk


def test_a_face_stays_when_its_task_comes_twice(generators: Path, owner: User) -> None:
    make_room(owner, style="comic")
    make_face(user_id=owner.pk, style="comic")
    make_face(user_id=owner.pk, style="comic")
    assert Picture.objects.count() == 1


def test_faces_that_nobody_asked_for_are_asked_for_later(
    generators: Path, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_room(owner, style="comic")
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "chat.services.faces.enqueue", lambda task, queue, user, style: asked.append((user, style))
    )
    request_missing_faces()
    change_room(by=owner, room=room.slug, name="Tea", topic="", style="pixel")
    assert asked == [(str(owner.pk), "comic"), (str(owner.pk), "pixel")]


def test_a_face_that_somebody_sent_is_not_drawn_again(generators: Path, owner: User) -> None:
    room = make_room(owner, style="comic")
    sent = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(sent, "PNG")
    kept = upload_face(user=owner, slug=room.slug, content=sent.getvalue())
    make_face(user_id=owner.pk, style="comic", again=True)
    owner.refresh_from_db()
    assert owner.faces == {"comic": kept}


def test_who_joins_by_writing_gets_a_face_too(
    generators: Path, owner: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_room(owner, style="comic", kind="public")
    asked: list[str] = []
    monkeypatch.setattr(
        "chat.services.faces.enqueue", lambda task, queue, user, style: asked.append(user)
    )
    say(stranger, room, "hello")
    assert asked == [str(stranger.pk)]
