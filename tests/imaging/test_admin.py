"""Styles in the admin: staff sees what a generator draws, takes in another, and has faces made again."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from imaging.models import PictureStyle
from imaging.services.drawing import draw_picture
from imaging.types import Drawing
from tests.factories.people import make_person
from tests.imaging.generators import save_generator

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/imaging/picturestyle/"


@pytest.fixture
def staff(db: None, client: Client) -> Client:
    """A signed-in member of the staff."""
    client.force_login(make_person("staff", is_staff=True, is_superuser=True))
    return client


def page_of(slug: str) -> str:
    """The page of a style."""
    return f"{LIST}{PictureStyle.objects.get(slug=slug).pk}/change/"


def values(slug: str, **fields: object) -> dict[str, object]:
    """The form of a style as it is, with some fields changed."""
    return {"slug": slug, "name": "", "generator": "gan", "accent": "", **fields}


def test_a_style_shows_what_it_draws(drawing_worker: list[str], staff: Client) -> None:
    assert staff.get(LIST).status_code == 200
    page = staff.get(page_of("pixel"))
    assert page.content.decode().count("data:image/webp") == 12


def test_weights_from_training_are_taken_in(
    drawing_worker: list[str], staff: Client, tmp_path: Path
) -> None:
    file = tmp_path / "new.onnx"
    save_generator(file, "pixel", shown=(64, 64), native=(8, 8))
    sent = SimpleUploadedFile("new.onnx", file.read_bytes())
    answer = staff.post(page_of("pixel"), values("pixel", weights=sent, accent="#1b7a3d"))
    style = PictureStyle.objects.get(slug="pixel")
    assert answer.status_code == 302
    assert (style.is_uploaded, style.width, style.accent) == (True, 64, "#1b7a3d")
    assert draw_picture(Drawing("pixel", 1), maker=None).width == 64


@pytest.mark.parametrize(
    "fields",
    [
        {"weights": SimpleUploadedFile("new.onnx", b"not a model")},
        {"accent": "red"},
        {"accent": "#ffff00"},
        {"generator": "crayon"},
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(
    drawing_worker: list[str], staff: Client, fields: dict[str, object]
) -> None:
    before = PictureStyle.objects.values().get(slug="pixel")
    page = staff.post(page_of("pixel"), values("pixel", **fields))
    assert "errorlist" in page.content.decode()
    assert PictureStyle.objects.values().get(slug="pixel") == before


def test_weights_of_too_many_bytes_are_not_taken_in(
    drawing_worker: list[str], staff: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imaging.admin.LARGEST_WEIGHTS", 1000)
    file = tmp_path / "new.onnx"
    save_generator(file, "pixel", shown=(64, 64), native=(8, 8))
    sent = SimpleUploadedFile("new.onnx", file.read_bytes())
    staff.post(page_of("pixel"), values("pixel", weights=sent))
    assert not PictureStyle.objects.get(slug="pixel").is_uploaded


def test_faces_are_made_again_but_for_those_that_people_sent(
    drawing_worker: list[str], staff: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "chat.services.faces.enqueue", lambda task, queue, user, style, again: asked.append(user)
    )
    owner.faces = {"pixel": "known"}
    owner.save(update_fields=["faces"])
    staff.post(page_of("pixel"), values("pixel", _make_again="1"))
    assert asked == [str(owner.pk)]
