"""Faces that nobody has any more go after a day, with their files; all other pictures stay."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from PIL import Image

from accounts.models import User
from chat.services.faces import choose_face, face_choices, make_face, upload_face
from chat.services.write_reply import write_next
from echomind.common.queues import Queue
from imaging.files import FORMS, path_of
from imaging.models import Picture
from imaging.services.drawing import draw_picture
from imaging.services.unused import STILL_SHOWN, sweep_faces
from imaging.types import Drawing
from tests.chat.test_pictures import newest, say
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db(transaction=True)
LATER = STILL_SHOWN + timedelta(minutes=1)


def files() -> set[Path]:
    """All files of pictures that there are."""
    return {path for path in Path(settings.VAR, "pictures").rglob("*") if path.is_file()}


def files_of(*pictures: Picture) -> set[Path]:
    """The files that pictures need."""
    return {path_of(picture.sha256, form) for picture in pictures for form in FORMS}


def test_replaced_faces_go_after_a_day_and_what_is_worn_or_in_a_message_stays(
    drawing_worker: list[str], owner: User, assistant: User
) -> None:
    room = make_room(owner, style="comic")
    make_face(user_id=owner.pk, style="comic")
    sent = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(sent, "PNG")
    upload_face(user=owner, slug=room.slug, content=sent.getvalue())
    kept_before = files()
    face_choices(user=owner, slug=room.slug)
    assert files() == kept_before
    worn = choose_face(user=owner, slug=room.slug, seed=5)
    say(owner, room, "畫柴犬")
    write_next(Queue.IMAGES)

    everything = files()
    assert (sweep_faces(), files()) == (0, everything)
    with time_machine.travel(timezone.now() + LATER):
        assert sweep_faces() == 2
    (shown,) = newest(room).pictures
    left = Picture.objects.all()
    assert {picture.public_id for picture in left} == {worn, shown.id}
    assert files() == files_of(*left)


def test_a_face_that_is_worn_again_stays_and_one_of_nobody_goes(
    generators: Path, owner: User, member: User
) -> None:
    for user in (owner, member):
        make_face(user_id=user.pk, style="pixel")
    owner.refresh_from_db()
    User.objects.filter(pk=owner.pk).update(faces={})
    sweep_faces()
    User.objects.filter(pk=owner.pk).update(faces=owner.faces)
    member.delete()
    sweep_faces()
    with time_machine.travel(timezone.now() + LATER):
        sweep_faces()
    (left,) = Picture.objects.all()
    assert left.public_id == owner.faces["pixel"]
    assert files() == files_of(left)


def test_files_stay_while_an_equal_picture_needs_them_or_is_being_made(
    generators: Path, owner: User
) -> None:
    faces = [draw_picture(Drawing("pixel", seed), maker=owner, use="face") for seed in (1, 2, 3)]
    draw_picture(Drawing("pixel", 1), maker=owner)
    sweep_faces()
    for path in files_of(faces[1]):  # kept once more, and its row is not written yet
        os.utime(path, (time.time(), time.time() + LATER.total_seconds()))
    with time_machine.travel(timezone.now() + LATER):
        assert sweep_faces() == 3
    assert files() == files_of(*faces[:2])
