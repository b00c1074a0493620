"""Unread marks that tell the truth, older messages without jumps, and the way back to the end."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from chat.models import Membership, Message
from chat.services.drafts import Draft
from chat.services.messages import send_message
from tests.browser.visitor import Visitor

LONG_ROOM = 130


@pytest.fixture
def long_room(room: str, owner: Visitor, on_site: Callable[[Callable[[], None]], None]) -> str:
    """The room with more messages than a page holds, all read by its members."""

    def fill() -> None:
        author = User.objects.get(username=owner.username)
        for number in range(LONG_ROOM):
            text = f"message {number}\n\n" + "一些字 " * (number % 40)
            draft = Draft(client_id=uuid.uuid4().hex, text=text)
            send_message(author=author, room=room, draft=draft, trace_id="test")
        Membership.objects.filter(room__slug=room).update(last_read_seq=LONG_ROOM)

    on_site(fill)
    return room


def test_a_message_elsewhere_is_counted_in_sidebar_and_title(
    room: str, owner: Visitor, member: Visitor
) -> None:
    other = member.tab()
    member.enter("comic", other)
    member.enter("comic")
    owner.enter(room)
    owner.say("one")
    owner.say("two")
    link = member.page.locator(f"[data-room='{room}']")
    expect(link.locator(".count")).to_have_text("2")
    expect(link).to_contain_class("unread")
    assert member.page.title().startswith("(2) ")
    member.enter(room)
    expect(member.page.locator("#new-line")).to_be_visible()
    expect(link.locator(".count")).to_have_text("")
    expect(other.locator(f"[data-room='{room}'] .count")).to_have_text("")  # the site knows it
    member.enter("comic")
    expect(link.locator(".count")).to_have_text("")


def test_reading_in_one_tab_clears_the_other(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    other = member.tab()
    member.enter("comic", other)
    owner.say("seen at once")
    member.hears("seen at once")
    expect(other.locator(f"[data-room='{both_inside}'] .count")).to_have_text("")


def test_a_room_opens_at_its_end(long_room: str, member: Visitor) -> None:
    member.enter(long_room)
    expect(member.row(f"message {LONG_ROOM - 1}")).to_be_in_viewport()
    expect(member.page.locator("#rows [data-message]")).to_have_count(50)


def test_older_messages_come_in_order_without_a_jump(long_room: str, member: Visitor) -> None:
    page = member.enter(long_room)
    # The first row itself may join the group of the row that comes above it.
    seen = member.row(f"message {LONG_ROOM - 48}\n").first
    seen.evaluate("row => row.scrollIntoView({ block: 'start' })")
    member.settle()
    where = seen.evaluate("row => row.getBoundingClientRect().top")
    expect(page.locator("#rows [data-message]")).to_have_count(100)
    assert abs(seen.evaluate("row => row.getBoundingClientRect().top") - where) <= 1
    member.scroll_to(1_000_000)
    expect(page.locator("#rows [data-message]")).to_have_count(LONG_ROOM)
    expect(page.locator("#beginning")).to_be_visible()
    seqs = page.eval_on_selector_all("#rows [data-message]", "all => all.map(r => +r.dataset.seq)")
    assert seqs == sorted(set(seqs))
    assert page.locator(".day").count() == 1


def test_a_reader_of_history_is_not_moved_and_is_told(
    long_room: str, owner: Visitor, member: Visitor
) -> None:
    owner.enter(long_room)
    page = member.enter(long_room)
    member.scroll_to(700)
    row = member.row(f"message {LONG_ROOM - 20}\n").first
    where = row.evaluate("row => row.getBoundingClientRect().top")
    owner.say("news")
    owner.say("more news")
    expect(page.locator("#jump")).to_have_text("↓ 2 new")
    assert abs(row.evaluate("row => row.getBoundingClientRect().top") - where) <= 1
    page.click("#jump")
    expect(member.row("more news")).to_be_in_viewport()
    expect(page.locator("#jump")).to_be_hidden()


def test_a_quotation_leads_to_its_message_however_old(
    long_room: str, owner: Visitor, member: Visitor, on_site: Callable[[Callable[[], None]], None]
) -> None:
    def answer_the_first() -> None:
        author = User.objects.get(username=owner.username)
        first = Message.objects.filter(room__slug=long_room).earliest("seq")
        draft = Draft(client_id=uuid.uuid4().hex, text="about that", reply_to=first.pk)
        send_message(author=author, room=long_room, draft=draft, trace_id="test")

    on_site(answer_the_first)
    member.enter(long_room)
    member.row("about that").locator(".quote").click()
    expect(member.row("message 0\n").first).to_be_in_viewport()
    expect(member.row("message 0\n").first).to_be_focused()


def test_the_keyboard_walks_through_the_messages(long_room: str, member: Visitor) -> None:
    page = member.enter(long_room)
    last = member.row(f"message {LONG_ROOM - 1}")
    last.focus()
    expect(page.locator("#actions")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(member.row(f"message {LONG_ROOM - 2}\n").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#actions [data-do=react]")).to_be_focused()
