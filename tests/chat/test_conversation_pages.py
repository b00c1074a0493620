"""The pages of chats with assistants, for their person and for others."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chat.models import Membership, Room
from chat.services.forks import fork_conversation
from tests.factories.conversations import exchange, make_conversation


@pytest.fixture
def conversation(owner: User, assistant: User) -> Room:
    """The owner's, about tea."""
    room = make_conversation(owner, assistant, title="Tea")
    exchange(room, owner, "荔枝紅茶怎麼泡？", "用熱水。")
    return room


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def page(client: Client, name: str, *args: str, **query: str) -> str:
    """What the page shows."""
    return client.get(reverse(f"chat:{name}", args=args), query).content.decode()


def test_a_new_chat_begins_on_the_page_of_assistants(owner: User, assistant: User) -> None:
    assistant.assistant.greetings = {"zh-hant": "您好，想喝茶嗎？"}
    assistant.assistant.save()
    client = signed_in(owner)
    assert "您好，想喝茶嗎？" in page(client, "new_conversation")
    begun = client.post(reverse("chat:new_conversation"), {"assistant": "sage"})
    room = Room.objects.get()
    assert begun["Location"] == reverse("chat:room", args=[room.slug])
    assert client.post(reverse("chat:new_conversation"), {"assistant": "x"}).status_code == 404


def test_the_list_hides_archived_chats_and_search_finds_them(
    owner: User, conversation: Room
) -> None:
    client = signed_in(owner)
    assert ">Tea<" in page(client, "conversations")
    address = reverse("chat:archive_conversation", args=[conversation.slug])
    assert client.post(address).status_code == 302
    assert ">Tea<" not in page(client, "conversations")
    assert ">Tea<" in page(client, "conversations", archived="1")
    found = page(client, "conversations", q="荔枝")
    assert "荔枝紅茶怎麼泡？" in found
    assert 'name="back"' in found
    assert client.post(address, {"back": ""}).status_code == 302
    assert not Membership.objects.exclude(archived_at=None).exists()


def test_the_pane_renames_and_says_what_is_wrong(owner: User, conversation: Room) -> None:
    client, pane = signed_in(owner), reverse("chat:conversation", args=[conversation.slug])
    assert 'value="Oolong"' in client.post(pane, {"title": "Oolong"}).content.decode()
    refused = client.post(pane, {"title": "x" * 65}).content.decode()
    assert "notice error" in refused
    conversation.refresh_from_db()
    assert conversation.title == "Oolong"


def test_a_chat_is_deleted_by_its_person(owner: User, conversation: Room) -> None:
    client = signed_in(owner)
    deleted = client.post(reverse("chat:delete_conversation", args=[conversation.slug]))
    assert deleted["Location"] == reverse("chat:conversations")
    assert not Room.objects.exists()


def test_a_fork_leads_back_to_where_it_was_made_while_its_person_may_go_there(
    owner: User, conversation: Room
) -> None:
    client, said = signed_in(owner), conversation.messages.earliest("seq")
    fork = fork_conversation(user=owner, message_id=said.pk)
    address = f"{reverse('chat:room', args=[conversation.slug])}#message-{said.pk}"
    assert f'<a href="{address}">「Tea」' in page(client, "room", fork.slug)
    assert "接續自" not in page(client, "room", conversation.slug)
    Membership.objects.filter(room=conversation, user=owner).delete()
    without = page(client, "room", fork.slug)
    assert "您現在看不到那裡" in without
    assert conversation.slug not in without


@pytest.mark.parametrize("name", ["conversation", "archive_conversation", "delete_conversation"])
def test_a_stranger_finds_no_chat_of_others(stranger: User, conversation: Room, name: str) -> None:
    client = signed_in(stranger)
    assert client.post(reverse(f"chat:{name}", args=[conversation.slug])).status_code == 404
    assert Room.objects.filter(title="Tea").exists()


def test_the_head_of_a_chat_shows_its_title_and_whom_it_is_with(
    owner: User, conversation: Room
) -> None:
    shown = page(signed_in(owner), "room", conversation.slug)
    assert "<h1>Tea</h1>" in shown
    assert '<p id="talks-with" >Sage</p>' in shown
    assert f'data-side="{reverse("chat:conversation", args=[conversation.slug])}"' in shown
