"""What an assistant may find out about rooms and messages, and for whom."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from ai.types import Brief, Found, ReplyRequest, ToolName
from chat.models import Membership, Message, Reply, Room
from chat.selectors.site_data import SiteQuestion, site_facts
from chat.services.direct_messages import open_direct_message
from chat.services.drafts import Draft
from chat.services.messages import delete_message, send_message
from chat.services.room_tools import site_data, with_room_tools
from chat.types import AddresseeKind
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db(transaction=True)


def say(room: Room, author: User, text: str) -> int:
    """Send a message to everyone and return its id."""
    draft = Draft(f"{author.pk}-{Message.objects.count()}", text)
    return send_message(author=author, room=room.slug, draft=draft).message.id


def ask(room: Room, asker: User, assistant: User, text: str = "?") -> Reply:
    """A reply that waits for the answer to a question."""
    room.members.add(assistant)
    draft = Draft(f"q{Message.objects.count()}", text, AddresseeKind.ASSISTANT, assistant.username)
    message = send_message(author=asker, room=room.slug, draft=draft).message
    joins = Reply.objects.select_related("room", "assistant", "asker", "question")
    return joins.get(question=message.id)


def test_messages_are_counted_without_removed_ones_and_the_question_itself(
    room: Room, owner: User, member: User, assistant: User
) -> None:
    gone = say(room, owner, "one")
    for text in ("two", "three"):
        say(room, member, text)
    delete_message(editor=owner, message_id=gone)
    facts, count = site_facts(ask(room, owner, assistant), SiteQuestion("count"))
    assert facts == {"room": room.name, "messages": 2}
    assert count == 2


@pytest.mark.parametrize(("period", "count"), [("today", 1), ("yesterday", 1), ("always", 3)])
def test_a_period_narrows_the_count(
    room: Room, member: User, assistant: User, period: str, count: int
) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for time in (midnight - timedelta(days=400), midnight - timedelta(hours=1), midnight):
        Message.objects.filter(pk=say(room, member, "hi")).update(created_at=time)
    facts, _ = site_facts(ask(room, member, assistant), SiteQuestion("count", period))
    assert facts["messages"] == count


def test_people_are_ranked_and_assistants_are_not(
    room: Room, owner: User, member: User, assistant: User
) -> None:
    room.members.add(assistant)
    for author, times in ((owner, 1), (member, 2)):
        for _ in range(times):
            say(room, author, "hi")
    reply = ask(room, owner, assistant)
    Message.objects.filter(author=owner).exclude(pk=reply.question_id).update(author=assistant)
    facts, count = site_facts(reply, SiteQuestion("ranking"))
    assert facts["most"] == [{"who": "member", "messages": 2}]
    assert count == 1


@pytest.mark.parametrize("name", ["member", "@Member", "阿宏"])
def test_the_last_message_of_a_member_is_found_by_handle_and_by_name(
    room: Room, member: User, assistant: User, name: str
) -> None:
    User.objects.filter(pk=member.pk).update(name="阿宏")
    say(room, member, "first")
    say(room, member, "last " + "x" * 500)
    facts, count = site_facts(ask(room, member, assistant), SiteQuestion("last", member=name))
    assert (facts["who"], facts["text"][:6], count) == ("阿宏", "last x", 1)
    assert len(facts["text"]) == 120
    assert facts["when"].startswith(timezone.localtime().strftime("%Y-%m-%d"))


def test_the_first_message_about_a_word_is_found(
    room: Room, owner: User, member: User, assistant: User
) -> None:
    say(room, owner, "颱風要來了")
    say(room, member, "颱風走了")
    facts, _ = site_facts(ask(room, member, assistant), SiteQuestion("first", word="颱風"))
    assert (facts["who"], facts["text"]) == ("owner", "颱風要來了")


def test_a_word_is_no_pattern(room: Room, member: User, assistant: User) -> None:
    say(room, member, "100 of them")
    for word in ("%", "_", "100%", "' OR 1=1 --"):
        facts, count = site_facts(ask(room, member, assistant), SiteQuestion("count", word=word))
        assert (facts["messages"], count) == (0, 0)


def test_somebody_unknown_is_said_to_be_unknown(
    room: Room, member: User, stranger: User, assistant: User
) -> None:
    for name in ("nobody", stranger.username):
        asked = SiteQuestion("last", member=name)
        facts, count = site_facts(ask(room, member, assistant), asked)
        assert "error" in facts
        assert count == 0


def test_in_company_another_room_of_the_asker_is_not_told(
    room: Room, member: User, stranger: User, assistant: User
) -> None:
    secret = make_room(stranger, name="Secret", members=(member,))
    say(secret, stranger, "surprise party")
    reply = ask(room, member, assistant)
    facts, count = site_facts(reply, SiteQuestion("last", room="Secret"))
    assert (facts, count) == ({"error": "no such room", "room": "Secret"}, 0)
    rooms, _ = site_facts(reply, SiteQuestion("rooms"))
    assert [told["name"] for told in rooms["rooms"]] == [room.name]


def test_alone_with_the_assistant_the_asker_s_rooms_are_told_and_no_others(
    room: Room, member: User, stranger: User, assistant: User
) -> None:
    make_room(stranger, name="Secret")
    say(room, member, "hello")
    private = open_direct_message(user=member, username=assistant.username)
    reply = ask(private, member, assistant)
    assert site_facts(reply, SiteQuestion("count", room=room.name))[1] == 1
    for name in ("Secret", "secret"):
        assert "error" in site_facts(reply, SiteQuestion("count", room=name))[0]
    rooms, _ = site_facts(reply, SiteQuestion("rooms"))
    assert "Secret" not in {told["name"] for told in rooms["rooms"]}


def test_a_public_room_is_told_everywhere(
    room: Room, public_room: Room, owner: User, member: User, assistant: User
) -> None:
    say(public_room, owner, "hello all")
    reply = ask(room, member, assistant)
    facts, count = site_facts(reply, SiteQuestion("count", room=public_room.slug))
    assert (facts["room"], count) == (public_room.name, 1)


def test_an_asker_who_has_left_the_room_learns_nothing(
    room: Room, member: User, assistant: User
) -> None:
    say(room, member, "hello")
    reply = ask(room, member, assistant)
    Membership.objects.filter(room=room, user=member).delete()
    assert "error" in site_facts(reply, SiteQuestion("count"))[0]


def test_the_tool_comes_only_to_assistants_that_have_it(
    room: Room, member: User, assistant: User
) -> None:
    reply = ask(room, member, assistant)
    for tools, names in (((), []), ((ToolName.SITE_DATA,), [ToolName.SITE_DATA])):
        request = ReplyRequest(
            "key", "sage", "en", turns=(), trace_id="t", brief=Brief(tools=tools)
        )
        assert [tool.name for tool in with_room_tools(reply, request).tools] == names


def test_the_tool_answers_beside_the_event_loop(room: Room, member: User, assistant: User) -> None:
    tool = site_data(ask(room, member, assistant))
    found = asyncio.run(tool.run({"question": "count"}))
    assert found == Found('{"room": "Tea house", "messages": 0}', 0)
