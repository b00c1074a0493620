"""Pictures as people see them: 畫柴犬, the picture over the whole page, and their faces."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor
from tests.live.site import LiveSite

DRAWN_MS = 20_000
SWIPE = """(figure, distance) => {
  const touch = (clientY) => new Touch({ identifier: 1, target: figure, clientX: 100, clientY });
  const send = (type, y) => figure.dispatchEvent(new TouchEvent(type, {
    bubbles: true, touches: type === "touchend" ? [] : [touch(y)], changedTouches: [touch(y)] }));
  send("touchstart", 100);
  send("touchmove", 100 + distance);
  send("touchend", 100 + distance);
}"""


def picture_of(visitor: Visitor) -> Locator:
    """The newest picture in the room, loaded."""
    picture = visitor.page.locator(".picture").last
    expect(picture.locator("img")).to_have_js_property("naturalWidth", 832, timeout=DRAWN_MS)
    return picture


@pytest.mark.usefixtures("drawing_site")
def test_a_shiba_is_drawn_for_everyone_and_looked_at_closely(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("畫柴犬")
    picture, seen = picture_of(owner), picture_of(member)
    expect(picture.locator("img")).to_have_attribute("alt", re.compile("Shiba"))
    address = picture.locator("img").get_attribute("src")
    assert seen.locator("img").get_attribute("src") == address
    lightbox = owner.page.locator("#lightbox")
    button = picture.locator(".enlarge")
    button.focus()
    owner.page.keyboard.press("Enter")
    expect(lightbox).to_be_visible()
    assert owner.page.evaluate("document.activeElement.dataset.do") == "close-lightbox"
    corner = lightbox.locator("[data-do=close-lightbox]").bounding_box()
    assert corner
    assert corner["x"] > 1440 - 80
    assert corner["y"] < 40
    owner.page.keyboard.press("Escape")
    expect(lightbox).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    with owner.page.expect_download() as download:
        lightbox.locator("[data-part=download]").click()
    assert download.value.suggested_filename.endswith(".png")
    lightbox.locator("[data-do=close-lightbox]").click()
    expect(lightbox).to_be_hidden()
    assert owner.reports() == []


@pytest.mark.usefixtures("drawing_site")
def test_the_same_seed_draws_the_same_and_the_page_is_the_same_after_a_reload_on_a_phone(
    drawing_site: LiveSite, visitor: Callable[..., Visitor]
) -> None:
    phone = visitor("phone", phone=True, language="zh-hant")
    phone.enter("minimalist")
    before = phone.page.locator(".picture").count()
    phone.say("畫柴犬 #7")
    expect(phone.page.locator(".picture")).to_have_count(before + 1, timeout=DRAWN_MS)
    picture_of(phone).locator("[data-draw=same]").tap()
    expect(phone.page.locator(".picture")).to_have_count(before + 2, timeout=DRAWN_MS)
    picture_of(phone)
    phone.page.reload()
    files = phone.page.evaluate(
        """() => Promise.all([...document.querySelectorAll(".picture img")].slice(-2).map(
          async ({ src }) => new TextDecoder("latin1").decode(await (await fetch(src)).arrayBuffer())))"""
    )
    assert files[0] == files[1]
    phone.page.locator(".picture .enlarge").last.tap()
    lightbox = phone.page.locator("#lightbox")
    expect(lightbox).to_be_visible()
    lightbox.locator("figure").evaluate(SWIPE, 40)
    expect(lightbox).to_be_visible()
    lightbox.locator("figure").evaluate(SWIPE, 160)
    expect(lightbox).to_be_hidden()
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("drawing_site")
def test_a_chosen_face_is_seen_by_everyone_at_once(owner: Visitor, member: Visitor) -> None:
    for one in (owner, member):
        one.enter("minimalist")
    owner.say("This is me.")
    face = member.hears("This is me.").locator("> .avatar")
    mine = f"#members [data-username={owner.username}]"
    expect(face).to_have_attribute("src", re.compile("^/pictures/"), timeout=DRAWN_MS)
    first = face.get_attribute("src")
    owner.page.locator(mine).locator("[data-side]").click()
    choices = owner.page.locator(".face-choices button")
    expect(choices).to_have_count(6, timeout=DRAWN_MS)
    choices.nth(3).click()
    expect(owner.page.locator("#side .notice")).to_be_visible(timeout=DRAWN_MS)
    expect(face).not_to_have_attribute("src", first or "")
    new = face.get_attribute("src") or ""
    assert new.startswith("/pictures/")
    for one in (owner, member):
        expect(one.row("This is me.").locator("> .avatar")).to_have_attribute("src", new)
    member.page.reload()
    expect(member.hears("This is me.").locator("> .avatar")).to_have_attribute("src", new)
