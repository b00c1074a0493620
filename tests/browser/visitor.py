"""A person at a browser: what they do in a room, and what went wrong on their page."""

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
REPORTS = """
window.reports = [];
addEventListener("securitypolicyviolation", (report) =>
  reports.push(`${report.violatedDirective} ${report.blockedURI}`));
"""


class Visitor:
    """Signed in at a site. `page` is their tab; `problems` are errors of scripts on it."""

    def __init__(
        self, browser: Browser, base_url: str, username: str, cookie: str, *, phone: bool = False
    ) -> None:
        self.base_url, self.username = base_url, username
        self.context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]  # plain numbers
            is_mobile=phone,
            has_touch=phone,
            device_scale_factor=2 if phone else 1,
            timezone_id="Asia/Taipei",
            locale="zh-TW",
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.context.add_init_script(REPORTS)
        name, _, value = cookie.partition("=")
        self.context.add_cookies([{"name": name, "value": value, "url": base_url}])
        self.problems: list[str] = []
        self.page = self.tab()

    def tab(self) -> Page:
        """Another tab of the same browser."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def visit(self, path: str, page: Page | None = None) -> Page:
        """Open a page of the site."""
        page = page or self.page
        page.goto(self.base_url + path)
        return page

    def enter(self, room: str, page: Page | None = None) -> Page:
        """Open a room and wait until its socket is open."""
        page = self.visit(f"/rooms/{room}/", page)
        expect(page.locator("html")).to_have_attribute("data-line", "open")
        return page

    def say(self, text: str, shown: str | None = None) -> Locator:
        """Write a message, send it with Enter, and wait until the room has it (as `shown`)."""
        self.page.fill("#text", text)
        self.page.press("#text", "Enter")
        row = self.row(shown or text)
        expect(row).to_have_count(1)
        return row

    def ask(self, text: str) -> None:
        """Write to the room's assistant."""
        self.page.click("#addressee")
        self.page.locator("#addressee-menu .menu-item:has(.badge:visible)").first.click()
        self.page.fill("#text", text)
        self.page.press("#text", "Enter")

    def row(self, text: str) -> Locator:
        """The stored message with this text."""
        return self.page.locator("#rows [data-message]").filter(has_text=text)

    def hears(self, text: str) -> Locator:
        """Wait until the message is on the page, once."""
        row = self.row(text)
        expect(row).to_have_count(1)
        return row

    @property
    def reply(self) -> Locator:
        """A reply on its way."""
        return self.page.locator("#replies [data-reply]")

    @property
    def answers(self) -> Locator:
        """The finished messages of assistants."""
        return self.page.locator("#rows .message.assistant[data-message]")

    def scroll_to(self, pixels_from_end: int) -> None:
        """Scroll the timeline, and let it draw what came into sight."""
        self.page.evaluate(
            "pixels => (document.getElementById('timeline').scrollTop = -pixels)", pixels_from_end
        )
        self.settle()

    def settle(self) -> None:
        """Wait until the browser has drawn what is in sight now."""
        self.page.evaluate(
            """() => {
              const frame = () => new Promise((next) => requestAnimationFrame(next));
              return frame().then(frame).then(frame);
            }"""
        )

    def act(self, row: Locator, action: str) -> None:
        """Use a button of the bar that a row shows under the pointer."""
        row.hover()
        self.page.click(f"#actions [data-do={action}]")

    def reports(self) -> list[str]:
        """What the content security policy refused on the present page."""
        found: list[str] = self.page.evaluate("window.reports")
        return found

    def picture(self, folder: Path, name: str) -> None:
        """Save what the page looks like."""
        self.page.screenshot(path=folder / f"{name}.png")
