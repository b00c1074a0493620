"""Two people in a room: what one does, the other sees."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_each_sees_what_the_other_says(both_inside: str, owner: Visitor, member: Visitor) -> None:
    owner.say("大家好")
    member.hears("大家好")
    member.say("你好，**老闆**", shown="你好，老闆")
    expect(owner.hears("你好，老闆").locator("strong").last).to_have_text("老闆")


def test_posts_of_one_author_stand_together(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("first")
    owner.say("second")
    expect(member.hears("second")).to_contain_class("follow")
    expect(member.hears("first")).not_to_contain_class("follow")
    member.page.reload()
    expect(member.hears("second")).to_contain_class("follow")


def test_an_edit_reaches_the_other(both_inside: str, owner: Visitor, member: Visitor) -> None:
    owner.act(owner.say("tpyo"), "edit")
    owner.page.fill(".edit-form textarea", "typo")
    owner.page.press(".edit-form textarea", "Enter")
    expect(member.hears("typo").locator(".edited")).to_be_visible()
    expect(owner.page.locator(".edit-form")).to_have_count(0)


def test_the_arrow_key_edits_the_newest_own_message(both_inside: str, owner: Visitor) -> None:
    owner.say("older")
    owner.say("newest")
    owner.page.press("#text", "ArrowUp")
    expect(owner.page.locator(".edit-form textarea")).to_have_value("newest")


def test_a_deleted_message_goes_from_both(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    row = owner.say("regretted")
    member.hears("regretted")
    owner.act(row, "delete")
    owner.page.click("#confirm .danger")
    expect(member.row("regretted")).to_have_count(0)
    expect(owner.row("regretted")).to_have_count(0)


def test_keeping_a_message_gives_the_focus_back_to_it(both_inside: str, owner: Visitor) -> None:
    row = owner.say("precious")
    owner.act(row, "delete")
    owner.page.click("#confirm .button >> nth=0")
    expect(row).to_be_focused()


def test_only_authors_and_moderators_are_offered_what_they_may_do(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("of the owner")
    member.hears("of the owner").hover()
    expect(member.page.locator("#actions [data-do=reply]")).to_be_visible()
    expect(member.page.locator("#actions [data-do=edit]")).to_be_hidden()
    expect(member.page.locator("#actions [data-do=delete]")).to_be_hidden()


def test_a_reaction_is_counted_and_taken_back(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("good news")
    member.act(member.hears("good news"), "react")
    member.page.locator("#emojis [data-emoji]").first.click()
    chip = owner.hears("good news").locator(".reactions .chip")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_have_text("👍 2")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    expect(chip).to_have_text("👍 1")


def test_an_answer_quotes_what_it_answers(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("the question")
    member.act(member.hears("the question"), "reply")
    expect(member.page.locator("#quoting")).to_be_visible()
    member.say("the answer")
    expect(member.page.locator("#quoting")).to_be_hidden()
    expect(owner.row("the answer").locator(".quote")).to_contain_text("the question")


def test_a_reply_to_a_person_is_not_for_the_assistant(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    question = owner.say("who comes along?")
    owner.page.click("#addressee")
    owner.page.locator("#addressee-menu .menu-item:has(.badge:visible)").first.click()
    owner.act(question, "reply")
    expect(owner.page.locator("#addressee")).to_have_text("To: everyone")


def test_typing_and_presence_are_shown(both_inside: str, owner: Visitor, member: Visitor) -> None:
    presence = owner.page.locator(f"#members [data-presence='{member.username}']")
    expect(presence).to_contain_class("online")
    member.page.locator("#text").press_sequentially("hel")
    expect(owner.page.locator("#typing")).to_contain_text("Member")
    member.context.close()
    expect(presence).not_to_contain_class("online")


def test_a_visitor_of_a_public_room_becomes_a_member_by_posting(
    visitor: Callable[..., Visitor],
) -> None:
    guest = visitor("guest")
    guest.enter("realistic")
    members = guest.page.locator(f"#members [data-username='{guest.username}']")
    expect(members).to_have_count(0)
    guest.say("just passing by")
    expect(members).to_have_count(1)
    expect(guest.page.locator(f".faces [data-face='{guest.username}']")).to_be_visible()
    expect(guest.page.locator("#room-settings")).to_be_visible()
