"""Pictures and faces over HTTP, in every role, and what is sent that must not get in."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.response import Response

from accounts.models import User
from chat.models import Room
from imaging.files import path_of
from imaging.models import Picture
from tests.chat.verify import frames_of
from tests.rest.conftest import Caller, Calling

pytestmark = pytest.mark.django_db(transaction=True)


def encoded(picture: Image.Image, form: str = "PNG", **how: object) -> bytes:
    """The picture as a file of this form."""
    buffer = io.BytesIO()
    picture.save(buffer, form, **how)  # type: ignore[arg-type]
    return buffer.getvalue()


def plain(width: int = 300, height: int = 200, mode: str = "RGB") -> Image.Image:
    """A picture of one colour."""
    return Image.new(mode, (width, height), "teal" if mode != "1" else 0)


def send(caller: Caller, room: Room, content: bytes, name: str = "me.png") -> Response:
    """Send a picture of one's own for a room."""
    file = SimpleUploadedFile(name, content, "image/png")
    return caller._client.post(f"/api/v1/rooms/{room.slug}/avatar/", {"picture": file})


@pytest.mark.parametrize(
    ("kind", "size"), [("shiba", (832, 384)), ("pixel", (128, 128)), ("realistic", (128, 128))]
)
def test_a_picture_is_drawn_and_its_seed_draws_it_again(
    drawing_worker: list[str], calling: Calling, owner: User, kind: str, size: tuple[int, int]
) -> None:
    caller = calling(owner)
    made = caller.post("/pictures/", kind=kind)
    again = caller.post("/pictures/", kind=kind, seed=made.json()["seed"])
    assert (made.status_code, again.status_code) == (201, 201)
    assert {"id", "url", "width", "height", "seed", "ms"} <= made.json().keys()
    assert (made.json()["width"], made.json()["height"]) == size
    files = [caller._client.get(each.json()["url"]).content for each in (made, again)]
    assert files[0] == files[1] != b""
    assert caller.get(f"/pictures/{made.json()['id']}/").json() == made.json()


def test_a_picture_is_none_of_a_strangers_business(
    drawing_worker: list[str], calling: Calling, owner: User, stranger: User, nobody: Caller
) -> None:
    made = calling(owner).post("/pictures/", kind="shiba").json()
    refused = calling(stranger).get(f"/pictures/{made['id']}/")
    assert (refused.status_code, refused.json()["code"]) == (404, "picture_not_found")
    assert calling(stranger)._client.get(made["url"]).status_code == 404
    assert nobody.get(f"/api/v1/pictures/{made['id']}/").status_code == 401
    assert nobody.post("/api/v1/pictures/", {"kind": "shiba"}).status_code == 401


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "cat"}, "picture_kind_unknown"),
        ({"kind": "shiba\0"}, "picture_kind_unknown"),
        ({"kind": "shiba", "seed": -1}, "seed_invalid"),
        ({"kind": "shiba", "seed": 2**31}, "seed_invalid"),
        ({"kind": "shiba", "seed": "many"}, "invalid"),
        ({"kind": ["shiba"]}, "invalid"),
        ({}, "invalid"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    drawing_worker: list[str], calling: Calling, owner: User, body: dict[str, object], code: str
) -> None:
    refused = calling(owner).post("/pictures/", **body)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not Picture.objects.exists()


def test_a_generator_that_is_not_there_is_named(
    no_generators: Path, calling: Calling, owner: User
) -> None:
    refused = calling(owner).post("/pictures/", kind="shiba")
    assert (refused.status_code, refused.json()["code"]) == (503, "generator_missing")


def test_a_chosen_face_is_seen_by_everyone_at_once(
    drawing_worker: list[str], calling: Calling, member: User, room: Room
) -> None:
    caller = calling(member)
    choices = caller.post(f"/rooms/{room.slug}/avatar/choices/").json()["choices"]
    assert len({choice["picture"] for choice in choices}) == 6
    with frames_of(room) as told:
        made = caller.post(f"/rooms/{room.slug}/avatar/", seed=choices[2]["seed"]).json()
    assert [frame["member"]["avatar"] for frame in told] == [made["url"]]
    assert made["seed"] == choices[2]["seed"]
    members = caller.get(f"/rooms/{room.slug}/").json()["members"]
    assert made["url"] in [each["avatar"] for each in members]
    assert Picture.objects.count() == 1  # the other choices are kept nowhere


def test_who_is_no_member_chooses_no_face(
    drawing_worker: list[str], calling: Calling, stranger: User, room: Room, public_room: Room
) -> None:
    codes = [
        calling(stranger).post(f"/rooms/{each.slug}/avatar/", seed=1).json()["code"]
        for each in (room, public_room)
    ]
    assert codes == ["room_not_found", "join_first"]


def test_every_way_to_a_face_counts_towards_the_pictures_of_a_minute(
    drawing_worker: list[str],
    calling: Calling,
    member: User,
    room: Room,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "PICTURES_PER_MINUTE", 0)
    caller = calling(member)
    address = f"/rooms/{room.slug}/avatar/"
    refused = (
        caller.post(f"{address}choices/"),
        caller.post(address, seed=1),
        send(caller, room, encoded(plain())),
    )
    assert {answer.json()["code"] for answer in refused} == {"too_many_pictures"}
    assert not Picture.objects.exists()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_ones_own_is_drawn_anew(
    generators: Path, calling: Calling, member: User, room: Room, form: str
) -> None:
    sent = encoded(plain(), form) + b"<script>alert(1)</script>"  # a polyglot's other half
    made = send(calling(member), room, sent)
    assert made.status_code == 201
    row = Picture.objects.get()
    kept = path_of(row.sha256, "png").read_bytes()
    assert b"script" not in kept
    assert (row.seed, row.width, row.height) == (None, 256, 256)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SVG, "upload_invalid"),
        (b"GIF89a<script>", "upload_invalid"),
        (encoded(plain(), "GIF"), "upload_invalid"),
        (encoded(plain())[:60], "upload_invalid"),
        (b"%PDF-1.4", "upload_invalid"),
        (b"\0" * 6_000_000, "upload_too_large"),
        (encoded(plain(30_000, 10, "1")), "upload_too_wide"),
        (encoded(plain(7_900, 7_900, "1")), "upload_too_wide"),
        (encoded(plain(), "WEBP", save_all=True, append_images=[plain(mode="L").convert("RGB").rotate(9)]),
         "upload_animated"),
        (encoded(plain(), "PNG", save_all=True, append_images=[Image.new("RGB", (300, 200), "red")]),
         "upload_animated"),
    ],
)  # fmt: skip
def test_what_must_not_get_in_is_refused_and_the_face_stays(
    generators: Path, calling: Calling, member: User, room: Room, content: bytes, code: str
) -> None:
    refused = send(calling(member), room, content)
    assert refused.json()["code"] == code
    assert refused.json()["message"]
    member.refresh_from_db()
    assert (member.faces, Picture.objects.count()) == ({}, 0)
