"""Pictures in rooms: drawn on request, faces of members, and who sees them."""

import asyncio
import uuid
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.test import Client

from accounts.models import User
from ai.types import Turn
from chat.models import Message, Reply, Room
from chat.selectors.timeline import message_page
from chat.services.conversations import begin_conversation
from chat.services.drafts import Draft
from chat.services.messages import delete_message, send_message
from chat.services.picture_tool import draw_picture
from chat.services.versions import regenerate_reply, repeat_reply
from chat.services.write_reply import write_next
from chat.types import AddresseeKind, ReplyState
from chat.wire import MessageWire
from echomind.common.queues import Queue
from imaging.errors import KindUnknownError, SeedInvalidError, TooManyPicturesError
from imaging.files import path_of
from imaging.models import Picture
from tests.chat.verify import verified
from tests.factories.people import make_assistant
from tests.factories.replies import answer, ask
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db(transaction=True)


def say(author: User, room: Room, text: str, **to: str) -> MessageWire:
    """Something said in a room."""
    return send_message(
        author=author, room=room.slug, draft=Draft(str(uuid.uuid4()), text, **to)
    ).message


def newest(room: Room) -> MessageWire:
    """What stands last in a room."""
    return message_page(room=room).messages[-1]


@pytest.mark.parametrize("where", ["with an assistant", "without one", "alone with one"])
def test_a_shiba_is_drawn_in_any_room_and_shown_to_everyone(
    generators: Path, owner: User, member: User, where: str
) -> None:
    if where == "without one":
        room = make_room(owner, members=(member,))
        make_assistant("sage")
    else:
        sage = make_assistant("sage")
        alone = where == "alone with one"
        room = begin_conversation(user=owner, assistant="sage") if alone else make_room(owner)
        assert sage.pk
    with verified(room):
        question = say(owner, room, "畫柴犬")
        write_next(Queue.IMAGES)
    answer = newest(room)
    (picture,) = answer.pictures
    assert answer.author.username == "sage"
    assert answer.reply_to == question.id
    assert (picture.kind, picture.width, picture.height) == ("shiba", 832, 384)
    assert answer.text == picture.alt
    assert str(picture.seed) in picture.alt


def test_the_same_seed_gives_the_same_file_and_another_gives_another(
    generators: Path, owner: User, assistant: User
) -> None:
    room = make_room(owner)
    for text in ("畫柴犬 #7", "draw a shiba #7", "柴犬を描いて #8"):
        say(owner, room, text)
        write_next(Queue.IMAGES)
    first, same, other = Picture.objects.order_by("pk").values_list("sha256", flat=True)
    assert first == same != other


def test_another_version_has_another_seed_and_a_repetition_the_same(
    generators: Path, owner: User, assistant: User
) -> None:
    room = make_room(owner)
    say(owner, room, "畫柴犬")
    write_next(Queue.IMAGES)
    first = Reply.objects.get()
    regenerate_reply(user=owner, reply_id=str(first.pk))
    write_next(Queue.IMAGES)
    again = repeat_reply(user=owner, reply_id=str(first.pk))
    write_next(Queue.IMAGES)
    again.refresh_from_db()
    pictures = Picture.objects.order_by("pk").values_list("sha256", flat=True)
    assert pictures[0] == pictures[2] != pictures[1]
    assert again.passport["same"]


def test_a_broken_generator_fails_the_reply_and_leaves_the_chat_alone(
    no_generators: Path, owner: User, assistant: User
) -> None:
    room = make_room(owner)
    say(owner, room, "畫柴犬")
    write_next(Queue.IMAGES)
    reply = Reply.objects.get()
    assert (reply.state, reply.code) == (ReplyState.FAILED, "generator_missing")
    assert say(owner, room, "Never mind.").text == "Never mind."
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("text", "error"), [("/draw cat", KindUnknownError), ("畫柴犬 #99999999999", SeedInvalidError)]
)
def test_what_cannot_be_drawn_is_refused_before_it_is_said(
    generators: Path, owner: User, assistant: User, text: str, error: type[Exception]
) -> None:
    room = make_room(owner)
    with pytest.raises(error):
        say(owner, room, text)
    assert not Message.objects.exists()


def test_a_hundred_requests_of_one_person_are_limited_and_others_are_served(
    generators: Path,
    owner: User,
    member: User,
    assistant: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "PICTURES_PER_MINUTE", 3)
    room = make_room(owner, members=(member,))
    refused = 0
    for _ in range(100):
        try:
            say(owner, room, "畫柴犬")
        except TooManyPicturesError:
            refused += 1
    assert refused >= 94  # a minute may end among them
    say(member, room, "畫柴犬")


def test_what_is_told_to_one_member_is_no_request(
    generators: Path, owner: User, member: User, assistant: User
) -> None:
    room = make_room(owner, members=(member,))
    say(owner, room, "畫柴犬", to_kind=AddresseeKind.MEMBER, to_username=member.username)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("role", ["asker", "member", "stranger", "nobody"])
def test_a_picture_of_a_room_is_for_those_who_may_read_the_room(
    generators: Path,
    owner: User,
    member: User,
    stranger: User,
    assistant: User,
    role: str,
) -> None:
    room = make_room(owner, members=(member,))
    say(owner, room, "畫柴犬")
    write_next(Queue.IMAGES)
    (picture,) = newest(room).pictures
    client = Client()
    people = {"asker": owner, "member": member, "stranger": stranger}
    if role in people:
        client.force_login(people[role])
    answers = {client.get(address).status_code for address in (picture.url, picture.download)}
    expected = {"asker": 200, "member": 200, "stranger": 404, "nobody": 401}
    assert answers == {expected[role]}
    delete_message(editor=owner, message_id=newest(room).id)
    if role == "member":
        assert client.get(picture.url).status_code == 404


def test_a_lost_file_is_drawn_again_and_the_room_can_be_read_meanwhile(
    drawing_worker: list[str], owner: User, assistant: User, client: Client
) -> None:
    room = make_room(owner)
    say(owner, room, "畫柴犬")
    write_next(Queue.IMAGES)
    (picture,) = newest(room).pictures
    row = Picture.objects.get(public_id=picture.id)
    for form in ("png", "webp", "thumb.webp"):
        path_of(row.sha256, form).unlink()
    client.force_login(owner)
    assert client.get(f"/rooms/{room.slug}/").status_code == 200
    assert client.get(picture.url).status_code == 404
    assert drawing_worker == ["imaging.remake"]
    answer = client.get(picture.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]


def test_what_the_tool_draws_stands_below_the_assistants_own_words(
    drawing_worker: list[str], owner: User, assistant: User
) -> None:
    room = make_room(owner)
    question = ask(room, owner, assistant, "tell me a joke and draw me a shiba")
    reply = Reply.objects.select_related("room", "asker").get(pk=question.pk)
    tool = draw_picture(reply)
    turns = [Turn("user", "Owner", "a joke, and draw me a shiba")]
    assert async_to_sync(tool.hears)(turns) == {"kind": "shiba"}
    found = asyncio.run(tool.run({"kind": "shiba", "seed": 7}))
    answer("Here is one.")
    message = newest(room)
    assert '"seed": 7' in found.text
    assert (message.text, [each.seed for each in message.pictures]) == ("Here is one.", [7])
