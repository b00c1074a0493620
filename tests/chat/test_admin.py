"""The admin of rooms: what staff can do there, at a cost that does not grow with the rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chat.models import Invitation, Membership, Message, Reply, Room
from chat.services.drafts import Draft
from chat.services.invitations import create_invitation
from chat.services.messages import send_message
from chat.types import ReplyState, Role, RoomKind
from tests.factories.people import make_person
from tests.factories.rooms import make_room

MODELS = ("room", "membership", "message", "reply", "invitation")


@pytest.fixture
def staff(db: None) -> User:
    """Looks after the site."""
    return make_person("keeper", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(client: Client, staff: User) -> Client:
    """The browser of staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def say() -> Callable[..., Any]:
    """Sends a message, and returns its row."""

    def send(author: User, room: Room, text: str, to: User | None = None) -> Message:
        addressee = {"to_kind": "assistant", "to_username": to.username} if to else {}
        draft = Draft(client_id=f"{text}-{room.seq}", text=text, **addressee)
        sent = send_message(author=author, room=room.slug, draft=draft)
        return Message.objects.get(pk=sent.message.id)

    return send


def page(model: str, kind: str = "changelist", *arguments: object) -> str:
    """The address of a page of the admin."""
    return reverse(f"admin:chat_{model}_{kind}", args=arguments)


def members_form(room: Room, *rows: dict[str, object]) -> dict[str, object]:
    """The form of a room's page with these rows of members."""
    there = sum("id" in row for row in rows)
    form: dict[str, object] = {
        "name": room.name, "topic": room.topic, "style": room.style, "language": room.language,
        "answering": room.answering, "max_assistant_run": room.max_assistant_run,
        "memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": there,
    }  # fmt: skip
    for number, row in enumerate(rows):
        form |= {f"memberships-{number}-{name}": value for name, value in row.items()}
    return form


def row_of(membership: Membership, **changes: object) -> dict[str, object]:
    """One row of that form."""
    row = {"id": membership.pk, "room": membership.room_id, "user": membership.user_id}
    return {**row, "role": membership.role, **changes}


@pytest.mark.parametrize("model", MODELS)
def test_every_list_costs_the_same_with_more_rows(
    admin: Client,
    owner: User,
    member: User,
    assistant: User,
    say: Callable[..., Any],
    django_assert_num_queries: Any,
    model: str,
) -> None:
    def fill(number: int) -> None:
        room = make_room(owner, name=f"Room {number}", members=(member,))
        say(owner, room, f"why {number}?", to=assistant)
        create_invitation(by=owner, room=room.slug)

    fill(1)
    with django_assert_num_queries(12, exact=False) as first:
        assert admin.get(page(model)).status_code == 200
    for number in range(2, 6):
        fill(number)
    with django_assert_num_queries(len(first)):
        assert admin.get(page(model)).status_code == 200


def test_every_row_has_a_page(
    admin: Client, owner: User, member: User, assistant: User, say: Callable[..., Any]
) -> None:
    room = make_room(owner, members=(member,))
    message = say(owner, room, "why?", to=assistant)
    rows = {
        "room": room.pk, "message": message.pk, "reply": Reply.objects.get().pk,
        "membership": Membership.objects.get(user=member).pk,
        "invitation": create_invitation(by=owner, room=room.slug).pk,
    }  # fmt: skip
    for model, key in rows.items():
        shown = admin.get(page(model, "change", key))
        assert shown.status_code == 200, model


def test_a_new_room_gets_an_address_an_owner_and_the_assistants(
    admin: Client, staff: User, assistant: User
) -> None:
    asked = admin.get(page("room", "add")).content.decode()
    assert 'name="slug"' not in asked
    assert 'value="direct"' not in asked
    form = {"name": "Library", "topic": "", "kind": "public", "style": "comic", "language": "ja"}
    assert admin.post(page("room", "add"), form).status_code == 302
    room = Room.objects.get()
    assert room.slug.startswith("library-")
    assert (room.kind, room.style, room.language) == ("public", "comic", "ja")
    members = {(m.user.username, m.role) for m in room.memberships.select_related("user")}
    assert members == {("keeper", "owner"), ("sage", "member")}


def test_a_style_is_changed_in_the_list_without_touching_the_count(
    admin: Client, owner: User, room: Room, say: Callable[..., Any], monkeypatch: Any
) -> None:
    real = Room.save

    def save_late(self: Room, **options: Any) -> None:
        say(owner, Room.objects.get(pk=room.pk), "meanwhile")
        real(self, **options)

    monkeypatch.setattr(Room, "save", save_late)
    form = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1,
        "form-0-id": room.pk, "form-0-style": "pixel", "_save": "1",
    }  # fmt: skip
    assert admin.post(page("room"), form).status_code == 302
    room.refresh_from_db()
    assert (room.style, room.seq) == ("pixel", 1)


