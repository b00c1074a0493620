"""Placeholders: the same for ever, different between people, and harmless when opened by themselves."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.types import UserKind
from imaging.api import placeholder_path
from imaging.placeholders.placeholder import draw_placeholder
from imaging.types import Style

PEOPLE = ["ming", "kenji", "owner", "member", "a.b-c_d", "x" * 32]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("is_assistant", [False, True])
@pytest.mark.parametrize("username", [*PEOPLE, "<script>", "&", "", "中"])
def test_every_handle_gives_a_well_formed_picture_without_a_reference(
    style: Style, is_assistant: bool, username: str
) -> None:
    picture = ElementTree.fromstring(draw_placeholder(username, style, is_assistant=is_assistant))
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert picture.get("viewBox") == "0 0 64 64"
    assert not tags & {"script", "image", "use", "foreignObject", "style", "a"}


@pytest.mark.parametrize("style", Style)
def test_a_face_stays_the_same_when_the_process_forgets(style: Style) -> None:
    before = draw_placeholder("ming", style, is_assistant=False)
    draw_placeholder.cache_clear()
    assert draw_placeholder("ming", style, is_assistant=False) == before


@pytest.mark.parametrize("style", Style)
def test_people_get_different_faces(style: Style) -> None:
    faces = {draw_placeholder(f"person-{n}", style, is_assistant=False) for n in range(50)}
    assert len(faces) >= 45


@pytest.mark.parametrize("style", Style)
def test_an_assistant_does_not_look_like_a_person_of_the_same_handle(style: Style) -> None:
    person = draw_placeholder("sage", style, is_assistant=False)
    assert draw_placeholder("sage", style, is_assistant=True) != person


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("kind", UserKind)
def test_the_path_of_a_member_serves_the_face_of_the_member(
    client: Client, style: Style, kind: UserKind
) -> None:
    answer = client.get(placeholder_path("a.b-c_d", style, kind))
    is_assistant = kind == UserKind.ASSISTANT
    assert answer.status_code == 200
    assert answer.content.decode() == draw_placeholder("a.b-c_d", style, is_assistant=is_assistant)


def test_a_face_may_be_kept_by_caches_and_can_run_nothing(client: Client) -> None:
    answer = client.get(placeholder_path("ming", Style.COMIC, UserKind.PERSON))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not answer.cookies


def test_a_look_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/avatars/baroque/ming.svg").status_code == 404


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(placeholder_path("ming", Style.PIXEL, UserKind.PERSON)).status_code == 405
