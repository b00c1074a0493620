"""The pages around the rooms: making one, its settings, invitations, private messages, the look."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_a_person_makes_a_room_and_invites_another(visitor: Callable[..., Visitor]) -> None:
    host, guest = visitor("host"), visitor("guest")
    host.visit("/rooms/new/")
    host.page.fill("[name=name]", "秘密基地")
    host.page.locator("[name=style][value=pixel]").check()
    host.page.click("main button[type=submit]")
    expect(host.page.locator("h1")).to_have_text("秘密基地")
    expect(host.page.locator("body")).to_have_attribute("data-style", "pixel")
    address = host.page.url
    host.page.goto(f"{address}settings/")
    host.page.click("form[action$='/invite/'] button")
    expect(host.page.locator("#invitation")).to_be_in_viewport()
    link = host.page.input_value("#invitation")
    assert guest.page.goto(address).status == 404  # type: ignore[union-attr]
    guest.page.goto(link)
    guest.page.click("main button[type=submit]")
    expect(guest.page.locator("h1")).to_have_text("秘密基地")


def test_an_owner_makes_a_member_a_reader(room: str, owner: Visitor, member: Visitor) -> None:
    owner.visit(f"/rooms/{room}/settings/")
    form = owner.page.locator(f"form[action$='/members/{member.username}/']")
    form.locator("select").select_option("reader")
    form.locator("button").first.click()
    member.enter(room)
    expect(member.page.locator(".read-only")).to_be_visible()
    expect(member.page.locator("#composer")).to_have_count(0)


def test_the_last_owner_is_told_why_they_cannot_leave(room: str, owner: Visitor) -> None:
    owner.visit(f"/rooms/{room}/settings/")
    owner.page.click("form[action$='/leave/'] button")
    expect(owner.page.locator(".notice.error")).to_be_visible()


def test_two_people_write_in_private(owner: Visitor, member: Visitor) -> None:
    owner.visit(f"/people/?q={member.username}")
    owner.page.click(f"button[value='{member.username}']")
    expect(owner.page.locator("h1")).to_have_text("Member")
    expect(owner.page.locator("html")).to_have_attribute("data-line", "open")
    owner.say("between us")
    member.visit("/people/")
    member.visit("/")
    member.page.locator(".room-link.unread", has_text="Owner").click()
    member.hears("between us")


def test_a_first_private_message_appears_in_the_sidebar(owner: Visitor, member: Visitor) -> None:
    member.enter("comic")
    owner.visit(f"/people/?q={member.username}")
    owner.page.click(f"button[value='{member.username}']")
    expect(owner.page.locator("html")).to_have_attribute("data-line", "open")
    owner.say("psst")
    link = member.page.locator(".room-link.unread", has_text="Owner")
    expect(link.locator(".count")).to_have_text("1")


def test_the_theme_is_kept(owner: Visitor) -> None:
    owner.enter("comic")
    owner.page.click("#theme-switch")
    theme = owner.page.locator("html").get_attribute("data-theme")
    assert theme == "dark"
    owner.visit("/people/")
    expect(owner.page.locator("html")).to_have_attribute("data-theme", theme)


def test_a_long_name_without_spaces_stays_inside_the_sidebar(
    visitor: Callable[..., Visitor],
) -> None:
    host = visitor("host")
    host.visit("/rooms/new/")
    host.page.fill("[name=name]", "很長的房間名稱" * 5)
    host.page.click("main button[type=submit]")
    expect(host.page.locator(".room-link[aria-current]")).to_be_visible()
    link, sidebar = (
        host.page.eval_on_selector(selector, "box => box.getBoundingClientRect().right")
        for selector in (".room-link[aria-current]", "#sidebar")
    )
    assert link < sidebar