def test_the_kind_of_a_room_is_chosen_once(admin: Client, room: Room) -> None:
    shown = admin.get(page("room", "change", room.pk)).content.decode()
    assert 'name="kind"' not in shown


def test_members_are_added_changed_and_put_out_on_the_rooms_page(
    admin: Client, member: User, reader: User, stranger: User, room: Room
) -> None:
    owners, members, readers = room.memberships.order_by("pk")
    form = members_form(
        room,
        row_of(owners),
        row_of(members, DELETE="on"),
        row_of(readers, role=Role.MODERATOR),
        {"room": room.pk, "user": stranger.pk, "role": Role.READER},
    )
    answered = admin.post(page("room", "change", room.pk), form)
    assert answered.status_code == 302, answered.content.decode()
    now = {m.user.username: m.role for m in room.memberships.select_related("user")}
    assert now == {"owner": "owner", "reader": "moderator", "stranger": "reader"}


def test_a_room_keeps_an_owner_whoever_asks(admin: Client, room: Room) -> None:
    (owners,) = room.memberships.filter(role=Role.OWNER)
    others = [row_of(row) for row in room.memberships.exclude(pk=owners.pk)]
    for change in ({"role": Role.MEMBER}, {"DELETE": "on"}):
        form = members_form(room, row_of(owners, **change), *others)
        assert admin.post(page("room", "change", room.pk), form).status_code == 200
    assert admin.post(page("membership", "delete", owners.pk), {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [owners.pk], "post": "yes"}
    admin.post(page("membership"), form)
    owners.refresh_from_db()
    assert owners.role == Role.OWNER


def test_one_owner_may_follow_another(admin: Client, room: Room) -> None:
    owners, members, readers = room.memberships.order_by("pk")
    form = members_form(
        room, row_of(owners, DELETE="on"), row_of(members, role=Role.OWNER), row_of(readers)
    )
    assert admin.post(page("room", "change", room.pk), form).status_code == 302
    assert [m.role for m in room.memberships.order_by("pk")] == [Role.OWNER, Role.READER]


def test_what_was_said_is_read_and_not_changed(
    admin: Client, owner: User, room: Room, say: Callable[..., Any]
) -> None:
    message = say(owner, room, "as it was")
    shown = admin.get(page("message", "change", message.pk)).content.decode()
    assert "as it was" in shown
    assert "<textarea" not in shown
    refused = admin.post(page("message", "change", message.pk), {"text": "other"})
    assert refused.status_code == 403
    assert admin.get(page("message"), {"removed": "yes"}).content.decode().count("as it was") == 0


def test_waiting_replies_are_stopped_from_the_list(
    admin: Client, owner: User, assistant: User, say: Callable[..., Any]
) -> None:
    room = make_room(owner)
    say(owner, room, "why?", to=assistant)
    reply = Reply.objects.get()
    form = {"action": "stop", "_selected_action": [str(reply.pk)]}
    assert admin.post(page("reply"), form).status_code == 302
    reply.refresh_from_db()
    assert reply.state == ReplyState.STOPPED


def test_a_link_is_ended_from_the_list(
    admin: Client, owner: User, stranger: User, room: Room
) -> None:
    invitation = create_invitation(by=owner, room=room.slug)
    form = {"action": "end", "_selected_action": [invitation.pk]}
    admin.post(page("invitation"), form)
    client = Client()
    client.force_login(stranger)
    assert client.get(reverse("chat:invitation", args=[invitation.token])).status_code == 404


def test_a_deleted_room_takes_along_what_was_said_there(
    admin: Client, owner: User, room: Room, say: Callable[..., Any]
) -> None:
    say(owner, room, "gone soon")
    create_invitation(by=owner, room=room.slug)
    address = page("room", "delete", room.pk)
    assert "gone soon" not in admin.get(address).content.decode()
    assert admin.post(address, {"post": "yes"}).status_code == 302
    assert not Room.objects.filter(kind=RoomKind.PRIVATE).exists()
    assert not Message.objects.exists()
    assert not Invitation.objects.exists()


def test_the_admin_is_closed_to_others(client: Client, member: User) -> None:
    client.force_login(member)
    for model in MODELS:
        assert client.get(page(model)).status_code in (302, 403)
